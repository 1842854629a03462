/** Text measured in the columns that a terminal gives it (UAX #11), not in characters. */
import stringWidth from 'string-width';

const ascii = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter();
const maxCached = 4096;
const cached = new Map<string, number>();

/** Columns that a text without control characters takes. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = cached.get(text);
  if (width === undefined) {
    width = stringWidth(text);
    if (cached.size >= maxCached) cached.clear();
    cached.set(text, width);
  }
  return width;
}

/** At most `columns` of a text, with `…` at the end where something is left out. */
export function cut(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (widthOf(text) <= columns) return text;
  return `${slice(text, 0, columns - 1)}…`;
}

/** The columns of a text from `from` on, at most `columns` of them; half of a wide character becomes a blank. */
export function slice(text: string, from: number, columns: number): string {
  if (ascii.test(text)) return text.slice(from, from + columns);
  let shown = '';
  let at = 0;
  for (const {segment} of graphemes.segment(text)) {
    const width = widthOf(segment);
    if (at >= from + columns) break;
    if (at >= from && at + width <= from + columns) shown += segment;
    else if (at + width > from) shown += ' '.repeat(Math.min(at + width, from + columns) - Math.max(at, from));
    at += width;
  }
  return shown;
}

/** A text with blanks up to `columns`, or cut to them. */
export function fill(text: string, columns: number): string {
  const shown = cut(text, columns);
  return shown + ' '.repeat(Math.max(0, columns - widthOf(shown)));
}

/** Breaks a text into lines of at most `columns`, at blanks where there are any; no character is lost but those blanks. */
export function wrapColumns(text: string, columns: number): string[] {
  const width = Math.max(1, columns);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line.trim() !== '') lines.push(line);
    line = word;
    while (widthOf(line) > width) {
      const head = beginning(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line];
}

/** As much of a text as fits, and be it one character that does not. */
function beginning(text: string, columns: number): string {
  if (ascii.test(text)) return text.slice(0, columns);
  let shown = '';
  let width = 0;
  for (const {segment} of graphemes.segment(text)) {
    width += widthOf(segment);
    if (width > columns && shown !== '') break;
    shown += segment;
  }
  return shown;
}
