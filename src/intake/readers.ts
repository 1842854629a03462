import type {Entry, RawLine, Recent} from '../model/entry.js';
import type {Scanner} from '../model/scanner.js';
import type {BlockLayout, Layout} from './detect.js';
import {createBlockParser} from './formats/index.js';
import type {EntrySink} from './intake.js';
import {createKeptEntries} from './kept-entries.js';
import {createLineCutter, createScanningCutter, type LineCutter, type LookBack} from './lines.js';
import {type LineContext, parseTextLine} from './parse-line.js';
import {createPositionList, type Positions} from './positions.js';
import {residueIn} from './residue.js';
import {createTextParser, type TextParserOptions} from './text-parser.js';

/** One way of getting from bytes to entries. */
export interface Reader {
  readonly cutter: LineCutter;
  readonly recent: Recent;
  end(): Promise<void>;
  notices?(): string[];
  /** The bytes are scanned as they are, and only lines of interest are cut out of them. */
  readonly isScanning?: boolean;
  /** Where entries are not the lines of the source, and their number. */
  readonly positions?: Positions | undefined;
  readonly last?: number;
  /** What is to be named among the forms, although no entry has it. */
  readonly form?: string;
}

export interface ReaderOptions {
  readonly scanner: Scanner;
  readonly sink: EntrySink;
  /** The form was asked for, not detected: no other is looked for. */
  readonly isAskedFor: boolean;
  readonly context: LineContext;
  /** What hides literals in the log's first lines; see residue.ts. */
  readonly residue: readonly string[];
}

/** Text, of which only the lines of interest are cut out. */
export function scanningReader({scanner, sink, isAskedFor, context, residue: seen}: ReaderOptions): Reader {
  let residue = seen;
  let current: RawLine = {number: 0, text: '', literals: null, cut: false};
  /** All of the current line was seen by the scan, and so nothing is in it that hides literals. */
  let isSeenWhole = false;
  const leftOut = countLeftOut();
  const parser = createTextParser({
    emit(entry, isSeen) {
      isSeenWhole = isSeen;
      sink.entry(entry, isSeen ? current.literals : null);
    },
    lookBack: (...looked) => cutter.lookBack(...looked),
    leftOut: leftOut.count,
    isTextAlone: isAskedFor,
    context,
  });
  const cutter = createScanningCutter(scanner, {
    line(raw) {
      current = raw;
      isSeenWhole = false;
      parser.line(raw);
      if (isSeenWhole) return;
      // Where a log changes its form, what follows is looked at more closely.
      const more = residueIn(raw.text).filter(needle => !residue.includes(needle));
      if (more.length > 0) residue = [...residue, ...more];
    },
    residue: () => residue,
    wantsEveryLine: () => parser.wantsEveryLine || sink.wantsEveryLine(),
    isSettled: literal => sink.isSettled(literal),
  });
  const end = async (): Promise<void> => {
    await cutter.end();
    parser.end();
  };
  return {
    cutter,
    recent: parser.recent,
    end,
    notices: leftOut.notices,
    get isScanning() {
      // What other residue there is only this reader knows.
      return residue.length === 0;
    },
  };
}

/** Every line of a source. */
export function everyLineReader(layout: Layout, {sink, isAskedFor, context}: ReaderOptions): Reader {
  const kept = createKeptEntries();
  const leftOut = countLeftOut();
  const positions = isText(layout) ? null : createPositionList(() => cutter.lines);
  const emit = (entry: Entry): void => {
    const placed = positions === null ? entry : {...entry, line: positions.add(entry.line)};
    sink.entry(placed, null);
    kept.keep(placed);
  };
  const parser = isText(layout)
    ? everyLineParser({emit, leftOut: leftOut.count, isTextAlone: isAskedFor, context})
    : blockParser(layout, emit, leftOut.count);
  const cutter = createLineCutter({line: raw => parser.line(raw)});
  const end = async (): Promise<void> => {
    await cutter.end();
    parser.end();
  };
  const recent: Recent = (after, visit, matters) => void kept.show(after, visit, matters);
  const reader = {cutter, recent, end, notices: leftOut.notices};
  if (positions === null) return reader;
  return {
    ...reader,
    positions,
    get last() {
      return positions.count;
    },
  };
}

function isText(layout: Layout): layout is 'text' | 'pstore' {
  return layout === 'text' || layout === 'pstore';
}

interface LineParser {
  line(raw: RawLine): void;
  end(): void;
}

function blockParser(layout: BlockLayout, emit: (entry: Entry) => void, leftOut: () => void): LineParser {
  const parser = createBlockParser(layout, {
    entry: emit,
    other: (line, number) => parseTextLine(line, number, emit),
    leftOut,
  });
  return {line: ({text, number}) => parser.line(text, number), end: () => parser.end()};
}

/** As far as a line is looked for of which the present one is a part. */
const keptLines = 256;

function everyLineParser(options: Omit<TextParserOptions, 'lookBack'>): LineParser {
  const lines: RawLine[] = [];
  let count = 0;
  const lookBack: LookBack['lookBack'] = (after, visit) => {
    for (let at = count - 1; at >= 0 && at >= count - keptLines; at--) {
      const line = lines[at % keptLines] as RawLine;
      if (line.number <= after || !visit(line)) return;
    }
  };
  const parser = createTextParser({...options, lookBack});
  return {
    line(raw) {
      parser.line(raw);
      lines[count++ % keptLines] = raw;
    },
    end: () => parser.end(),
  };
}

function countLeftOut() {
  let entries = 0;
  return {
    count: (): void => {
      entries++;
    },
    notices(): string[] {
      if (entries === 0) return [];
      const what = entries === 1 ? 'the words of 1 entry' : `the words of ${entries} entries`;
      return [`journalctl left out ${what}: give it the option -a`];
    },
  };
}
