import type {ReportKind} from '../model/kernel-report.js';

/** How the kernel names what it reports: the lines that open a report, and what the scanner looks for to find them. */
export interface Title {
  readonly kind: ReportKind;
  readonly literals: readonly string[];
  readonly text: RegExp;
  /** Also the second line of a report that is open already: `Oops: …` after `BUG: unable to handle …`. */
  readonly continues?: true;
}
