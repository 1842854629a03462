import split2 from 'split2';
import type {RawLine, Visit} from '../model/entry.js';
import {Hits, type Scanner} from '../model/scanner.js';
import {countEnds, createLineFinder, type FoundLines, lineEnd} from './found-lines.js';
import {longestLine, wholeUpTo} from './line-lengths.js';

/** Takes the lines of a source as they are cut. */
export interface LineSink {
  line(raw: RawLine): void;
  /** True while the lines that follow are wanted although no literal stands in them (a kernel report is open). */
  wantsEveryLine(): boolean;
  /** A literal has nothing more to tell: a line with no other is passed over. */
  isSettled(literal: number): boolean;
  /** What hides literals in this log begins with these, besides ESC; they only become more. */
  residue?(): readonly string[];
}

/** Bytes in, lines out. Both ways of cutting number lines alike. */
export interface LineCutter {
  /** `ahead`: what another thread found in the lines after the chunk's first line end and up to its last. */
  push(chunk: Uint8Array, ahead?: FoundLines | null): void;
  end(): Promise<void>;
  readonly lines: number;
  /** Some line was longer than what is kept. */
  readonly cut: boolean;
}

export interface LookBack {
  /**
   * Shows the lines before the one being delivered that matter, newest first, as far back as is kept and after the line
   * `after`, until `visit` returns false. `mayMatter`: of many lines at once.
   */
  lookBack(
    after: number,
    visit: Visit<RawLine>,
    matters?: (raw: string) => boolean,
    mayMatter?: (lines: string) => boolean,
  ): void;
}

const keptAround = 512;
const keptForRecent = 1 << 20;
/** Looking back decodes so many bytes at once: one by one, lines cost more to decode than to look at. */
const decodedAtOnce = 1 << 12;
const newline = 10;
const lineEndBefore = Buffer.of(newline);

interface Region {
  readonly bytes: Buffer;
  /** Number of the first line in it. */
  readonly firstLine: number;
}

/** The literals of one line among those that the scan found. */
interface LiteralsOfLine {
  readonly hits: FoundLines['hits'];
  readonly first: number;
  readonly last: number;
}

const none: LiteralsOfLine = {hits: new Hits(), first: 0, last: 0};

/**
 * Cuts out only the lines in which the scanner finds a literal, and counts the others. The scan runs over whole chunks of
 * bytes before anything is decoded, which makes it faster than cutting lines (`npm run bench`).
 */
export function createScanningCutter(scanner: Scanner, sink: LineSink): LineCutter & LookBack {
  let carry: Buffer = Buffer.alloc(0);
  let lines = 0;
  let cut = false;
  /** Bytes of the present line that were given up because it is too long. */
  let overlong = false;
  let tail: Buffer = Buffer.alloc(0);
  let regions: Region[] = [];
  let at = {region: 0, offset: 0, number: 0};
  const residue = (): readonly string[] => sink.residue?.() ?? [];
  const find = createLineFinder(scanner, residue);

  /** Whether a found line has a literal that is of interest still. */
  function isWanted(found: FoundLines, line: number): boolean {
    const {hits} = found;
    const last = hitsEnd(found, line);
    for (let hit = found.firstHits[line] as number; hit < last; hit++)
      if (!sink.isSettled(hits.literals[hit] as number)) return true;
    return false;
  }

  /** Delivers the lines of interest in a region of whole lines. Its first byte is the end of the line before. */
  function read(bytes: Buffer, ahead: FoundLines | null = null): void {
    regions.push({bytes, firstLine: lines + 1});
    forgetOld();
    let lookedFor = residue().length;
    let found = ahead === null || lookedFor > 0 ? find(bytes, 0) : ahead;
    cut ||= found.isCut;
    let before = lines;
    let line = 0;
    for (let start = 1; start < bytes.length; ) {
      let from = start;
      while (line < found.count && (found.starts[line] as number) < start) line++;
      if (!sink.wantsEveryLine()) {
        while (line < found.count && !isWanted(found, line)) line++;
        if (line === found.count) break;
        from = found.starts[line] as number;
        lines = before + (found.before[line] as number);
      }
      const isFound = line < found.count && found.starts[line] === from;
      const end = isFound ? (found.ends[line] as number) : lineEnd(bytes, from);
      lines++;
      if (isFound) deliver(bytes, from, end, literalsOf(found, line));
      else deliver(bytes, from, end, none);
      start = end + 1;
      if (residue().length === lookedFor) continue;
      lookedFor = residue().length;
      found = find(bytes, Math.min(end, bytes.length - 1));
      before = lines;
      line = 0;
    }
    lines = before + found.lines;
  }

  function deliver(bytes: Buffer, from: number, end: number, {hits, first, last}: LiteralsOfLine): void {
    at = {region: regions.length - 1, offset: from, number: lines};
    const found = new Array<number>(last - first);
    for (let hit = first; hit < last; hit++) found[hit - first] = hits.literals[hit] as number;
    if (end - from <= wholeUpTo) {
      sink.line({number: lines, text: bytes.toString('latin1', from, end), literals: found, cut: false});
      return;
    }
    cut ||= end - from > longestLine;
    let shown = from;
    for (let hit = first; hit < last; hit++) {
      const offset = hits.offsets[hit] as number;
      if (offset < shown) continue;
      const begin = Math.max(from, offset - keptAround);
      shown = Math.min(end, offset + keptAround);
      sink.line({number: lines, text: bytes.toString('latin1', begin, shown), literals: null, cut: true});
    }
  }

  function forgetOld(): void {
    let kept = 0;
    let first = regions.length;
    while (first > 0 && kept < keptForRecent) kept += (regions[--first] as Region).bytes.length;
    if (first > 0) regions = regions.slice(first);
  }

  /** What is left of a line that is too long is searched and given up, but for its end: a literal may go on behind it. */
  function giveUp(bytes: Buffer): void {
    cut = true;
    const joined = tail.length === 0 ? bytes : Buffer.concat([tail, bytes]);
    const hits = new Hits();
    scanner.scan(joined, 0, joined.length, hits);
    // What lies in the tail alone was found before.
    let first = 0;
    while (first < hits.length && (hits.offsets[first] as number) < tail.length) first++;
    lines++;
    deliver(joined, 0, joined.length, {hits, first, last: hits.length});
    lines--;
    tail = Buffer.from(joined.subarray(-keptAround));
  }

  return {
    push(chunk, foundAhead = null) {
      let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let ahead = foundAhead;
      if (overlong) {
        const end = bytes.indexOf(newline);
        giveUp(end < 0 ? bytes : bytes.subarray(0, end));
        if (end < 0) return;
        lines++;
        overlong = false;
        tail = Buffer.alloc(0);
        bytes = bytes.subarray(end + 1);
        ahead = null;
      }
      const end = bytes.lastIndexOf(newline) + 1;
      if (end === 0) carry = carry.length === 0 ? bytes : Buffer.concat([carry, bytes]);
      else {
        // Only the line that two chunks share is copied.
        const first = bytes.indexOf(newline) + 1;
        read(Buffer.concat([lineEndBefore, carry, bytes.subarray(0, first)]));
        if (end > first) read(bytes.subarray(first - 1, end), ahead);
        carry = Buffer.from(bytes.subarray(end));
      }
      if (carry.length > longestLine) {
        // Its beginning is shown, whatever stands in it.
        sink.line({number: lines + 1, text: carry.toString('latin1', 0, keptAround), literals: null, cut: true});
        giveUp(carry);
        overlong = true;
        carry = Buffer.alloc(0);
      }
    },
    async end() {
      if (carry.length > 0) read(Buffer.concat([lineEndBefore, carry]));
      else if (overlong) lines++;
      carry = Buffer.alloc(0);
      const last = regions.at(-1)?.bytes;
      // One past the last line end, also where the capture ends without one.
      const offset = last === undefined ? 0 : last.length + (last[last.length - 1] === newline ? 0 : 1);
      at = {region: regions.length - 1, offset, number: lines + 1};
    },
    lookBack(after, visit, matters, mayMatter) {
      let {region, offset, number} = at;
      while (region >= 0) {
        const {bytes} = regions[region] as Region;
        while (offset > 1) {
          const first = firstLineWithin(bytes, offset);
          const decoded = bytes.toString('latin1', first, offset - 1);
          let end = decoded.length;
          if (mayMatter?.(decoded) === false) {
            number -= countEnds(bytes, first, offset);
            if (number <= after) return;
            end = -1;
          }
          while (end >= 0) {
            const begin = end === 0 ? 0 : decoded.lastIndexOf('\n', end - 1) + 1;
            if (--number <= after) return;
            if (end - begin <= wholeUpTo && (matters === undefined || matters(decoded.slice(begin, end)))) {
              // Decoded anew: a part of the long string would keep all of it in memory.
              const text = bytes.toString('latin1', first + begin, first + end);
              if (!visit({number, text, literals: null, cut: false})) return;
            }
            end = begin - 1;
          }
          offset = first;
        }
        region--;
        offset = regions[region]?.bytes.length ?? 0;
      }
    },
    get lines() {
      return lines;
    },
    get cut() {
      return cut;
    },
  };
}

/** Where the first whole line begins of those that end before `end` and are decoded at once; at least one is. */
function firstLineWithin(bytes: Buffer, end: number): number {
  const from = end - decodedAtOnce;
  if (from <= 1) return 1;
  const first = bytes.indexOf(newline, from) + 1;
  return first < end ? first : bytes.lastIndexOf(newline, end - 2) + 1;
}

function literalsOf(found: FoundLines, line: number): LiteralsOfLine {
  return {hits: found.hits, first: found.firstHits[line] as number, last: hitsEnd(found, line)};
}

function hitsEnd({count, firstHits, hits}: FoundLines, line: number): number {
  return line + 1 < count ? (firstHits[line + 1] as number) : hits.length;
}

/** Cuts every line with split2: for structured forms and wherever each line is needed. */
export function createLineCutter(sink: Pick<LineSink, 'line'>): LineCutter {
  let lines = 0;
  let cut = false;
  let length = 0;
  const splitter = split2(
    '\n',
    (text: string) => {
      lines++;
      sink.line({number: lines, text, literals: null, cut: false});
      return undefined;
    },
    {decodeStrings: false},
  );
  splitter.resume();
  return {
    push(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const first = bytes.indexOf(newline);
      if (first < 0 && length + bytes.length > longestLine * 16) {
        cut = true;
        return;
      }
      length = first < 0 ? length + bytes.length : bytes.length - bytes.lastIndexOf(newline) - 1;
      splitter.write(bytes.toString('latin1'), 'latin1');
    },
    end: () => new Promise((resolve, reject) => splitter.once('error', reject).end(resolve)),
    get lines() {
      return lines;
    },
    get cut() {
      return cut;
    },
  };
}
