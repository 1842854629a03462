import {searchPattern} from '../log/scan.js';
import type {LogView} from '../log/view.js';
import type {LogState, State} from '../state/state.js';
import {cut, wrapColumns} from '../text.js';
import {divider} from './divider.js';
import {blank, type Line, line, span, withScrollbar} from './line.js';
import {hitSpans, type RowSource, rowLine} from './log-row.js';
import {percent} from './words.js';

/** What the log screen shows rows of. */
export interface LogRows extends RowSource {
  readonly view: LogView;
}

const tallStrip = 16;

/** Lines below the rows that show the row of the cursor in full. */
function stripHeight(body: number): number {
  return body >= tallStrip ? 4 : 3;
}

export function logHeight(body: number): number {
  return Math.max(1, body - stripHeight(body));
}

export function logLines(state: State, desk: LogRows, height: number): readonly Line[] {
  const {log, size} = state;
  const rows = logHeight(height);
  const pattern = patternOf(log);
  const lines: Line[] = [];
  for (let index = log.top; index < Math.min(log.top + rows, desk.view.count); index++) {
    const isHere = index === log.cursor;
    const look = {columns: size.columns - 1, pan: log.pan, pattern, isHere, isSelected: isHere};
    lines.push(rowLine(desk, desk.view.rowAt(index), look));
  }
  if (lines.length === 0) lines.push(blank, line(span('dim', `  ${emptyWords(state)}`)));
  while (lines.length < rows) lines.push(blank);
  return [...withScrollbar(lines, log.top, rows, desk.view.count), ...strip(state, desk, stripHeight(height))];
}

/** The log around a row, for a pane beside something else. */
export function peekLines(
  state: State,
  desk: RowSource,
  row: number,
  columns: number,
  height: number,
): readonly Line[] {
  const {rows} = desk.text;
  const first = Math.max(0, Math.min(row - (height >> 1), rows - height));
  const look = {columns, pan: 0, pattern: patternOf(state.log), isSelected: false};
  return Array.from({length: Math.min(height, rows - first)}, (_each, at) =>
    rowLine(desk, first + at, {...look, isHere: first + at === row}),
  );
}

function patternOf({query}: LogState): RegExp | null {
  return query === '' ? null : searchPattern(query);
}

function emptyWords({log, progress}: State): string {
  if (log.filtering !== null) return 'Looking for rows …';
  if (progress.rows > 0) return 'No row passes the filters; c clears them.';
  return progress.done ? 'The log is empty.' : 'Nothing has come so far.';
}

/** The row of the cursor in full, and what is known of it. */
function strip(state: State, desk: LogRows, height: number): Line[] {
  const {log, size} = state;
  const right = [searchWords(log), filterWords(log), placeWords(log)].filter(words => words !== '').join(' · ');
  if (desk.view.count === 0) return [divider('', right, size.columns), ...Array(height - 1).fill(blank)];
  const row = desk.view.rowAt(log.cursor);
  const {line: number, source} = desk.text.lineOf(row);
  const file = state.report?.sources?.[source]?.name;
  const left = [file, `line ${number}`, desk.marks.get(row)?.words].filter(words => words !== undefined).join(' · ');
  const pattern = patternOf(log);
  const shown = inFull(desk.shown(desk.text.textOf(row)), pattern, size.columns - 4, height - 1);
  return [divider(left, right, size.columns), ...shown.map(part => line('  ', ...hitSpans(part, pattern, 'plain')))];
}

/** As much of a text as `height` lines hold, with the first match in it. */
function inFull(text: string, pattern: RegExp | null, columns: number, height: number): string[] {
  const parts = wrapColumns(text, columns);
  const match = pattern === null ? -1 : parts.findIndex(part => part.search(pattern) >= 0);
  const first = match < height ? 0 : Math.min(match, parts.length - height);
  const shown = parts.slice(first, first + height);
  if (first > 0) shown[0] = cut(`… ${shown[0]}`, columns);
  if (first + height < parts.length) shown[height - 1] = cut(`${shown[height - 1]} ${parts[first + height]}`, columns);
  while (shown.length < height) shown.push('');
  return shown;
}

function searchWords({query, hits, searching}: LogState): string {
  if (query === '') return '';
  return `/${cut(query, 20)}: ${hits}${searching === null ? '' : ` … ${percent(searching)}`}`;
}

export function filterWords({onlyBoot, unit, level, onlyFindings, filtering}: LogState): string {
  const words = [
    onlyBoot ? 'this boot' : '',
    unit ?? '',
    level === 'all' ? '' : level === 'warning' ? 'warnings and worse' : 'errors',
    onlyFindings ? 'findings' : '',
  ]
    .filter(words => words !== '')
    .join(' + ');
  return filtering === null ? words : `${words} … ${percent(filtering)}`;
}

/** How far down the cursor is. */
function placeWords({cursor, count, follows}: LogState): string {
  if (follows) return 'following';
  return count === 0 ? '' : percent(count === 1 ? 1 : cursor / (count - 1));
}
