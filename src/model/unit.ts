import type {Evidence} from './report.js';

/** What is kept of a unit: how its starts went. */
export interface Unit {
  /** Unit name; a description where the log never gives the name. */
  name: string;
  description: string | null;
  /** Every start, the first first; only failed and restarted units keep more than the present one. */
  readonly invocations: Invocation[];
  /** The highest restart counter that PID 1 gave. */
  restarts: number;
  /** The job failed because of another unit. */
  dependency: Evidence | null;
  /** PID 1 gave up restarting it. */
  startLimit: Evidence | null;
  /** `Triggering OnFailure= dependencies`. */
  onFailure: Evidence | null;
  /** Where the last start job stands. */
  state: 'starting' | 'started' | 'failed' | 'stopped' | 'skipped' | 'unknown';
}

export interface Invocation {
  /** Where PID 1 began it; null when the capture does not show that. */
  readonly startLine: number | null;
  readonly timeUs: number | null;
  lastLine: number;
  /** `exit-code`, `signal`, `timeout`, `failed` …; null while it has not failed. */
  result: string | null;
  /** `1/FAILURE`, `203/EXEC`, `9/KILL`, as PID 1 wrote it. */
  exitStatus: string | null;
  /** How PID 1 told of the failure, the most telling line first. */
  readonly evidence: Evidence[];
  /** What its processes said that looks abnormal, in order; empty when nothing was looked up. */
  said: readonly Evidence[];
  /** Lines that belong to it, for ordering: when it was first known to have failed. */
  failedLine: number | null;
  failedTimeUs: number | null;
}
