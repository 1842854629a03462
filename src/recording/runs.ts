import {isAbnormal} from '../boot/abnormal.js';
import {isPid1} from '../boot/pid1.js';
import {parseTextLine} from '../intake/parse-line.js';
import {isProcessOf} from '../model/unit.js';
import type {Job} from './jobs.js';
import type {LogText} from './log-text.js';

/** One start of a unit, and what went wrong in it. Rows are the log's. */
export interface UnitRun {
  readonly startUs: number | null;
  readonly endUs: number | null;
  readonly result: 'done' | 'failed' | null;
  readonly row: number;
  readonly error: {readonly text: string; readonly row: number; readonly line: number; readonly source: number} | null;
}

const maxRuns = 60;
/** Rows of one run that are looked through. */
const maxRows = 2000;

/** The runs of a unit, with what went wrong in each by the words of its processes. */
export function runsOf(unit: string, jobs: readonly Job[], log: LogText): readonly UnitRun[] {
  return jobs
    .filter(({subject}) => subject === unit)
    .slice(0, maxRuns)
    .map(job => ({
      startUs: job.startUs,
      endUs: job.endUs,
      result: job.result,
      row: job.startRow,
      error: job.result === 'done' ? null : firstError(unit, job, log),
    }));
}

function firstError(unit: string, {startRow, endRow}: Job, log: LogText): UnitRun['error'] {
  let found: UnitRun['error'] = null;
  const last = Math.min(endRow ?? log.rows - 1, startRow + maxRows);
  for (let row = startRow; row <= last && found === null; row++) {
    const facts = log.factsOf(row);
    parseTextLine(log.rawOf(row), row, entry => {
      const isOwn =
        facts === null
          ? entry.identifier !== null && !entry.kernel && isProcessOf(entry.identifier, unit)
          : facts.unit === unit;
      if (found === null && isOwn && !isPid1(entry) && isAbnormal(entry))
        found = {text: entry.message, row, ...log.lineOf(row)};
    });
  }
  return found;
}
