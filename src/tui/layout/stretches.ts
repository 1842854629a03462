import type {Boot} from '../../model/report.js';
import type {Job, Silence} from '../../recording/jobs.js';
import {bootPath} from '../../report/boot-path.js';
import {bootOf, contains, type State} from '../state/state.js';

/** A time in which something went on. µs by the log's clock. */
export interface Spell {
  readonly startUs: number | null;
  readonly endUs: number | null;
}

/** A row of the timeline. */
export interface Stretch extends Spell {
  readonly label: string;
  readonly kind: 'phase' | 'job' | 'silence';
  /** Every run of a unit, in order. */
  readonly spells: readonly Spell[];
  readonly mark: '✓' | '✗' | '…' | ' ';
  /** The row of the log where it begins; of a unit that failed, where the first run that failed begins. */
  readonly row: number;
}

const quietLabel = 'nothing was logged';

let last: {readonly key: readonly unknown[]; readonly stretches: readonly Stretch[]} | null = null;

/** Phases; what failed; all else. In the order of time, or the longest first. */
export function stretchesOf(state: State): readonly Stretch[] {
  const boot = bootOf(state);
  const {order, filter} = state.timeline;
  const key = [boot, state.jobs, order, filter];
  if (last?.key.every((each, index) => each === key[index])) return last.stretches;
  const stretches = boot === null ? [] : collect(state, boot);
  last = {key, stretches};
  return stretches;
}

function collect({jobs, timeline}: State, boot: Boot): Stretch[] {
  const {order, filter} = timeline;
  const isByTime = order === 'duration';
  const {silences} = jobs;
  const quiet = isByTime ? silences.map(each => silence([each])) : silences.length === 0 ? [] : [silence(silences)];
  const units = [...byUnit(jobs.jobs).values()].map(runs => unitStretch(runs, jobs.lastUs));
  const sorted = (all: readonly Stretch[]): Stretch[] =>
    all
      .filter(({label}) => filter === '' || contains(filter, label))
      .sort((a, b) => (isByTime ? tookUs(b) - tookUs(a) : 0) || a.row - b.row);
  return [
    ...phases(jobs, boot),
    ...sorted(isByTime ? [] : quiet),
    ...sorted(units.filter(({mark}) => mark === '✗')),
    ...sorted([...units.filter(({mark}) => mark !== '✗'), ...(isByTime ? quiet : [])]),
  ];
}

function phases({phases, lastUs}: State['jobs'], boot: Boot): Stretch[] {
  const stops = boot.outcome !== 'healthy' && boot.outcome !== 'degraded' && boot.outcome !== 'incomplete';
  const path = bootPath(boot);
  return phases.map(({name, row, startUs}, index): Stretch => {
    const isLast = phases.slice(index + 1).every(later => later.name === 'shutdown');
    const spell = {startUs, endUs: phases[index + 1]?.startUs ?? lastUs};
    return {
      kind: 'phase',
      label: path.find(step => step.name === name)?.words ?? name,
      ...spell,
      spells: [spell],
      mark: isLast && stops ? '✗' : '✓',
      row,
    };
  });
}

function byUnit(jobs: readonly Job[]): Map<string, Job[]> {
  const units = new Map<string, Job[]>();
  for (const job of jobs) {
    const runs = units.get(job.subject);
    if (runs === undefined) units.set(job.subject, [job]);
    else runs.push(job);
  }
  return units;
}

function unitStretch(runs: readonly Job[], lastUs: number | null): Stretch {
  const spells = runs.map(
    ({startUs, endUs, result}): Spell => ({startUs, endUs: endUs ?? (result === null ? lastUs : null)}),
  );
  const failed = runs.find(({result}) => result === 'failed');
  const end = runs.at(-1)?.result;
  return {
    kind: 'job',
    label: runs[0]?.subject ?? '',
    ...span(spells),
    spells,
    mark: failed !== undefined ? '✗' : end === 'done' ? '✓' : '…',
    row: (failed ?? runs[0])?.startRow ?? 0,
  };
}

function silence(silences: readonly Silence[]): Stretch {
  const longest = silences.reduce((a, b) => (tookUs({spells: [b]}) > tookUs({spells: [a]}) ? b : a));
  return {kind: 'silence', label: quietLabel, ...span(silences), spells: silences, mark: ' ', row: longest.row};
}

function span(spells: readonly Spell[]): Spell {
  return {startUs: spells[0]?.startUs ?? null, endUs: spells.at(-1)?.endUs ?? null};
}

/** The time of all its spells together. */
export function tookUs({spells}: Pick<Stretch, 'spells'>): number {
  return spells.reduce(
    (sum, {startUs, endUs}) => sum + (startUs === null || endUs === null ? 0 : Math.max(0, endUs - startUs)),
    0,
  );
}
