import {Hits, type Scanner} from '../model/scanner.js';
import {longestLine} from './line-lengths.js';
import {createUnveil} from './unveil.js';

const newline = 10;

/** The lines of a region of bytes in which the scanner finds literals. Nothing but numbers: another thread may find them. */
export interface FoundLines {
  readonly count: number;
  /** Of each found line, in order: how many lines of the region stand before it. */
  readonly before: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Where its first hit stands; its last one is before that of the next line. */
  readonly firstHits: Int32Array;
  readonly hits: {readonly length: number; readonly offsets: Int32Array; readonly literals: Int32Array};
  /** Of the whole region. */
  readonly lines: number;
  /** One of them is longer than what is kept. */
  readonly isCut: boolean;
}

/** Looks at whole lines, from the line end at `from` on. What it returns is good until it is called again. */
export type LineFinder = (bytes: Buffer, from: number) => FoundLines;

/** `residue`: what hides literals in this log, besides ESC; see residue.ts. */
export function createLineFinder(scanner: Scanner, residue: () => readonly string[]): LineFinder {
  const hits = new Hits();
  const unveil = createUnveil(scanner, residue);
  let room = roomFor(1 << 10);
  return (bytes, from) => {
    hits.length = 0;
    scanner.scan(bytes, from, bytes.length, hits);
    unveil(bytes, from, hits);
    if (hits.length > room.starts.length) room = roomFor(hits.length * 2);
    const {before, starts, ends, firstHits} = room;
    let count = 0;
    let number = 0;
    let at = from + 1;
    for (let hit = 0; hit < hits.length; hit++) {
      const offset = hits.offsets[hit] as number;
      if (count > 0 && offset < (ends[count - 1] as number)) continue;
      const start = lineStart(bytes, offset, at);
      number += countEnds(bytes, at, start);
      before[count] = number;
      starts[count] = start;
      at = ends[count] = lineEnd(bytes, start);
      firstHits[count] = hit;
      count++;
    }
    const isOpen = bytes.length > from + 1 && bytes[bytes.length - 1] !== newline;
    return {
      before,
      starts,
      ends,
      firstHits,
      count,
      hits: {length: hits.length, offsets: hits.offsets, literals: hits.literals},
      lines: number + countEnds(bytes, at, bytes.length) + (isOpen ? 1 : 0),
      isCut: bytes.length > longestLine && hasLongLine(bytes, from),
    };
  };
}

function roomFor(lines: number): Pick<FoundLines, 'before' | 'starts' | 'ends' | 'firstHits'> {
  return {
    before: new Int32Array(lines),
    starts: new Int32Array(lines),
    ends: new Int32Array(lines),
    firstHits: new Int32Array(lines),
  };
}

/** How many lines end from `from` on and before `to`. */
export function countEnds(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let end = bytes.indexOf(newline, from); end >= 0 && end < to; end = bytes.indexOf(newline, end + 1)) count++;
  return count;
}

function hasLongLine(bytes: Buffer, from: number): boolean {
  for (let start = from + 1; start < bytes.length; ) {
    const end = lineEnd(bytes, start);
    if (end - start > longestLine) return true;
    start = end + 1;
  }
  return false;
}

function lineStart(bytes: Buffer, offset: number, floor: number): number {
  const before = bytes.lastIndexOf(newline, offset);
  return before < floor ? floor : before + 1;
}

/** Where the line ends that goes on at `from`; the last one may end without a line end. */
export function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(newline, from);
  return end < 0 ? bytes.length : end;
}
