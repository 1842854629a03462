/**
 * What a terminal would make of a line: colours and cursor movements gone, backspaces applied, bytes read as UTF-8; and
 * what a page would make of one that was copied from its source. Forms seen on real consoles are listed in the tests.
 */
import {hasResidue, stripWrittenEscapes, undoMarkup, withoutJsonEnd} from './residue.js';

/** Nothing else can make a line show something else than its bytes, but for its end; most lines have none of it. */
const suspicious = /[^\t\n -~]|[\^#&\\<]|\[[01349][0-9;:]{0,14}m/;
const special = /[\0-\x08\x0b-\x1f\x7f-\xff]/;
/** What of it is taken away besides escape sequences and carriage returns: `control` below, as bytes. */
const odd =
  /[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2(?:\x80[\x8e\x8f\xaa-\xae]|\x81[\xa6-\xa9])/;
/** CSI (also cut off in the middle by systemd's ellipsis), OSC, and two-byte sequences; ECMA-48. */
const escapeSequence =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[PX^_][^\x1b]*(?:\x1b\\|$)|[ -/]*[0-~]?)|\x9b[0-?]*[ -/]*[@-~]/g;
const cutColour = /…[0-9;:]{0,14}m(?= - | )/g;
/** Also the marks that turn the direction of text (UAX #9). */
const control = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const carriageReturn = 13;

/**
 * What stands between a line's bytes and what it shows: nothing; nothing but escape sequences and carriage returns, without
 * which it is scanned (unveil.ts); or more than that.
 */
export type Look = 'plain' | 'coloured' | 'marked' | 'odd';

/** Of a line (latin1 text) without its end; see `withoutEnd`. */
export function lookOf(line: string): Look {
  if (!suspicious.test(line)) return 'plain';
  if (hasResidue(line)) return 'marked';
  if (!special.test(line)) return 'plain';
  return odd.test(line) ? 'odd' : 'coloured';
}

/** A raw line without carriage returns at its end. */
export function withoutEnd(raw: string): string {
  let end = raw.length;
  while (end > 0 && raw.charCodeAt(end - 1) === carriageReturn) end--;
  return withoutJsonEnd(end === raw.length ? raw : raw.slice(0, end));
}

const cleaning: Readonly<Record<Exclude<Look, 'plain'>, (part: string) => string>> = {
  coloured(part) {
    const text = decodeUtf8(part).replace(escapeSequence, '');
    return text.includes('…') ? text.replace(cutColour, '…') : text;
  },
  marked: part => stripControls(undoMarkup(decodeUtf8(part))),
  odd: part => stripControls(decodeUtf8(part)),
};

/** One or more lines, in order, that a line shows which looks like this; bare carriage returns begin another. */
export function shownBy(line: string, look: Look): string[] {
  if (look === 'plain') return [line];
  const clean = cleaning[look];
  if (!line.includes('\r')) return [clean(line)];
  const shown = line
    .split('\r')
    .map(clean)
    .filter(part => part.trim() !== '');
  return shown.length === 0 ? [''] : shown;
}

/** The lines that a raw line (latin1 text, no line end) shows. */
export function cleanLine(raw: string): string[] {
  const line = withoutEnd(raw);
  return shownBy(line, lookOf(line));
}

/** What a terminal would show of bytes (latin1 text). */
export function cleanText(raw: string): string {
  return stripControls(decodeUtf8(raw));
}

/** Text without control characters and escape sequences; for anything of a log that could reach a terminal. */
export function stripControls(shown: string): string {
  let text = shown.replace(escapeSequence, '');
  text = stripWrittenEscapes(text);
  if (text.includes('…')) text = text.replace(cutColour, '…');
  if (text.includes('\b')) text = applyBackspaces(text);
  return text.replace(control, '');
}

/** Bytes as latin1 text to what they say as UTF-8; bytes that are no UTF-8 become U+FFFD. */
export function decodeUtf8(raw: string): string {
  if (!/[\x80-\xff]/.test(raw) || /[^\0-\xff]/.test(raw)) return raw;
  return Buffer.from(raw, 'latin1').toString('utf8');
}

function applyBackspaces(text: string): string {
  const shown: string[] = [];
  for (const letter of text) {
    if (letter === '\b') shown.pop();
    else shown.push(letter);
  }
  return shown.join('');
}
