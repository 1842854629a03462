import type {Scanner} from '../model/scanner.js';

/** The window that is looked for; literals must be as long. A longer one steps further, but admits fewer literals. */
export const shortestLiteral = 10;

/** Blocks of four bytes: of three, so many are common to logs and literals that the scan hardly ever steps far. */
const blockLength = 4;
const tableSize = 1 << 17;
const hashShift = 32 - 17;
/** 2^32 divided by the golden ratio: multiplying by it spreads the bits (Knuth). */
const golden = 0x9e3779b1;

type Found = Parameters<Scanner['scan']>[3];
interface Range {
  readonly start: number;
  readonly end: number;
}

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
  const windowLength = shortestLiteral;
  const encoder = new TextEncoder();
  const literals = texts.map(text => encoder.encode(text));
  const short = texts.find((_text, index) => (literals[index] as Uint8Array).length < windowLength);
  if (short !== undefined) throw new RangeError(`literal too short: ${short}`);
  const farthest = windowLength - blockLength + 1;
  const shift = new Uint8Array(tableSize).fill(farthest);
  const first = new Int16Array(tableSize).fill(-1);
  const next = new Int16Array(literals.length).fill(-1);
  const windowStart = new Int16Array(literals.length);
  /** The four bytes before a window's last block: they tell nearly always that a block is not the end of that window. */
  const blockBefore = new Int32Array(literals.length);
  literals.forEach((literal, index) => {
    const start = windows[index] ?? guessWindow(literal);
    windowStart[index] = start;
    blockBefore[index] = blockAt(literal, start + windowLength - blockLength - 1);
    for (let block = 0; block + blockLength <= windowLength; block++) {
      const hash = hashAt(literal, start + block + blockLength - 1);
      const distance = windowLength - blockLength - block;
      if (distance < (shift[hash] as number)) shift[hash] = distance;
      if (distance === 0) {
        next[index] = first[hash] as number;
        first[hash] = index;
      }
    }
  });
  const stepAt = (view: DataView, last: number): number =>
    shift[Math.imul(view.getInt32(last - 3, true), golden) >>> hashShift] as number;

  /** Looks for the literals whose window may end at `last`. */
  function compare(bytes: Uint8Array, view: DataView, last: number, range: Range, found: Found): void {
    const hash = Math.imul(view.getInt32(last - 3, true), golden) >>> hashShift;
    const before = view.getInt32(last - blockLength - 3, true);
    for (let index = first[hash] as number; index >= 0; index = next[index] as number) {
      if (blockBefore[index] !== before) continue;
      const literal = literals[index] as Uint8Array;
      const from = last - windowLength + 1 - (windowStart[index] as number);
      if (from < range.start || from + literal.length > range.end) continue;
      let k = 0;
      while (k < literal.length && bytes[from + k] === literal[k]) k++;
      if (k === literal.length) found(last, index);
    }
  }

  const scan: Scanner['scan'] = (bytes, start, end, found) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const range = {start, end};
    const inSecondHalf: number[] = [];
    const keep: Found = (offset, literal) => void inSecondHalf.push(offset, literal);
    const lowest = start + windowLength - 1;
    const middle = Math.max(lowest, start + ((end - start) >> 1));
    let p = lowest;
    let q = middle;
    // Where to step next is known only when the table has answered. With two places in the bytes, one answer is on its
    // way while the other is used, which takes a third off the time.
    while (p < middle && q < end) {
      const step = stepAt(view, p);
      const other = stepAt(view, q);
      if (step === 0) compare(bytes, view, p, range, found);
      p += step || 1;
      if (other === 0) compare(bytes, view, q, range, keep);
      q += other || 1;
    }
    for (let step = 0; p < middle; p += step || 1) {
      step = stepAt(view, p);
      if (step === 0) compare(bytes, view, p, range, found);
    }
    for (let step = 0; q < end; q += step || 1) {
      step = stepAt(view, q);
      if (step === 0) compare(bytes, view, q, range, keep);
    }
    for (let hit = 0; hit < inSecondHalf.length; hit += 2)
      found(inSecondHalf[hit] as number, inSecondHalf[hit + 1] as number);
  };
  return {scan};
}

function hashAt(bytes: Uint8Array, last: number): number {
  return Math.imul(blockAt(bytes, last), golden) >>> hashShift;
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
