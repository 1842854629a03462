import {rowsOfBoot} from '../../recording/excerpts.js';
import type {LogText} from '../../recording/log-text.js';
import {searchPattern} from '../log/scan.js';
import type {LogView} from '../log/view.js';
import {bootOf, causesOf, type State} from '../state/state.js';
import {cut, slice, widthOf, wrapColumns} from '../text.js';
import {type Line, line, type Span, span, type Tone} from './line.js';

/** What a finding says about a row. */
export interface RowMark {
  readonly mark: string;
  readonly tone: Tone;
  readonly words: string;
}

/** What the log screen shows rows of. */
export interface LogRows {
  readonly text: LogText;
  readonly view: LogView;
  readonly marks: ReadonlyMap<number, RowMark>;
  readonly shown: (text: string) => string;
}

const tallStrip = 16;

/** Lines below the rows that show the row of the cursor in full. */
export function stripHeight(body: number): number {
  return body >= tallStrip ? 4 : 3;
}

export function logHeight(body: number): number {
  return Math.max(1, body - stripHeight(body));
}

export function logLines(state: State, desk: LogRows, height: number): readonly Line[] {
  const {log, size} = state;
  const rows = logHeight(height);
  const digits = Math.max(4, String(desk.text.rows).length);
  const pattern = log.query === '' ? null : searchPattern(log.query);
  const lines: Line[] = [];
  for (let index = log.top; index < Math.min(log.top + rows, desk.view.count); index++) {
    const row = desk.view.rowAt(index);
    const mark = desk.marks.get(row);
    const isHere = index === log.cursor;
    const head = [
      span(isHere ? 'strong' : 'plain', isHere ? '▸' : ' '),
      span(mark?.tone ?? 'plain', mark?.mark ?? ' '),
      span('dim', ` ${String(desk.text.lineOf(row).line).padStart(digits)} │ `),
    ];
    const room = size.columns - digits - 7;
    const text = desk.shown(desk.text.textOf(row));
    const isLeft = log.pan > 0 && text !== '';
    const visible = slice(text, log.pan, room);
    const isRight = widthOf(text) > log.pan + room;
    const panned = `${isLeft ? '…' : ''}${isLeft ? slice(visible, 1, room) : visible}`;
    const body = isRight ? `${slice(panned, 0, room - 1)}…` : panned;
    lines.push({spans: [...head, ...textSpans(body, pattern, mark?.tone)], isSelected: isHere});
  }
  if (lines.length === 0) lines.push(line(span('dim', `  ${emptyWords(state)}`)));
  while (lines.length < rows) lines.push(line(''));
  return [...lines, ...strip(state, desk, stripHeight(height))];
}

function emptyWords({log, progress}: State): string {
  if (log.isFiltering || !progress.done) return 'Looking for rows …';
  return progress.rows === 0 ? 'The log is empty.' : 'No row passes the filters; c clears them.';
}

const stamp = /^(?:\[ *\d+\.\d+\] ?)/;
const status = /^\[ *(OK|FAILED|DEPEND|TIME|WARN) *\]/;
const statusTones: Readonly<Record<string, Tone>> = {
  OK: 'good',
  FAILED: 'bad',
  DEPEND: 'warn',
  TIME: 'bad',
  WARN: 'warn',
};

function textSpans(text: string, pattern: RegExp | null, tone: Tone | undefined): Span[] {
  const time = stamp.exec(text)?.[0] ?? '';
  const rest = text.slice(time.length);
  const tag = status.exec(rest);
  const head: Span[] = time === '' ? [] : [span('dim', time)];
  if (tag !== null) head.push(span(statusTones[tag[1] as string] ?? 'plain', tag[0]));
  const body = rest.slice(tag?.[0].length ?? 0);
  const plain = tone === 'bad' ? 'strong' : 'plain';
  if (pattern === null) return [...head, span(plain, body)];
  const spans = head;
  let at = 0;
  for (const match of body.matchAll(pattern)) {
    if (match.index > at) spans.push(span(plain, body.slice(at, match.index)));
    spans.push(span('hit', match[0]));
    at = match.index + match[0].length;
  }
  if (at < body.length) spans.push(span(plain, body.slice(at)));
  return spans;
}

/** The row of the cursor in full, and what is known of it. */
function strip(state: State, desk: LogRows, height: number): Line[] {
  const {log, size} = state;
  const filters = filterWords(state);
  const hits = log.query === '' ? '' : `/${cut(log.query, 20)}: ${log.hits}${log.isSearching ? ' …' : ''}`;
  const right = [hits, filters].filter(words => words !== '').join(' · ');
  if (desk.view.count === 0) return [divider('', right, size.columns), ...Array(height - 1).fill(line(''))];
  const row = desk.view.rowAt(log.cursor);
  const {line: number, source} = desk.text.lineOf(row);
  const file = state.report?.sources?.[source]?.name;
  const mark = desk.marks.get(row);
  const left = [file, `line ${number}`, mark?.words].filter(words => words !== undefined).join(' · ');
  const parts = wrapColumns(desk.shown(desk.text.textOf(row)), size.columns - 2);
  const shown = parts.slice(0, height - 1);
  if (parts.length > shown.length)
    shown[shown.length - 1] = cut(`${shown.at(-1)} ${parts[shown.length]}`, size.columns - 2);
  while (shown.length < height - 1) shown.push('');
  return [divider(left, right, size.columns), ...shown.map(part => line(' ', part))];
}

export function divider(left: string, right: string, columns: number): Line {
  const end = right === '' ? '' : ` ${cut(right, Math.floor(columns / 2))} `;
  const start = left === '' ? '' : ` ${cut(left, columns - widthOf(end) - 8)} `;
  const dashes = Math.max(0, columns - widthOf(start) - widthOf(end) - 5);
  return line(
    span('dim', '──'),
    span('strong', start),
    span('dim', '─'.repeat(dashes)),
    span('note', end),
    span('dim', '──'),
  );
}

export function filterWords({log}: State): string {
  return [
    log.onlyBoot ? 'this boot' : '',
    log.unit ?? '',
    log.level === 'all' ? '' : log.level === 'warning' ? 'warnings and worse' : 'errors',
    log.onlyFindings ? 'findings' : '',
  ]
    .filter(words => words !== '')
    .join(' + ');
}

/** Rows that the report speaks of, by what it says of them. The first to claim a row has it. */
export function marksOf(state: State, text: LogText): Map<number, RowMark> {
  const marks = new Map<number, RowMark>();
  for (const boot of state.report?.boots ?? []) {
    for (const {cause, isNotice} of causesOf(boot)) {
      const tone: Tone = isNotice ? 'note' : cause.severity === 'fatal' || cause.severity === 'error' ? 'bad' : 'warn';
      const label = isNotice ? 'worth knowing' : 'cause';
      for (const evidence of cause.evidence)
        add(marks, text.rowOf(evidence), {mark: isNotice ? '·' : '✖', tone, words: `${label}: ${cause.title}`});
      for (const effect of cause.effects) {
        for (const evidence of effect.evidence)
          add(marks, text.rowOf(evidence), {mark: '↳', tone: 'warn', words: `follows from the cause: ${effect.title}`});
      }
    }
    for (const unit of boot.units)
      if (unit.firstError !== null)
        add(marks, text.rowOf(unit.firstError), {mark: '↳', tone: 'warn', words: `first error of ${unit.name}`});
  }
  return marks;
}

function add(marks: Map<number, RowMark>, row: number, mark: RowMark): void {
  if (!marks.has(row)) marks.set(row, mark);
}

/** The first and the last row of the boot that is shown. */
export function bootRows(state: State, text: LogText): {readonly first: number; readonly last: number} {
  const boot = bootOf(state);
  const rows = boot === null || state.report === null ? null : rowsOfBoot(state.report, boot, text);
  return rows ?? {first: 0, last: text.rows - 1};
}
