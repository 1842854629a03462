import type {UnitReport} from '../../model/report.js';
import {count} from '../../report/words.js';
import {bootOf, contains, type State} from '../state/state.js';
import {fill} from '../text.js';
import {createDetail, type Detail, detailWindow} from './detail.js';
import {type Line, line, span, withScrollbar} from './line.js';
import {type Panes, panesOf} from './panes.js';
import {unitDetail} from './unit-detail.js';

/** Failed units first, then those that only depended on one, then those that were restarted. */
export function shownUnits(state: State): readonly UnitReport[] {
  const units = [...(bootOf(state)?.units ?? [])].sort((a, b) => rankOf(a) - rankOf(b));
  const {filter} = state.units;
  return filter === '' ? units : units.filter(({name, result}) => contains(filter, name, result));
}

function rankOf({result}: UnitReport): number {
  return result === 'success' ? 2 : result === 'dependency' ? 1 : 0;
}

function markOf({result}: UnitReport): string {
  return result === 'success' ? '↻' : result === 'dependency' ? '○' : '✖';
}

/** The list stands above the detail, and has a head: its columns need the width. */
export function unitPanes(state: State, height: number): Panes {
  const rows = shownUnits(state).length;
  return panesOf(state.size, height, rows, {besides: false, head: rows === 0 ? 0 : 1});
}

const longestName = 60;
const resultWidth = 16;

/** The visible part of the list, with its head. */
export function unitList(state: State, panes: Panes): readonly Line[] {
  const units = shownUnits(state);
  if (units.length === 0) return [];
  const {cursor, top, pane} = state.units;
  const shown = units.slice(top, top + panes.listHeight);
  const room = Math.min(longestName, Math.floor(panes.listWidth * 0.55));
  const name = Math.min(Math.max(20, ...shown.map(unit => unit.name.length)), room);
  const rows = shown.map((unit, index): Line => {
    const isHere = top + index === cursor;
    const tone = unit.result === 'success' ? 'note' : unit.result === 'dependency' ? 'dim' : 'bad';
    return {
      spans: [
        span(isHere ? 'strong' : 'plain', isHere ? '▸ ' : '  '),
        span(tone, `${markOf(unit)} `),
        span(isHere ? 'strong' : 'plain', fill(unit.name, name)),
        span('plain', `  ${fill(resultWords(unit), resultWidth)}`),
        span('dim', unit.result === 'dependency' ? '' : count(unit.invocations, 'run')),
      ],
      isSelected: isHere && pane === 'list',
    };
  });
  const head = line(span('dim', `    ${fill('unit', name)}  ${fill('result', resultWidth)}runs`));
  return [head, ...withScrollbar(rows, top, panes.listHeight, units.length)];
}

function resultWords({result}: UnitReport): string {
  return result === 'success' ? 'came up later' : result === 'dependency' ? 'not started' : result;
}

/** What is known of the chosen unit; where there is none, why. */
export function chosenUnit(state: State, columns: number): Detail {
  const units = shownUnits(state);
  const {cursor, filter} = state.units;
  if (units.length > 0) return unitDetail(units[cursor], state, columns);
  const detail = createDetail(columns);
  detail.gap();
  detail.say(
    'plain',
    filter !== ''
      ? `No unit contains “${filter}”.`
      : state.progress.done
        ? 'No unit failed or was restarted in what this log shows.'
        : 'No unit has failed so far.',
  );
  return detail.finish();
}

export function unitDetailLines(state: State, panes: Panes): readonly Line[] {
  const {pane, detail: at} = state.units;
  const detail = chosenUnit(state, panes.detailWidth);
  const lines = detailWindow(detail, pane === 'detail' ? at.item : -1, at.top, panes.detailHeight);
  return withScrollbar(lines, at.top, panes.detailHeight, detail.lines.length);
}
