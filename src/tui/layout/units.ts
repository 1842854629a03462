import {explainResult} from '../../model/exit-status.js';
import type {UnitReport} from '../../model/report.js';
import type {UnitRun} from '../../recording/runs.js';
import {bootOf, contains, type State} from '../state/state.js';
import {cut, fill, wrapColumns} from '../text.js';
import {blank, type Line, line, span} from './line.js';
import {shortTime} from './timeline.js';
import {counted} from './words.js';

/** Failed units first, then those that only depended on one, then those that were restarted. */
export function shownUnits(state: State): readonly UnitReport[] {
  const units = [...(bootOf(state)?.units ?? [])].sort((a, b) => rankOf(a) - rankOf(b));
  const {filter} = state.units;
  return filter === '' ? units : units.filter(({name, result}) => contains(filter, name, result));
}

function rankOf({result}: UnitReport): number {
  return result === 'success' ? 2 : result === 'dependency' ? 1 : 0;
}

export function unitMark({result}: UnitReport): string {
  return result === 'success' ? '↻' : result === 'dependency' ? '○' : '✖';
}

/** Rows of the list; the rest of the screen tells of the selected unit. */
export function unitListHeight(state: State, body: number): number {
  return Math.max(2, Math.min(shownUnits(state).length + 1, Math.floor(body / 2))) - 1;
}

export function unitLines(state: State, height: number): readonly Line[] {
  const units = shownUnits(state);
  const {columns} = state.size;
  const {cursor, top, filter} = state.units;
  if (units.length === 0) {
    const why =
      filter === '' ? 'No unit failed or was restarted in what this log shows.' : `No unit contains “${filter}”.`;
    return [blank, ...wrapColumns(why, columns - 4).map(part => line(`  ${part}`))];
  }
  const name = Math.min(
    Math.max(20, ...units.slice(top, top + height).map(unit => unit.name.length)),
    Math.floor(columns * 0.55),
  );
  const listed = unitListHeight(state, height);
  const list = units.slice(top, top + listed).map((unit, index): Line => {
    const isHere = top + index === cursor;
    const tone = unit.result === 'success' ? 'note' : unit.result === 'dependency' ? 'dim' : 'bad';
    return {
      spans: [
        span(isHere ? 'strong' : 'plain', `${isHere ? '▸' : ' '} `),
        span(tone, `${unitMark(unit)} `),
        span(isHere ? 'strong' : 'plain', fill(unit.name, name)),
        span('plain', `  ${fill(resultWords(unit), 16)}`),
        span('dim', unit.result === 'dependency' ? '' : counted(unit.invocations, 'run')),
      ],
      isSelected: isHere,
    };
  });
  const head = line(span('dim', `    ${fill('unit', name)}  ${fill('result', 16)}runs`));
  const chosen = units[cursor];
  const rest = chosen === undefined ? [] : [line(span('dim', '─'.repeat(columns - 1))), ...unitDetail(chosen, state)];
  return [head, ...list, ...rest].slice(0, height);
}

function resultWords({result}: UnitReport): string {
  return result === 'success' ? 'came up later' : result === 'dependency' ? 'not started' : result;
}

function unitDetail(unit: UnitReport, state: State): Line[] {
  const {columns} = state.size;
  const lines: Line[] = [line(' ', span('strong', cut(unit.name, columns - 2)))];
  const said =
    unit.result === 'success'
      ? 'It was restarted, and came up.'
      : unit.result === 'dependency'
        ? 'It was not started: something it needs failed.'
        : `Result ${unit.result}: ${explainResult(unit.result)}.`;
  lines.push(...wrapColumns(said, columns - 3).map(part => line(' ', span('dim', part))));
  // What a process said tells more than that it failed.
  const error = state.runs[unit.name]?.find(run => run.error !== null)?.error ?? unit.firstError;
  if (error !== null) {
    const number = ` ${String(error.line).padStart(4)} │ `;
    const parts = wrapColumns(error.text, columns - number.length - 1).slice(0, 3);
    lines.push(
      blank,
      ...parts.map((part, index) =>
        line(span('dim', index === 0 ? number : `${' '.repeat(number.length - 2)}│ `), part),
      ),
    );
  }
  const runs = state.runs[unit.name];
  if (runs !== undefined && runs.length > 0) lines.push(blank, ...runTable(runs, state));
  return lines;
}

/** Runs one below the other; those that failed alike in one row. */
function runTable(runs: readonly UnitRun[], {size, jobs}: State): Line[] {
  const alike: {readonly from: number; to: number; readonly run: UnitRun}[] = [];
  runs.forEach((run, index) => {
    const previous = alike.at(-1);
    if (previous !== undefined && previous.run.error?.text === run.error?.text && previous.run.result === run.result)
      previous.to = index + 1;
    else alike.push({from: index + 1, to: index + 1, run});
  });
  const rows = alike.map(({from, to, run}): Line => {
    const number = from === to ? `${from}` : `${from} … ${to}`;
    const at = run.startUs === null ? '' : shortTime(run.startUs - (jobs.firstUs ?? 0));
    const took = run.startUs === null || run.endUs === null ? '' : shortTime(run.endUs - run.startUs);
    const result = run.result === 'failed' ? '✗' : run.result === 'done' ? '✓' : '…';
    const head = ` ${fill(number, 9)}${fill(at, 12)}${fill(took, 10)}`;
    return line(
      span('dim', head),
      span(run.result === 'failed' ? 'bad' : 'plain', `${result} `),
      cut(
        run.error?.text ?? (run.result === 'done' ? 'came up' : 'said nothing of it'),
        size.columns - head.length - 4,
      ),
    );
  });
  return [line(span('dim', ` ${fill('run', 9)}${fill('after', 12)}${fill('took', 10)}  first error`)), ...rows];
}
