import type {Evidence} from './report.js';

/** What is kept of a unit that failed, was restarted, or was not started because of another. */
export interface Unit {
  /** Unit name; a description where the log never gives the name. */
  name: string;
  description: string | null;
  /** Starts that failed, the first first. */
  readonly runs: FailedRun[];
  /** The highest restart counter that PID 1 gave. */
  restarts: number;
  /** The job failed because of another unit. */
  dependency: Evidence | null;
  /** PID 1 gave up restarting it. */
  startLimit: Evidence | null;
  /** `Triggering OnFailure= dependencies`. */
  onFailure: Evidence | null;
  /** It was restarted after its last failure, and that seems to have gone well. */
  recovered: boolean;
  /** The log names no writers, and the manager of a user may have said it of a unit of its own. */
  mayBeUsers: boolean;
}

/** One invocation that failed. */
export interface FailedRun {
  /** Where PID 1 began it; null until it is looked up, or when the capture does not show that. */
  startLine: number | null;
  /** Where it was first known to have failed, and when (µs, by the boot's clock). */
  readonly failedLine: number;
  readonly failedUs: number | null;
  lastLine: number;
  /** Unit or job result: `exit-code`, `signal`, `timeout` …; `failed` where the log gives none. */
  result: string | null;
  /** `1/FAILURE`, `203/EXEC`, `9/KILL`, as PID 1 wrote it. */
  exitStatus: string | null;
  /** How PID 1 told of the failure. */
  readonly evidence: Evidence[];
  /** What its processes said that looks abnormal, in order; only looked up for a unit's first failed run. */
  said: readonly Saying[];
}

export interface Saying {
  readonly message: string;
  readonly evidence: Evidence;
  /** The log names no writers, and this only stands near the unit's end. */
  readonly isByPlace?: boolean;
  /** Another program than the unit's own wrote it while the unit was started: one that it called, or one beside it. */
  readonly isBySomeone?: boolean;
}

/** Some start of the unit failed, and it did not come up in the end. */
export function hasFailed(unit: Unit): boolean {
  return (unit.runs.length > 0 && !unit.recovered) || unit.startLimit !== null;
}

/** The same, of a unit that is the system's for all that is known. */
export function hasFailedForSure(unit: Unit): boolean {
  return hasFailed(unit) && !unit.mayBeUsers;
}

/** How often it was started, as far as the log tells. */
export function countRuns(unit: Unit): number {
  return Math.max(unit.runs.length, unit.restarts + (unit.startLimit === null ? 1 : 0), 1);
}

/** Programs that systemd calls itself for units of a type. */
const helpers: readonly (readonly [suffix: string, identifier: string])[] = [
  ['.mount', 'mount'],
  ['.swap', 'swapon'],
  ['switch-root.service', 'systemctl'],
];

/** The program that systemd calls for a unit of this type; null for units with programs of their own. */
export function helperOf(unit: string): string | null {
  return helpers.find(([suffix]) => unit.endsWith(suffix))?.[1] ?? null;
}

/** `(foo)` before a child of PID 1 becomes the program; NixOS names what runs a unit's script after the unit: `HASH-unit-script-foo-start`. */
const aroundName = /^[(@]+|\)$|^(?:[0-9a-z]{32}-)?unit-script-/g;

/** Whether a process of this name is likely the unit's: `foo` of foo.service, `mount` of a mount. */
export function isProcessOf(identifier: string, unit: string): boolean {
  const name = alike(identifier.replace(aroundName, ''));
  // PID 1, and the manager of a user, speak of all units.
  if (name === 'systemd') return false;
  const stem = alike(unit.replace(/(?:@.*)?\.\w+$/, ''));
  if (stem === name) return true;
  if (name.length >= 3 && (stem.endsWith(name) || name.startsWith(stem) || stem.startsWith(name))) return true;
  return helpers.some(
    ([suffix, helper]) => (name === helper || (name.length >= 6 && helper.endsWith(name))) && unit.endsWith(suffix),
  );
}

/** `rc.local` is run by rc-local.service. */
function alike(name: string): string {
  return name.replace(/[._]/g, '-');
}
