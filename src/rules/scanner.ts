import type {Scanner} from '../model/scanner.js';

/** Literals shorter than this are refused: the shorter the shortest one, the smaller the steps of the scan. */
export const shortestLiteral = 6;

const blockLength = 3;
const tableSize = 1 << 16;
/** Longer windows step further, but every literal must be at least as long as the window. */
const longestWindow = 9;

/**
 * A scanner for many literals at once over raw bytes, after Wu and Manber: it looks at a hashed block of three bytes, and
 * from a table knows how far it can step until a literal could end. Every literal is looked for by the window of it that
 * logs contain least.
 */
export function createScanner(literals: readonly string[]): Scanner {
  const long = createWindowScanner(literals, longestWindow, literal => literal.length >= longestWindow);
  const short = createWindowScanner(literals, shortestLiteral, literal => literal.length < longestWindow);
  if (short === null) return {scan: (bytes, start, end, found) => long?.(bytes, start, end, found)};
  return {
    scan(bytes, start, end, found) {
      const hits: [offset: number, literal: number][] = [];
      const keep = (offset: number, literal: number): void => void hits.push([offset, literal]);
      long?.(bytes, start, end, keep);
      short(bytes, start, end, keep);
      hits.sort((a, b) => a[0] - b[0]);
      for (const [offset, literal] of hits) found(offset, literal);
    },
  };
}

type Scan = (bytes: Uint8Array, start: number, end: number, found: (offset: number, literal: number) => void) => void;

function createWindowScanner(texts: readonly string[], windowLength: number, admits: (literal: string) => boolean): Scan | null {
  if (!texts.some(admits)) return null;
  const encoder = new TextEncoder();
  const literals: Uint8Array[] = [];
  const numbers: number[] = [];
  texts.forEach((text, number) => {
    if (!admits(text)) return;
    literals.push(encoder.encode(text));
    numbers.push(number);
  });
  const farthest = windowLength - blockLength + 1;
  const shift = new Uint8Array(tableSize).fill(farthest);
  const first = new Int16Array(tableSize).fill(-1);
  const next = new Int16Array(literals.length).fill(-1);
  const windowStart = new Int16Array(literals.length);
  literals.forEach((literal, index) => {
    const start = rarestWindow(literal, windowLength);
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
  return (bytes, start, end, found) => {
    for (let p = start + windowLength - 1; p < end; ) {
      const hash = (((bytes[p - 2] as number) * 0x9e5) ^ ((bytes[p - 1] as number) * 0x3b) ^ (bytes[p] as number)) & 0xffff;
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
        if (k === literal.length) found(p, numbers[index] as number);
      }
      p++;
    }
  };
}

function hashAt(bytes: Uint8Array, last: number): number {
  return (((bytes[last - 2] as number) * 0x9e5) ^ ((bytes[last - 1] as number) * 0x3b) ^ (bytes[last] as number)) & 0xffff;
}

/** Where in the literal the window starts whose blocks are rarest; late blocks count more, as they are looked at most. */
function rarestWindow(literal: Uint8Array, windowLength: number): number {
  let best = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let start = 0; start + windowLength <= literal.length; start++) {
    let cost = 0;
    for (let block = 0; block + blockLength <= windowLength; block++) {
      const at = start + block;
      cost += commonness(literal[at]) * commonness(literal[at + 1]) * commonness(literal[at + 2]) * (block + 1);
    }
    if (cost < lowest) [lowest, best] = [cost, start];
  }
  return best;
}

/** Roughly how often a byte occurs in logs, in parts of a thousand, measured over our samples. */
function commonness(byte: number | undefined): number {
  const letter = String.fromCharCode(byte ?? 0);
  if (letter === ' ') return 130;
  if ('etsdmi0'.includes(letter)) return 50;
  if ('aorn1c[].'.includes(letter)) return 38;
  if (/[a-z2-9:]/.test(letter)) return 16;
  if (/[A-Z\-\/=_]/.test(letter)) return 6;
  return 3;
}
