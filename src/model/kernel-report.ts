import type {Evidence} from './report.js';

/** A block of kernel lines that reports one failure: an oops, a warning, a lockup, a kill for lack of memory. */
export interface KernelReport {
  readonly kind: ReportKind;
  /** The line that names it, without time stamp. */
  readonly title: string;
  /** The function where it happened: never the helper that reports it. */
  readonly function: string | null;
  readonly module: string | null;
  readonly process: string | null;
  readonly pid: string | null;
  /** Kernel release. */
  readonly kernel: string | null;
  /** The title first, then the lines that name the culprit. */
  readonly evidence: readonly Evidence[];
  readonly firstLine: number;
  readonly lastLine: number;
  readonly timeUs: number | null;
  /** The capture or another writer cut it off before its end. */
  readonly truncated: boolean;
}

/** What a report is of; rules name these under `block`. */
export const reportKinds = [
  'oops',
  'bug',
  'warning',
  'kasan',
  'kfence',
  'kcsan',
  'kmsan',
  'ubsan',
  'slab',
  'list-corruption',
  'stack-corruption',
  'atomic',
  'soft-lockup',
  'hard-lockup',
  'workqueue-lockup',
  'rcu-stall',
  'hung-task',
  'oom',
  'allocation-failure',
  'mce',
  'lockdep',
] as const;

export type ReportKind = (typeof reportKinds)[number];
