import type {Entry, Recent} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import type {FailedRun, Unit} from '../model/unit.js';
import {lateLines, lookUpSaid} from './said.js';
import type {Voices} from './voices.js';

/** Failed units of one boot that are looked into; of thousands the first tell enough. */
const maxLookedUp = 200;

/** What the processes of failed units said, looked up as a boot is read. */
export interface Reasons {
  /** Only the first failed run of a unit is looked into: the later ones are its consequence. `after`: as of `lookUpSaid`. */
  lookUp(unit: Unit | null, after: number): void;
  /** Some reasons are logged after the failure. `line`: how far the log is. */
  lookAgain(line: number): void;
}

/** `isExplained`: a rule knows already why this unit failed. `isNoise`: a message is known to be harmless. */
export function createReasons(
  recent: Recent,
  evidenceOf: (entry: Entry) => Evidence,
  isExplained: (unit: Unit) => boolean,
  isNoise: (entry: Entry) => boolean,
  voices: Voices,
): Reasons {
  const lookedUp = new Set<FailedRun>();
  /** Failed starts of which nothing was heard from the processes yet. */
  const silent: {unit: Unit; run: FailedRun}[] = [];
  return {
    lookUp(unit, after) {
      const run = unit?.runs[0];
      if (unit === null || run === undefined || lookedUp.has(run) || lookedUp.size >= maxLookedUp) return;
      lookedUp.add(run);
      if (isExplained(unit)) return;
      const said = lookUpSaid(unit, run, recent, evidenceOf, after, voices, isNoise);
      run.startLine = said.startLine;
      run.said = said.said;
      if (run.said.length === 0) silent.push({unit, run});
    },
    lookAgain(line) {
      while (silent[0] !== undefined && line > silent[0].run.failedLine + lateLines) {
        const {unit, run} = silent.shift() as (typeof silent)[number];
        run.said = lookUpSaid(unit, run, recent, evidenceOf, run.failedLine, voices, isNoise).said;
      }
    },
  };
}
