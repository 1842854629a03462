import {Hits, type Scanner} from '../model/scanner.js';

/** The window that is looked for; literals must be as long. A longer one steps further, but admits fewer literals. */
export const shortestLiteral = 10;
const windowLength = shortestLiteral;

/** Blocks of four bytes: of three, so many are common to logs and literals that the scan hardly ever steps far. */
const blockLength = 4;
const tableSize = 1 << 17;
const hashShift = 32 - 17;
/** 2^32 divided by the golden ratio: multiplying by it spreads the bits (Knuth). */
const golden = 0x9e3779b1;

/** How often each block occurs in a sample of logs, by its hash. */
export type BlockCounts = Uint32Array;

export function countBlocks(sample: Uint8Array): BlockCounts {
  const counts = new Uint32Array(tableSize);
  for (let last = blockLength - 1; last < sample.length; last++)
    counts[hashAt(sample, last)] = (counts[hashAt(sample, last)] as number) + 1;
  return counts;
}

/** Where in a literal the window starts that logs contain least. Chosen once, at build time, from real logs. */
export function rarestWindow(text: string, counts: BlockCounts): number {
  return lowestCost(new TextEncoder().encode(text), (literal, last) => counts[hashAt(literal, last)] as number);
}

/** The same without logs to count in: by the letters alone. */
function guessWindow(literal: Uint8Array): number {
  return lowestCost(literal, (bytes, last) => {
    let cost = 1;
    for (let at = last - blockLength + 1; at <= last; at++) cost *= commonness(bytes[at]);
    return cost;
  });
}

/** Late blocks of a window count more: they are looked at most often. */
function lowestCost(literal: Uint8Array, blockCost: (literal: Uint8Array, last: number) => number): number {
  let best = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let start = 0; start + shortestLiteral <= literal.length; start++) {
    let cost = 0;
    for (let block = 0; block + blockLength <= shortestLiteral; block++)
      cost += blockCost(literal, start + block + blockLength - 1) * (block + 1);
    if (cost < lowest) [lowest, best] = [cost, start];
  }
  return best;
}

/**
 * A scanner for many literals at once over raw bytes, after Wu and Manber: it looks at a hashed block of four bytes, and
 * from a table knows how far it can step until a literal could end. Every literal is looked for by the window of it that
 * logs contain least; `windows` says where those begin, as far as it was measured.
 */
export function createScanner(texts: readonly string[], windows: readonly (number | undefined)[] = []): Scanner {
  const tables = tablesOf(texts, windows);
  const inSecondHalf = new Hits();
  return {
    plan: {texts, windows},
    scan(bytes, start, end, hits) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const range = {bytes, view, start, end};
      const lowest = start + windowLength - 1;
      const middle = Math.max(lowest, start + ((end - start) >> 1));
      inSecondHalf.length = 0;
      const first = {at: lowest, until: middle, hits};
      const second = {at: middle, until: end, hits: inSecondHalf};
      stepTogether(tables, range, first, second);
      step(tables, range, first);
      step(tables, range, second);
      hits.addAll(inSecondHalf);
    },
  };
}

/** What the scan looks up. */
interface Tables {
  /** All literals, a NUL after each; by literal where it begins, and at last the end. */
  readonly text: Uint8Array;
  readonly starts: Int32Array;
  /** By the hash of a block: how far to step when it is read, 0 where a window may end with it. */
  readonly shift: Uint8Array;
  /** By the hash of a block: the first literal whose window ends with it, or -1. */
  readonly first: Int16Array;
  /** By literal: the next one of the same hash, or -1. */
  readonly next: Int16Array;
  readonly windowStart: Int16Array;
  /** By literal: the four bytes before the window's last block. They tell nearly always that a window does not end here. */
  readonly blockBefore: Int32Array;
}

/** The bytes that are scanned. */
interface Range {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
}

/** A place in the bytes where a window may end. */
interface Cursor {
  at: number;
  readonly until: number;
  readonly hits: Hits;
}

/** Of a thousand literals, in code that runs once: all are encoded in one piece, and their bytes are read four at a time. */
function tablesOf(texts: readonly string[], windows: readonly (number | undefined)[]): Tables {
  const text = new TextEncoder().encode(`${texts.join('\0')}\0`);
  const view = new DataView(text.buffer, text.byteOffset, text.byteLength);
  const starts = new Int32Array(texts.length + 1);
  const shift = new Uint8Array(tableSize).fill(windowLength - blockLength + 1);
  const first = new Int16Array(tableSize).fill(-1);
  const next = new Int16Array(texts.length).fill(-1);
  const windowStart = new Int16Array(texts.length);
  const blockBefore = new Int32Array(texts.length);
  for (let index = 0; index < texts.length; index++) {
    const begin = starts[index] as number;
    const end = text.indexOf(0, begin);
    if (end - begin < windowLength) throw new RangeError(`literal too short: ${texts[index]}`);
    starts[index + 1] = end + 1;
    const start = windows[index] ?? guessWindow(text.subarray(begin, end));
    windowStart[index] = start;
    const window = begin + start;
    blockBefore[index] = view.getInt32(window + windowLength - blockLength * 2, true);
    let hash = 0;
    for (let distance = windowLength - blockLength; distance >= 0; distance--) {
      hash = hashOf(view.getInt32(window + windowLength - blockLength - distance, true));
      if (distance < (shift[hash] as number)) shift[hash] = distance;
    }
    next[index] = first[hash] as number;
    first[hash] = index;
  }
  return {text, starts, shift, first, next, windowStart, blockBefore};
}

/**
 * Moves both cursors on until one is through. Where to step next is known only when the table has answered; while one answer
 * is on its way, the other can be used, which takes a third off the time.
 */
function stepTogether(tables: Tables, range: Range, one: Cursor, other: Cursor): void {
  const {shift} = tables;
  const {view} = range;
  let p = one.at;
  let q = other.at;
  while (p < one.until && q < other.until) {
    const stepP = shift[hashOf(view.getInt32(p - 3, true))] as number;
    const stepQ = shift[hashOf(view.getInt32(q - 3, true))] as number;
    if (stepP === 0) compare(tables, range, p, one.hits);
    p += stepP || 1;
    if (stepQ === 0) compare(tables, range, q, other.hits);
    q += stepQ || 1;
  }
  one.at = p;
  other.at = q;
}

function step(tables: Tables, range: Range, cursor: Cursor): void {
  const {shift} = tables;
  const {view} = range;
  let p = cursor.at;
  while (p < cursor.until) {
    const step = shift[hashOf(view.getInt32(p - 3, true))] as number;
    if (step === 0) compare(tables, range, p, cursor.hits);
    p += step || 1;
  }
  cursor.at = p;
}

/** Looks which literals stand where a window may end with the byte at `last`. */
function compare(tables: Tables, {bytes, view, start, end}: Range, last: number, hits: Hits): void {
  const {text, starts, first, next, windowStart, blockBefore} = tables;
  const before = view.getInt32(last - blockLength - 3, true);
  for (let index = first[hashOf(view.getInt32(last - 3, true))] as number; index >= 0; index = next[index] as number) {
    if (blockBefore[index] !== before) continue;
    const begin = starts[index] as number;
    const length = (starts[index + 1] as number) - begin - 1;
    const from = last - windowLength + 1 - (windowStart[index] as number);
    if (from < start || from + length > end) continue;
    let k = 0;
    while (k < length && bytes[from + k] === text[begin + k]) k++;
    if (k === length) hits.add(last, index);
  }
}

function hashOf(block: number): number {
  return Math.imul(block, golden) >>> hashShift;
}

function hashAt(bytes: Uint8Array, last: number): number {
  return hashOf(blockAt(bytes, last));
}

/** The four bytes up to `last`, the first of them the lowest, as the scan reads them. */
function blockAt(bytes: Uint8Array, last: number): number {
  return (
    (bytes[last - 3] as number) |
    ((bytes[last - 2] as number) << 8) |
    ((bytes[last - 1] as number) << 16) |
    ((bytes[last] as number) << 24)
  );
}

/** Roughly how often a byte occurs in logs, in parts of a thousand, measured over our samples. */
export function commonness(byte: number | undefined): number {
  return commonnessTable[byte ?? 0] ?? 3;
}

const commonnessTable = countCommonness();

function countCommonness(): Uint8Array {
  const table = new Uint8Array(256).fill(3);
  const set = (letters: string, value: number): void => {
    for (let at = 0; at < letters.length; at++) table[letters.charCodeAt(at)] = value;
  };
  set('ABCDEFGHIJKLMNOPQRSTUVWXYZ-/=_', 6);
  set('bfghjklpquvwxyz23456789:', 16);
  set('aorn1c[].', 38);
  set('etsdmi0', 50);
  set(' ', 130);
  return table;
}
