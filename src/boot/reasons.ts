import type {FailedRun, Unit} from '../model/unit.js';
import {type Ears, lateLines, lookUpSaid, maybeLate} from './said.js';

/** Failed units of one boot that are looked into; of thousands the first tell enough. */
const maxLookedUp = 200;

/** What the processes of failed units said, looked up as a boot is read. */
export interface Reasons {
  /** Only the first failed run of a unit is looked into: the later ones are its consequence. `after`: as of `lookUpSaid`. */
  lookUp(unit: Unit | null, after: number): void;
  /** The same of a failure that systemctl told of: it shows the unit's last words below. */
  lookUpTold(unit: Unit | null, after: number): void;
  /**
   * The same of a unit that a status line on a console tells of. Most consoles show no words of programs, and some of a few:
   * only words that are surely the unit's count. Its name often follows in the next line, so this waits.
   */
  lookUpLater(unit: Unit | null, after: number): void;
  /** Of a process that exited at the very end of the capture, before PID 1 said what became of its unit. */
  lookUpCutOff(unit: Unit | null, after: number, lastLine: number): void;
  /** Some reasons are logged after the failure. `line`: how far the log is. */
  lookAgain(line: number): void;
}

/** `isExplained`: a rule knows already why this unit failed. */
export function createReasons(ears: Ears, isExplained: (unit: Unit) => boolean): Reasons {
  const lookedUp = new Set<FailedRun>();
  /** Failed starts of which nothing was heard from the processes yet. */
  const silent: {unit: Unit; run: FailedRun; isTold: boolean}[] = [];
  const later: {unit: Unit; run: FailedRun; after: number}[] = [];

  function look(unit: Unit, run: FailedRun, after: number, {isSure = false, isTold = false} = {}): void {
    if (lookedUp.has(run) || lookedUp.size >= maxLookedUp) return;
    lookedUp.add(run);
    if (isExplained(unit)) return;
    const said = lookUpSaid(unit, run, ears, {after, isSure});
    run.startLine = said.startLine;
    run.said = said.said;
    if (run.said.length === 0 && !isSure) silent.push({unit, run, isTold});
  }

  return {
    lookUp(unit, after) {
      const run = unit?.runs[0];
      if (unit !== null && run !== undefined) look(unit, run, after);
    },
    lookUpTold(unit, after) {
      const run = unit?.runs[0];
      if (unit !== null && run !== undefined) look(unit, run, after, {isTold: true});
    },
    lookUpLater(unit, after) {
      const run = unit?.runs[0];
      if (unit === null || run === undefined || lookedUp.has(run) || later.at(-1)?.run === run) return;
      if (later.length < maxLookedUp) later.push({unit, run, after});
    },
    lookUpCutOff(unit, after, lastLine) {
      const run = unit?.runs[0];
      if (unit === null || run === undefined || lastLine - run.lastLine > lateLines) return;
      if (run.exitStatus !== null && run.result === null) look(unit, run, after);
    },
    lookAgain(line) {
      while (silent[0] !== undefined && line > silent[0].run.failedLine + lateLines) {
        const {unit, run, isTold} = silent.shift() as (typeof silent)[number];
        run.said = lookUpSaid(unit, run, ears, {after: run.failedLine, isTold}).said;
      }
      while (later[0] !== undefined && line > later[0].run.failedLine + maybeLate) {
        const {unit, run, after} = later.shift() as (typeof later)[number];
        look(unit, run, after, {isSure: true});
      }
    },
  };
}
