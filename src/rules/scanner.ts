import type {Scanner} from '../model/scanner.js';

/** The window that is looked for; literals must be as long. A longer one steps further, but admits fewer literals. */
export const shortestLiteral = 10;

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
  literals.forEach((literal, index) => {
    const start = windows[index] ?? guessWindow(literal);
    windowStart[index] = start;
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
  const scan: Scanner['scan'] = (bytes, start, end, found) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let p = start + windowLength - 1; p < end; ) {
      // One load of four bytes; four loads of one take a quarter longer.
      const hash = Math.imul(view.getInt32(p - 3, true), golden) >>> hashShift;
      const step = shift[hash] as number;
      if (step !== 0) {
        p += step;
        continue;
      }
      for (let index = first[hash] as number; index >= 0; index = next[index] as number) {
        const literal = literals[index] as Uint8Array;
        const from = p - windowLength + 1 - (windowStart[index] as number);
        if (from < start || from + literal.length > end) continue;
        let k = 0;
        while (k < literal.length && bytes[from + k] === literal[k]) k++;
        if (k === literal.length) found(p, index);
      }
      p++;
    }
  };
  return {scan};
}

function hashAt(bytes: Uint8Array, last: number): number {
  const block =
    (bytes[last - 3] as number) |
    ((bytes[last - 2] as number) << 8) |
    ((bytes[last - 1] as number) << 16) |
    ((bytes[last] as number) << 24);
  return Math.imul(block, golden) >>> hashShift;
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
