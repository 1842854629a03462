import type {Unit} from '../model/unit.js';
import type {EventKind} from './pid1.js';

/** Console and journal tell the same story, one a little after the other, so each is followed by itself. */
export type Teller = 'console' | 'journal';

/** A unit as it is followed. */
export interface Tracked extends Unit {
  /** For each teller, in which run it is, and what it said of that run already. */
  readonly tellers: Record<Teller, {run: number; said: Set<EventKind | 'entered'>}>;
  restartLine: number;
  /** It came up after its last failure. */
  isUp: boolean;
  /** Where it was last said to have come up. */
  upLine: number;
  /** It said so itself: PID 1 waited for it. */
  isReady: boolean;
  /** Where a process of it was ended by a signal that is no failure by itself. */
  stoppedLine: number;
  /** Of the last failure, also when more runs failed than are kept. */
  lastFailed: {line: number; us: number | null};
  /** Between its last two failures. */
  intervalUs: number;
}

export function newUnit(name: string): Tracked {
  return {
    name,
    description: null,
    runs: [],
    restarts: 0,
    dependency: null,
    startLimit: null,
    onFailure: null,
    recovered: false,
    mayBeUsers: false,
    tellers: {console: {run: 0, said: new Set()}, journal: {run: 0, said: new Set()}},
    restartLine: 0,
    isUp: false,
    upLine: 0,
    isReady: false,
    stoppedLine: 0,
    lastFailed: {line: 0, us: null},
    intervalUs: 0,
  };
}

/** A unit restarted after its last failure has recovered when nothing more was heard of it for this long, in µs, or for twice its usual interval. */
const recoveredAfterUs = 10_000_000;
/** The same in a log without times, in lines. */
const recoveredAfterLines = 20;
/** So many lines after a start show that the log does not end with it. */
const linesUp = 3;

/** Signals that systemd takes for a clean end; systemd.service(5), SuccessExitStatus=. */
export function isCleanExit(code: string | undefined, status: string | undefined): boolean {
  return code === 'exited' ? /^0(?:\/|$)/.test(status ?? '') : /\/(?:TERM|HUP|INT|PIPE)$/.test(status ?? '');
}

/** PID 1 unmounts a service's credentials, and umount may find that they are gone already. */
export const ofNoConsequence = /^run-credentials-.*\.mount$/;

/** One failure is told of in several lines. */
const sameFailureUs = 2_000_000;

export function noteFailure(unit: Tracked, line: number, us: number | null): void {
  const before = unit.lastFailed.us;
  if (before !== null && us !== null && us - before > sameFailureUs) unit.intervalUs = us - before;
  unit.lastFailed = {line, us};
}

/** `lastUs`, `lastLine`: when and where the boot was last heard of. */
export function hasRecovered(unit: Tracked, lastUs: number | null, lastLine: number): boolean {
  const {line, us} = unit.lastFailed;
  // systemd says so of a simple service as soon as it runs: one that it restarts by itself has to stay up.
  const staysUp = unit.restartLine < line || unit.isReady || lastLine - unit.upLine >= linesUp;
  if (unit.isUp && unit.startLimit === null && staysUp) return true;
  if (unit.runs.length === 0 || unit.startLimit !== null || unit.restartLine < line) return false;
  if (us === null || lastUs === null) return lastLine - line > Math.max(recoveredAfterLines, 2 * linesBetween(unit));
  return lastUs - us > Math.max(recoveredAfterUs, 2 * unit.intervalUs);
}

/** In a log without times lines tell how often a unit fails: between its last two failures; 0 of a unit that failed once. */
function linesBetween({runs}: Tracked): number {
  const [before, last] = runs.slice(-2);
  return before === undefined || last === undefined ? 0 : last.failedLine - before.failedLine;
}

/** What was told of one unit under two names. */
export function join(full: Tracked, part: Tracked): void {
  full.dependency ??= part.dependency;
  full.startLimit ??= part.startLimit;
  full.onFailure ??= part.onFailure;
  full.restarts = Math.max(full.restarts, part.restarts);
  if (full.runs.length === 0) full.runs.push(...part.runs);
}
