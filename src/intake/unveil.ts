import {Hits, type Scanner} from '../model/scanner.js';
import {cleanLine} from './clean.js';
import {wholeUpTo} from './line-lengths.js';
import {hasResidue} from './residue.js';

const newline = 10;
const esc = 0x1b;
const blank = 0x20;

/** Lines with residue, each after a line end in `text`, and which bytes of the source they stand for. */
interface Cleaned {
  text: Buffer;
  length: number;
  /** For each line: where it ends in `text`, where it starts and ends in the source. */
  readonly ends: number[];
  readonly from: number[];
  readonly to: number[];
}

/** Adds to the hits of a raw scan from `start`, a line end, those that lines show only when they are cleaned; keeps the order. */
export type Unveil = (bytes: Buffer, start: number, hits: Hits) => void;

/**
 * A scan of raw bytes does not see a literal that a colour cuts in two. Lines that hold an escape sequence are few, and ESC
 * is found faster than anything: such lines are scanned once more without their sequences, all of a region at once.
 * `residue`: with what begins that hides a literal otherwise; few logs have any.
 */
export function createUnveil(scanner: Scanner, residue: () => readonly string[]): Unveil {
  const cleaned: Cleaned = {text: Buffer.alloc(1 << 16), length: 0, ends: [], from: [], to: []};
  const own = new Hits();
  const merged = new Hits();
  return (bytes, start, hits) => {
    cleaned.length = 0;
    cleaned.ends.length = cleaned.from.length = cleaned.to.length = 0;
    const needles = residue();
    if (needles.length > 0) cleanResidue(bytes, start, needles, cleaned);
    else cleanEscapes(bytes, start, cleaned);
    if (cleaned.length === 0) return;
    own.length = 0;
    scanner.scan(cleaned.text, 0, cleaned.length, own);
    if (own.length > 0) merge(hits, own, cleaned, merged);
  };
}

/** The lines in which an escape sequence may cut something, without their sequences. */
function cleanEscapes(bytes: Buffer, from: number, to: Cleaned): void {
  for (let at = bytes.indexOf(esc, from); at >= 0; at = bytes.indexOf(esc, at)) {
    const start = bytes.lastIndexOf(newline, at) + 1;
    const found = bytes.indexOf(newline, at);
    const end = found < 0 ? bytes.length : found;
    if (!tellsOfSuccess(bytes, start)) cleanOne(bytes, start, end, to);
    at = end;
  }
}

/**
 * Most lines with colours are PID 1's `[  OK  ] Started foo.service` and `         Starting foo.service`, and are passed over:
 * the colour stands around the name of the unit, and rules look for the name alone, to which a test holds them.
 */
function tellsOfSuccess(bytes: Buffer, start: number): boolean {
  if (bytes[start] === 0x5b)
    return (
      bytes[start + 1] === esc && bytes[start + 7] === 0x6d && bytes[start + 10] === 0x4f && bytes[start + 11] === 0x4b
    );
  const verb = start + 9;
  return bytes[start] === blank && bytes[verb - 1] === blank && isWithin(bytes[verb], 0x41, 0x5a);
}

/** Copies a line. */
function cleanOne(bytes: Buffer, start: number, end: number, to: Cleaned): void {
  const text = roomFor(to, end - start + 2);
  let length = to.length;
  text[length++] = newline;
  for (let at = start; at < end; ) {
    const byte = bytes[at] as number;
    if (byte === esc) {
      at = afterSequence(bytes, at);
      continue;
    }
    at++;
    // What else a terminal does not show cuts nothing in two that it shows, but for a carriage return.
    if (byte >= 32 || byte === 9 || byte === 13) text[length++] = byte;
  }
  to.length = length;
  to.ends.push(length);
  to.from.push(start);
  to.to.push(end);
}

function roomFor(to: Cleaned, more: number): Buffer {
  if (to.length + more < to.text.length) return to.text;
  const text = Buffer.alloc((to.text.length + more) * 2);
  to.text.copy(text, 0, 0, to.length);
  to.text = text;
  return text;
}

/** The first byte after an escape sequence; ECMA-48. One that is cut off ends where its next byte cannot be of it. */
function afterSequence(bytes: Buffer, start: number): number {
  let at = start + 1;
  const kind = bytes[at] ?? newline;
  if (kind === 0x5b) {
    at++;
    while (isWithin(bytes[at], 0x30, 0x3f)) at++;
    while (isWithin(bytes[at], 0x20, 0x2f)) at++;
    return isWithin(bytes[at], 0x40, 0x7e) ? at + 1 : at;
  }
  if (kind === 0x5d || kind === 0x50 || kind === 0x58 || kind === 0x5e || kind === 0x5f) {
    while (at < bytes.length && bytes[at] !== 7 && bytes[at] !== esc && bytes[at] !== newline) at++;
    if (bytes[at] === 7) return at + 1;
    return bytes[at] === esc && bytes[at + 1] === 0x5c ? at + 2 : at;
  }
  while (isWithin(bytes[at], 0x20, 0x2f)) at++;
  return isWithin(bytes[at], 0x30, 0x7e) ? at + 1 : at;
}

function isWithin(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}

/** The lines that hold ESC or one of the needles, as they are cleaned for whoever reads them. */
function cleanResidue(bytes: Buffer, first: number, needles: readonly string[], to: Cleaned): void {
  const seekers = ['\x1b', ...needles].map(needle => ({needle, at: bytes.indexOf(needle, first, 'latin1')}));
  for (;;) {
    let at = -1;
    for (const seeker of seekers) if (seeker.at >= 0 && (at < 0 || seeker.at < at)) at = seeker.at;
    if (at < 0) return;
    const start = bytes.lastIndexOf(newline, at) + 1;
    const found = bytes.indexOf(newline, at);
    const end = found < 0 ? bytes.length : found;
    const raw = bytes.toString('latin1', start, end);
    if (hasResidue(raw) || raw.includes('\x1b')) addLine(cleanLine(raw), start, end, to);
    for (const seeker of seekers)
      if (seeker.at >= 0 && seeker.at < end) seeker.at = bytes.indexOf(seeker.needle, end, 'latin1');
  }
}

function addLine(shown: readonly string[], start: number, end: number, to: Cleaned): void {
  const text = `\n${shown.join('\n')}`;
  to.length += roomFor(to, text.length * 3).write(text, to.length, 'utf8');
  to.ends.push(to.length);
  to.from.push(start);
  to.to.push(end);
}

/**
 * What was found in a cleaned line stands for what was found in it as it is: the same and more. All of it counts at the line's
 * last byte; of a line that is too long to be shown whole, what the raw scan found keeps its place.
 */
function merge(hits: Hits, own: Hits, cleaned: Cleaned, merged: Hits): void {
  merged.length = 0;
  let raw = 0;
  let line = 0;
  for (let hit = 0; hit < own.length; hit++) {
    while ((own.offsets[hit] as number) >= (cleaned.ends[line] as number)) line++;
    const [from, to] = [cleaned.from[line] as number, cleaned.to[line] as number];
    const isShort = to - from <= wholeUpTo;
    for (; raw < hits.length && (hits.offsets[raw] as number) < to; raw++)
      if (!isShort || (hits.offsets[raw] as number) < from)
        merged.add(hits.offsets[raw] as number, hits.literals[raw] as number);
    const literal = own.literals[hit] as number;
    if (isShort || !holds(merged, from, literal)) merged.add(Math.max(from, to - 1), literal);
  }
  for (; raw < hits.length; raw++) merged.add(hits.offsets[raw] as number, hits.literals[raw] as number);
  hits.length = 0;
  hits.addAll(merged);
}

/** Whether the last hits, those at or after an offset, have a literal. */
function holds(hits: Hits, from: number, literal: number): boolean {
  for (let hit = hits.length - 1; hit >= 0 && (hits.offsets[hit] as number) >= from; hit--)
    if (hits.literals[hit] === literal) return true;
  return false;
}
