/**
 * What a terminal would make of a line: colours and cursor movements gone, backspaces applied, bytes read as UTF-8; and
 * what a page would make of one that was copied from its source. Forms seen on real consoles are listed in the tests.
 */
import {hasResidue, stripWrittenEscapes, undoMarkup, withoutJsonEnd} from './residue.js';

const special = /[\0-\x08\x0b-\x1f\x7f-\xff]/;
/** CSI (also cut off in the middle by systemd's ellipsis), OSC, and two-byte sequences; ECMA-48. */
const escapeSequence =
  /\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[PX^_][^\x1b]*(?:\x1b\\|$)|[ -/]*[0-~]?)|\x9b[0-?]*[ -/]*[@-~]/g;
const cutColour = /…[0-9;:]{0,14}m(?= - | )/g;
/** Also the marks that turn the direction of text (UAX #9). */
const control = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const carriageReturn = 13;

/** One or more lines, in order, that a raw line (latin1 text, no line end) shows; bare carriage returns begin another. */
export function cleanLine(raw: string): string[] {
  let end = raw.length;
  while (end > 0 && raw.charCodeAt(end - 1) === carriageReturn) end--;
  const line = withoutJsonEnd(end === raw.length ? raw : raw.slice(0, end));
  const isMarked = hasResidue(line);
  if (!isMarked && !special.test(line)) return [line];
  const clean = (part: string): string => stripControls(isMarked ? undoMarkup(decodeUtf8(part)) : decodeUtf8(part));
  if (!line.includes('\r')) return [clean(line)];
  const shown = line
    .split('\r')
    .map(clean)
    .filter(part => part.trim() !== '');
  return shown.length === 0 ? [''] : shown;
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
