import {explainResult} from '../../model/exit-status.js';
import type {UnitReport} from '../../model/report.js';
import type {UnitRun} from '../../recording/runs.js';
import {count} from '../../report/words.js';
import type {State} from '../state/state.js';
import {cut, fill} from '../text.js';
import {createDetail, type Detail, type DetailWriter} from './detail.js';
import {span} from './line.js';
import {shortTime} from './timeline.js';

/** What is known of a unit: its result, the first error, and its runs. */
export function unitDetail(unit: UnitReport | undefined, state: State, columns: number): Detail {
  const detail = createDetail(columns, state.report?.sources);
  if (unit === undefined) return detail.finish();
  detail.say('strong', unit.name);
  detail.say('dim', sayingOf(unit));
  const runs = state.runs[unit.name];
  // What a process said tells more than that it failed.
  const said = runs?.find(({error}) => error !== null)?.error;
  const error = said ?? unit.firstError;
  if (error !== null) {
    detail.gap();
    detail.evidence(error, Math.max(4, String(error.line).length));
  }
  if (runs !== undefined && runs.length > 0) writeRuns(detail, runs, state.jobs.firstUs ?? 0);
  return detail.finish();
}

function sayingOf({result}: UnitReport): string {
  if (result === 'success') return 'It was restarted, and came up.';
  if (result === 'dependency') return 'It was not started: something it needs failed.';
  return `Result ${result}: ${explainResult(result)}.`;
}

const runColumns = {run: 9, after: 13, took: 10};

/** Runs one below the other, to be compared; those that went alike are one row. */
function writeRuns(detail: DetailWriter, runs: readonly UnitRun[], fromUs: number): void {
  const groups: {readonly first: number; last: number; readonly run: UnitRun}[] = [];
  for (const [index, run] of runs.entries()) {
    const previous = groups.at(-1);
    if (previous?.run.result === run.result && previous.run.error?.text === run.error?.text) previous.last = index + 1;
    else groups.push({first: index + 1, last: index + 1, run});
  }
  const {run: ofRun, after: ofAfter, took: ofTook} = runColumns;
  detail.gap();
  detail.row(span('dim', `${fill('run', ofRun)}${fill('after', ofAfter)}${fill('took', ofTook)}  first error`));
  for (const {first, last, run} of groups) {
    const number = first === last ? `${first}` : `${first} … ${last}`;
    const after = run.startUs === null ? '' : shortTime(run.startUs - fromUs);
    const took = run.startUs === null || run.endUs === null ? '' : shortTime(run.endUs - run.startUs);
    const head = `${fill(number, ofRun)}${fill(after, ofAfter)}${fill(took, ofTook)}`;
    const [tone, mark] = runMarks[run.result ?? 'open'];
    const words = run.error?.text ?? (run.result === 'done' ? 'came up' : 'said nothing of it');
    const row = run.error?.row ?? run.row;
    const what = first === last ? `run ${first}` : count(last - first + 1, 'run');
    detail.item({evidence: null, row, copy: words, what}, null, () =>
      detail.row(span('dim', head), span(tone, `${mark} `), cut(words, detail.width - head.length - 2)),
    );
  }
}

const runMarks = {failed: ['bad', '✗'], done: ['good', '✓'], open: ['warn', '…']} as const;
