import {type EventKind, isPid1, readUnitEvent} from '../boot/pid1.js';
import {parseTextLine} from '../intake/parse-line.js';
import type {Entry} from '../model/entry.js';
import type {PhaseName} from '../model/report.js';
import type {LogText} from './log-text.js';
import {createUnitNames} from './unit-names.js';

/** One start of a unit, as PID 1 tells of it. Times are µs by the log's clock; rows are the log's. */
export interface Job {
  subject: string;
  readonly startUs: number | null;
  readonly startRow: number;
  endUs: number | null;
  endRow: number | null;
  /** Null while it is not over. */
  result: 'done' | 'failed' | null;
}

/** A time in which nothing was logged. */
export interface Silence {
  readonly startUs: number;
  readonly endUs: number;
  readonly row: number;
}

/** What took time in a boot. */
export interface BootJobs {
  readonly jobs: readonly Job[];
  readonly silences: readonly Silence[];
  readonly firstUs: number | null;
  readonly lastUs: number | null;
  /** The boot's phases, with the first time that is known after each began. */
  readonly phases: readonly PhaseStart[];
  /** All rows of the boot were looked at. */
  readonly done: boolean;
}

export interface PhaseStart {
  readonly name: PhaseName;
  readonly row: number;
  readonly startUs: number | null;
}

export const noJobs: BootJobs = {jobs: [], silences: [], firstUs: null, lastUs: null, phases: [], done: false};

const maxJobs = 20_000;
const maxSilences = 8;
const shortestSilenceUs = 2_000_000;
/** A clock that jumps farther than this was set, and nothing took that long. */
const longestSilenceUs = 86_400_000_000;
const rowsOfOneFailure = 8;
const wanted: ReadonlySet<EventKind> = new Set(['starting', 'started', 'failed', 'timed-out', 'dependency']);
/** Rows between two pauses. */
const rowsAtOnce = 4000;

/** Reads the rows of a boot, and says from time to time how far it is. `phases`: where the boot's phases begin. */
export async function* readJobs(
  log: LogText,
  firstRow: number,
  lastRow: number,
  phases: readonly Pick<PhaseStart, 'name' | 'row'>[],
): AsyncGenerator<BootJobs> {
  const reader = createJobReader(phases);
  for (let row = firstRow; row <= lastRow; row++) {
    parseTextLine(log.rawOf(row), row, entry => reader.read(entry, row));
    if ((row - firstRow) % rowsAtOnce === rowsAtOnce - 1) {
      yield reader.soFar(false);
      await new Promise(resolve => setImmediate(resolve));
    }
  }
  yield reader.soFar(true);
}

export function createJobReader(begins: readonly Pick<PhaseStart, 'name' | 'row'>[]) {
  const phases: PhaseStart[] = begins.map(phase => ({...phase, startUs: null}));
  let phase = 0;
  const jobs: Job[] = [];
  const open = new Map<string, Job>();
  const failedAt = new Map<string, number>();
  const names = createUnitNames();
  let silences: Silence[] = [];
  let firstUs: number | null = null;
  let lastUs: number | null = null;

  function readClock(us: number | null, row: number): void {
    if (us === null) return;
    firstUs ??= us;
    for (let next = phases[phase]; next !== undefined && next.row <= row; next = phases[++phase])
      phases[phase] = {...next, startUs: us};
    const quiet = lastUs === null ? 0 : us - lastUs;
    if (lastUs !== null && quiet >= shortestSilenceUs && quiet < longestSilenceUs) {
      silences.push({startUs: lastUs, endUs: us, row});
      if (silences.length > 4 * maxSilences) silences = longest(silences);
    }
    if (lastUs === null || us > lastUs) lastUs = us;
  }

  function end(subject: string, result: 'done' | 'failed', us: number | null, row: number): void {
    const job = open.get(subject);
    if (job === undefined) {
      // A failure can be logged twice: in the journal, and by its status line.
      const isNew = row - (failedAt.get(subject) ?? Number.NEGATIVE_INFINITY) > rowsOfOneFailure;
      if (result !== 'failed' || !isNew || jobs.length >= maxJobs) return;
      failedAt.set(subject, row);
      jobs.push({subject, startUs: us, startRow: row, endUs: us, endRow: row, result});
      return;
    }
    if (result === 'failed') failedAt.set(subject, row);
    job.endUs = us;
    job.endRow = row;
    job.result = result;
    open.delete(subject);
  }

  function begin(subject: string, whole: string, us: number | null, row: number): void {
    const cutForm = names.cutFormsOf(whole).find(form => open.has(form));
    const same = cutForm === undefined ? undefined : open.get(cutForm);
    if (cutForm !== undefined && same !== undefined) {
      // The console told of it first, and cut its name.
      same.subject = subject;
      open.delete(cutForm);
      open.set(subject, same);
    }
    if (open.has(subject) || jobs.length >= maxJobs) return;
    const job: Job = {subject, startUs: us, startRow: row, endUs: null, endRow: null, result: null};
    jobs.push(job);
    open.set(subject, job);
  }

  return {
    read(entry: Entry, row: number): void {
      readClock(entry.timeUs ?? entry.wallUs, row);
      const event = isPid1(entry) ? readUnitEvent(entry.message) : null;
      if (event === null || !wanted.has(event.kind)) return;
      // Status lines have no time: it is about that of the line before.
      const us = entry.timeUs ?? entry.wallUs ?? lastUs;
      const subject = names.nameOf(event.subject);
      if (event.kind === 'starting') begin(subject, event.subject, us, row);
      else end(subject, event.kind === 'started' ? 'done' : 'failed', us, row);
    },
    soFar: (done: boolean): BootJobs => ({
      jobs: [...jobs],
      silences: longest(silences).sort((a, b) => a.startUs - b.startUs),
      firstUs,
      lastUs,
      phases: [...phases],
      done,
    }),
  };
}

function longest(silences: readonly Silence[]): Silence[] {
  return [...silences].sort((a, b) => b.endUs - b.startUs - (a.endUs - a.startUs)).slice(0, maxSilences);
}
