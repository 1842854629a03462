import type {Entry} from '../model/entry.js';
import {decodeUtf8, lookOf, shownBy, withoutEnd} from './clean.js';
import {textInJson} from './collector-json.js';
import {createDraft, type Draft} from './formats/format.js';
import {formatsFor} from './formats/index.js';
import {jsonFormat} from './formats/json.js';
import {afterCaptureDate, isWrapping, unwrap} from './unwrap.js';

/** Longer messages are searched as a whole but kept to this length, in characters. */
const longestText = 4096;

/** So many lines that lost their ends are told apart in one; looking for more in a line without end would take for ever. */
const mostWriters = 64;

/** A kernel stamp in the middle of a line: two writers shared the console, and the second begins here. */
const secondStamp = /\[ *\d+\.\d{6}\](?:\[ *[TC]\d+\])? /g;

/** A status field in the middle of a line, with the words that PID 1 puts behind it. */
const secondStatus =
  /\[(?: {2}OK {2}|FAILED|DEPEND| TIME | SKIP |ASSERT)\] (?:Started|Finished|Reached|Mounted|Found|Listening|Created|Activated|Set|Stopped|Unmounted|Closed|Removed|Failed to|Dependency failed|Timed out) | {9}(?:Start|Stopp|Mount|Unmount|Activat|Deactivat)ing \S[^[]{0,200}(?:\.\.\.|…)/g;
/** PID 1 indents `Starting …` so far. */
const beforeVerb = ' '.repeat(9);
/** A program of a journal may quote a status line. */
const inJournal = /^(?:\p{L}{3,5}\.? |\d{4}-|\p{L}{2,4}\.? \d{4}-)/u;

/** Syslog's name for the kernel, of RFC 3164 and RFC 5424, and on terminals. */
const ofKernel = /kernel: $|^ kernel:$|^(?:<\d{1,3}>)?1 \S+ \S+ kernel \S+ \S+ \S+ +$/;
/** What dmesg -r and -x put before the stamp. */
const levelBefore = /^(?:<\d{1,3}>|\w+ *:\w+ *: )$/;

/** `░░`: journalctl -x explains the entry before in general. */
const catalogMark = '\xe2\x96\x91\xe2\x96\x91';

/** What is known of a log as a whole when its lines are read. */
export interface LineContext {
  /** A capture tool put a date before every line. */
  readonly isStamped: boolean;
  /** Its lines are those of a document or a program, in which those of a log stand in quotes. */
  readonly isDocument: boolean;
}

const unknown: LineContext = {isStamped: false, isDocument: false};

/**
 * The entries that a raw line (latin1 text) shows: mostly one, none for an empty line, more where writers
 * collided. `isSeen`: what a scan of the raw line found is all that it could find in the entry.
 */
export function parseTextLine(
  raw: string,
  number: number,
  emit: (entry: Entry, isSeen: boolean) => void,
  context: LineContext = unknown,
): void {
  if (raw.startsWith(catalogMark)) return;
  const object = raw.startsWith('{"') ? jsonEntry(raw, number) : null;
  if (object !== null) return emit(object, false);
  const line = withoutEnd(raw);
  const look = lookOf(line);
  const isScanned = look === 'plain' || look === 'coloured';
  for (const shown of shownBy(line, look)) {
    if (shown.trim() === '') continue;
    const told = textInJson(shown);
    if (told !== null) {
      const emitTold = (entry: Entry): void => emit({...entry, kind: 'entry'}, false);
      for (const line of told) parseTextLine(Buffer.from(line).toString('latin1'), number, emitTold, context);
      continue;
    }
    let rest = shown;
    let writers = 1;
    const find = context.isDocument ? findUnquoted : findSecond;
    for (let second = find(rest); second > 0 && writers < mostWriters; second = find(rest)) {
      writers++;
      emit(toEntry(rest.slice(0, second), number, context), false);
      rest = rest.slice(second);
    }
    emit(toEntry(rest, number, context), isScanned && rest === shown);
  }
}

/** An object of journalctl -o json: its strings are cleaned when they are read, and what looks like an escape in them is none. */
function jsonEntry(raw: string, number: number): Entry | null {
  const draft = createDraft(number, '');
  draft.format = jsonFormat.name;
  return jsonFormat.parse(decodeUtf8(raw), draft) ? draft : null;
}

/** Where a second writer begins, or -1. */
function findSecond(line: string): number {
  if (line.indexOf('[', 1) < 0 && !line.includes(beforeVerb, 1)) return -1;
  const stamp = findSecondStamp(line);
  const status = findSecondStatus(line);
  return stamp > 0 && status > 0 ? Math.min(stamp, status) : Math.max(stamp, status);
}

/** The same in a document, where a quotation mark before it says that nobody printed it. */
function findUnquoted(line: string): number {
  const second = findSecond(line);
  return second > 0 && /["'`“]$/.test(line.slice(0, second)) ? -1 : second;
}

/** Where a second stamp begins, or -1. The kernel's stamp inside a syslog line is no second writer, nor is what a capture tool wrote a first. */
function findSecondStamp(line: string): number {
  secondStamp.lastIndex = line.indexOf('[', 1);
  if (secondStamp.lastIndex < 0) return -1;
  const match = secondStamp.exec(line);
  if (match === null) return -1;
  const before = line.slice(0, match.index);
  return ofKernel.test(before) || levelBefore.test(before) || isWrapping(before) ? -1 : match.index;
}

/** A bracket that is neither a time's nor a process number's. */
function mayHaveStatus(line: string): boolean {
  for (let at = line.indexOf('[', 1); at > 0; at = line.indexOf('[', at + 1)) {
    const next = line.charCodeAt(at + 1);
    if (next === 0x20 || (next >= 0x41 && next <= 0x5a)) return true;
  }
  return false;
}

function findSecondStatus(line: string): number {
  if (!mayHaveStatus(line) && !line.includes(beforeVerb, 1)) return -1;
  secondStatus.lastIndex = 1;
  const match = secondStatus.exec(line);
  if (match === null || inJournal.test(line)) return -1;
  return isWrapping(line.slice(0, match.index)) ? -1 : match.index;
}

function toEntry(line: string, number: number, {isStamped}: LineContext): Entry {
  const draft = createDraft(number, line.length > longestText ? `${line.slice(0, longestText)}…` : line);
  const rest = (isStamped ? afterCaptureDate(line) : null) ?? line;
  if (readForm(rest, draft)) return draft;
  let isKnown = false;
  const inner = unwrap(rest, isStamped, text => {
    isKnown = readForm(text, draft);
    return isKnown;
  });
  if (!isKnown) draft.message = (inner ?? rest).trimStart();
  return draft;
}

function readForm(line: string, draft: Draft): boolean {
  for (const format of formatsFor(line.charCodeAt(0))) {
    draft.format = format.name;
    if (format.parse(line, draft)) return true;
  }
  draft.format = 'plain';
  return false;
}
