import type {KernelReport} from './kernel-report.js';
import type {Evidence, PhaseName} from './report.js';
import type {Captures, Rule} from './rule.js';

/** What one rule found in one boot; all matches with the same key are one finding. */
export interface Finding {
  readonly rule: Rule;
  /** Values of the rule's `key` captures. */
  readonly key: string;
  readonly captures: Captures;
  count: number;
  readonly firstLine: number;
  lastLine: number;
  readonly timeUs: number | null;
  readonly phase: PhaseName | 'unknown';
  /** The first ones; the very first is what the rule's captures are from. */
  readonly evidence: Evidence[];
  /** Units that the matches were about, in order of appearance, with the line of the first. */
  readonly units: Map<string, number>;
  /** Identifiers of the processes that wrote the matches. */
  readonly writers: Set<string>;
  readonly report: KernelReport | null;
}
