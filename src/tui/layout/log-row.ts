import type {LogText} from '../../recording/log-text.js';
import {slice, widthOf} from '../text.js';
import {type Line, type Span, span, type Tone} from './line.js';
import type {RowMark} from './report-rows.js';

/** What rows of the log are shown of. */
export interface RowSource {
  readonly text: LogText;
  readonly marks: ReadonlyMap<number, RowMark>;
  readonly shown: (text: string) => string;
}

/** Columns before a row's text: cursor, mark, line number, bar. */
function headWidth(rows: number): number {
  return digitsOf(rows) + 6;
}

function digitsOf(rows: number): number {
  return Math.max(4, String(rows).length);
}

interface Look {
  readonly columns: number;
  /** Columns that are scrolled off on the left. */
  readonly pan: number;
  readonly pattern: RegExp | null;
  readonly isHere: boolean;
  readonly isSelected: boolean;
}

/** A row of the log with its number, and what a finding says of it in the margin. */
export function rowLine({text, marks, shown}: RowSource, row: number, look: Look): Line {
  const {columns, pan, pattern, isHere, isSelected} = look;
  const mark = marks.get(row);
  const head = [
    span(isHere ? 'strong' : 'plain', isHere ? '▸' : ' '),
    span(mark?.tone ?? 'plain', mark?.mark ?? ' '),
    span('dim', ` ${String(text.lineOf(row).line).padStart(digitsOf(text.rows))} │ `),
  ];
  const body = panned(shown(text.textOf(row)), pan, columns - headWidth(text.rows));
  return {spans: [...head, ...textSpans(body, pattern, mark?.tone)], isSelected};
}

/** The visible part of a text, with `…` where more of it is. */
function panned(text: string, pan: number, room: number): string {
  const isLeft = pan > 0 && text !== '';
  const visible = slice(text, pan, room);
  const body = isLeft ? `…${slice(visible, 1, room)}` : visible;
  return widthOf(text) > pan + room ? `${slice(body, 0, room - 1)}…` : body;
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
  const spans: Span[] = time === '' ? [] : [span('dim', time)];
  if (tag !== null) spans.push(span(statusTones[tag[1] as string] ?? 'plain', tag[0]));
  return [...spans, ...hitSpans(rest.slice(tag?.[0].length ?? 0), pattern, tone === 'bad' ? 'strong' : 'plain')];
}

/** A text with what was searched for standing out. */
export function hitSpans(text: string, pattern: RegExp | null, tone: Tone): Span[] {
  if (pattern === null) return [span(tone, text)];
  const spans: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) spans.push(span(tone, text.slice(at, match.index)));
    spans.push(span('hit', match[0]));
    at = match.index + match[0].length;
  }
  if (at < text.length) spans.push(span(tone, text.slice(at)));
  return spans;
}
