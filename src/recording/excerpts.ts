import type {Boot, Evidence, Excerpt, Report, Timeline, UnitReport} from '../model/report.js';
import {type BootJobs, noJobs, readJobs} from './jobs.js';
import type {LogText} from './log-text.js';
import {runsOf} from './runs.js';

/** The last lines of a boot that are kept at least: how it ended. */
const tailLength = 10;
/** Around what is no cause so many lines have to do. */
const aroundOthers = 3;
/** Bounds of what is kept; a report has to stay a thing that can be attached. */
const maxLinesOfBoot = 1500;
const shortestGap = 4;
const maxLettersOfReport = 1_000_000;
const longestShown = 2000;
/** Longer logs are not read again for their times. */
const maxRowsForTimes = 400_000;
const maxJobs = 40;
/** Of what went well, what took less is left out. */
const shortestJobUs = 50_000;

/**
 * Adds what somebody needs who has the report and not the log: the lines around what it points to (`around` before and
 * after the evidence of root causes, fewer around other things), the last lines of each boot, and what took time.
 */
export async function withExcerpts(report: Report, log: LogText, around: number): Promise<Report> {
  const budget = {letters: maxLettersOfReport};
  const boots: Boot[] = [];
  // The last boot is the one that is mostly asked about: it has its lines first.
  for (const boot of report.boots.toReversed()) {
    const times = await timesOf(report, boot, log);
    const units = times.done ? boot.units.map(unit => withRuns(unit, times, log)) : boot.units;
    const timed = {...boot, units, ...timelineOf(times, boot, log)};
    boots.unshift({...timed, excerpts: excerptsOf(wantedRows(report, timed, log, around), log, budget)});
  }
  return {...report, boots};
}

/** The rows of a boot; null where its lines do not say which of several files they are of. */
export function rowsOfBoot(report: Report, boot: Boot, log: LogText): {first: number; last: number} | null {
  const isJoined = (report.sources?.length ?? 1) > 1;
  if (isJoined && report.boots.length > 1) return null;
  return {
    first: boot.index === 0 ? 0 : log.rowOf({line: boot.firstLine}),
    last: boot === report.boots.at(-1) ? log.rows - 1 : log.rowOf({line: boot.lastLine}),
  };
}

interface Window {
  readonly row: number;
  readonly before: number;
  readonly after: number;
}

/** Rows of a boot that are worth their place, the most telling first. */
function* wantedRows(report: Report, boot: Boot, log: LogText, around: number): Generator<number> {
  const rows = rowsOfBoot(report, boot, log);
  const {first, last} = rows ?? {first: 0, last: log.rows - 1};
  const near = Math.min(around, aroundOthers);
  const at = (evidence: Evidence, lines: number): Window => ({row: log.rowOf(evidence), before: lines, after: lines});
  const all = [...boot.rootCauses, ...boot.notices];
  const windows: Window[] = [
    ...boot.rootCauses.flatMap(({evidence}) => evidence.map(each => at(each, around))),
    // Of several files the last boot alone is known to end where the log does.
    ...(rows === null && boot !== lastOf(report, boot)
      ? []
      : [{row: last, before: Math.max(around, tailLength) - 1, after: 0}]),
    ...boot.units.flatMap(({firstError}) => (firstError === null ? [] : [at(firstError, near)])),
    ...all.flatMap(({effects}) => effects.flatMap(({evidence}) => evidence.map(each => at(each, near)))),
    ...boot.notices.flatMap(({evidence}) => evidence.map(each => at(each, near))),
    ...boot.units.flatMap(({runs = []}) => runs.flatMap(({error}) => (error === null ? [] : [at(error, 0)]))),
  ];
  for (const {row, before, after} of windows) {
    yield row;
    for (let away = 1; away <= Math.max(before, after); away++) {
      if (away <= before && row - away >= first) yield row - away;
      if (away <= after && row + away <= last) yield row + away;
    }
  }
}

function lastOf(report: Report, boot: Boot): Boot | undefined {
  return report.boots.at(-1)?.index === boot.index ? boot : undefined;
}

function excerptsOf(wanted: Iterable<number>, log: LogText, budget: {letters: number}): Excerpt[] {
  const kept = new Map<number, string>();
  for (const row of wanted) {
    if (kept.has(row) || row < 0 || row >= log.rows) continue;
    if (kept.size >= maxLinesOfBoot || budget.letters <= 0) break;
    const shown = shownOf(row, log);
    budget.letters -= shown.length + 1;
    kept.set(row, shown);
  }
  for (const [row, next] of gapsOf(kept.keys())) {
    for (let between = row + 1; between < next; between++) kept.set(between, shownOf(between, log));
  }
  const runs: {source: number; numbers: number[]; lines: string[]; nextRow: number}[] = [];
  for (const row of [...kept.keys()].sort((a, b) => a - b)) {
    const {line, source} = log.lineOf(row);
    let run = runs.at(-1);
    if (run === undefined || run.nextRow !== row || run.source !== source) {
      run = {source, numbers: [], lines: [], nextRow: row};
      runs.push(run);
    }
    run.numbers.push(line);
    run.lines.push(kept.get(row) ?? '');
    run.nextRow = row + 1;
  }
  return runs.map(({source, numbers, lines}): Excerpt => {
    const firstLine = numbers[0] ?? 1;
    const follows = numbers.every((number, index) => number === firstLine + index);
    return {
      ...(log.parts > 1 && {source}),
      firstLine,
      ...(!follows && {lineNumbers: numbers}),
      lines,
    };
  });
}

/** Neighbours among the rows with so little left out between them that it takes less room to show it. */
function gapsOf(rows: Iterable<number>): (readonly [number, number])[] {
  const sorted = [...rows].sort((a, b) => a - b);
  const pairs = sorted.flatMap((row, index) => (index === 0 ? [] : [[sorted[index - 1] as number, row] as const]));
  return pairs.filter(([before, after]) => after - before - 1 <= shortestGap);
}

function shownOf(row: number, log: LogText): string {
  const text = log.textOf(row);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

async function timesOf(report: Report, boot: Boot, log: LogText): Promise<BootJobs> {
  const rows = rowsOfBoot(report, boot, log);
  // Of several files the phases do not say which they begin in.
  if (rows === null || log.parts > 1 || log.rows > maxRowsForTimes) return noJobs;
  const phases = boot.phases.map(({name, firstLine}) => ({name, row: log.rowOf({line: firstLine})}));
  let times = noJobs;
  for await (const jobs of readJobs(log, rows.first, rows.last, phases)) times = jobs;
  return times;
}

function withRuns(unit: UnitReport, {jobs, firstUs}: BootJobs, log: LogText): UnitReport {
  const runs = runsOf(unit.name, jobs, log).map(({startUs, endUs, result, row, error}) => ({
    ...since(firstUs, startUs, endUs),
    result,
    ...log.evidencePlace(row),
    error: error === null ? null : {...log.evidencePlace(error.row), text: shownOf(error.row, log)},
  }));
  return runs.length === 0 ? unit : {...unit, runs};
}

function timelineOf(times: BootJobs, boot: Boot, log: LogText): {timeline?: Timeline} {
  const {firstUs, lastUs, jobs, phases, silences} = times;
  if (firstUs === null || lastUs === null || lastUs <= firstUs) return {};
  const took = ({startUs, endUs}: (typeof jobs)[number]): number => (endUs ?? lastUs) - (startUs ?? lastUs);
  const worth = jobs
    .filter(job => job.startUs !== null && (job.result === 'failed' || took(job) >= shortestJobUs))
    .filter(job => job.result !== null || isWaitedFor(job.subject, boot))
    .sort((a, b) => rank(a.result) - rank(b.result) || took(b) - took(a))
    .slice(0, maxJobs)
    .sort((a, b) => a.startRow - b.startRow);
  return {
    timeline: {
      lengthUs: lastUs - firstUs,
      phases: phases.map(({name, row, startUs}, index) => ({
        name,
        ...since(firstUs, startUs, phases[index + 1]?.startUs ?? lastUs),
        ...log.evidencePlace(row),
      })),
      jobs: worth.map(({subject, startUs, endUs, startRow, result}) => ({
        unit: subject,
        ...since(firstUs, startUs, endUs),
        result,
        ...log.evidencePlace(startRow),
      })),
      silences: silences.map(({startUs, endUs, row}) => ({
        startUs: startUs - firstUs,
        endUs: endUs - firstUs,
        ...log.evidencePlace(row),
      })),
    },
  };
}

/**
 * A console cuts the names of units, each line in its own way, so that many an end is not known as the end of its start.
 * Only what PID 1 says it waits for, and what is blamed, is said not to have ended.
 */
function isWaitedFor(unit: string, {waitingFor, rootCauses}: Boot): boolean {
  return waitingFor.some(each => each.includes(unit)) || rootCauses.some(cause => cause.unit === unit);
}

function rank(result: 'done' | 'failed' | null): number {
  return result === 'failed' ? 0 : result === null ? 1 : 2;
}

function since(firstUs: number | null, startUs: number | null, endUs: number | null) {
  const from = firstUs ?? 0;
  return {startUs: startUs === null ? null : startUs - from, endUs: endUs === null ? null : endUs - from};
}
