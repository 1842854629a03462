import type {SourceFile} from '../model/byte-source.js';
import type {Entry, Recent} from '../model/entry.js';
import {InputError} from '../model/errors.js';
import type {Source} from '../model/report.js';
import type {Scanner, ScannerPlan} from '../model/scanner.js';
import {detectLayout, type Layout, looksBinary} from './detect.js';
import type {FoundLines} from './found-lines.js';
import {isJournalFile} from './journal-file/index.js';
import {createJournalReader, type JournalReader} from './journal-reader.js';
import {type Nature, natureOf} from './nature.js';
import type {Positions} from './positions.js';
import {pstoreReader} from './pstore-reader.js';
import {everyLineReader, type Reader, scanningReader} from './readers.js';
import {residueIn} from './residue.js';
import {isStampedCapture} from './unwrap.js';

/** Takes entries in the order of the source. */
export interface EntrySink {
  /** `literals`: what the scanner found in the entry's line; null when it has to be asked about the message. */
  entry(entry: Entry, literals: readonly number[] | null): void;
  wantsEveryLine(): boolean;
  /** A literal has nothing more to tell of this boot. */
  isSettled(literal: number): boolean;
}

export interface IntakeOptions {
  readonly scanner: Scanner;
  readonly sink: EntrySink;
  /** For error messages. */
  readonly name: string;
  /** Overrules detection. */
  readonly layout?: Layout;
  /** Cut every line, as a live stream needs it, instead of those of interest. */
  readonly everyLine?: boolean;
  /** Deliver every entry of a journal file, instead of those of interest. */
  readonly everyEntry?: boolean;
}

export interface Intake {
  /** `ahead`: what another thread found in the chunk; as of LineCutter. */
  push(chunk: Uint8Array, ahead?: FoundLines | null): void;
  /** Reads the files of a journal, instead of what is pushed. */
  readJournal(files: readonly SourceFile[]): Promise<void>;
  end(): Promise<void>;
  /** Begins with what is there, where that is enough to go by: of a stream that pauses, no more may come for long. */
  settle(): void;
  /** Every entry is delivered, and lines of the source are not what a reader wants to see. */
  readonly isStructured: boolean;
  /** What the text is, by its first lines. */
  readonly nature: Nature;
  /** Entries before the present one, newest first. */
  readonly recent: Recent;
  /** The number of the last entry: a line, or its position. */
  readonly last: number;
  /** What is looked for in the bytes; null where every line is read, or its form is not known yet. */
  readonly scannedFor: ScannerPlan | null;
  /** Where the numbers of entries are positions; null where they are lines. */
  readonly positions: Positions | null;
  /** What was read, for the report. */
  facts(): Pick<Source, 'formats' | 'lines' | 'bytes' | 'truncated'> & {readonly notices: readonly string[]};
}

const newline = 10;
/** Enough bytes to tell the form of a source. */
const sampleLength = 1 << 16;

const quotesOnly = 'this is the history of a repository, or a patch: messages that it quotes are not taken for a log';

/** Bytes → entries. Throws InputError for bytes that are no text. */
export function createIntake({scanner, sink, name, layout, everyLine, everyEntry}: IntakeOptions): Intake {
  let waiting: Uint8Array[] | null = [];
  let waitingLength = 0;
  let bytes = 0;
  let reader: Reader | null = null;
  let isStructured = false;
  let nature: Nature = 'log';
  const formats = new Map<string, number>();
  const counting: EntrySink = {
    entry(entry, literals) {
      formats.set(entry.format, (formats.get(entry.format) ?? 0) + 1);
      sink.entry(entry, literals);
    },
    wantsEveryLine: () => sink.wantsEveryLine(),
    isSettled: literal => sink.isSettled(literal),
  };

  const journalOptions = {
    name,
    scanner,
    sink: counting,
    everyEntry: everyEntry === true || everyLine === true,
  };

  function begin(): Reader {
    const sample = Buffer.concat(waiting ?? []).subarray(0, sampleLength);
    if (isJournalFile(sample)) {
      isStructured = true;
      reader = asReader(createJournalReader(journalOptions));
    } else if (looksBinary(sample)) throw new InputError(`${name}: this is no log text (binary data)`);
    reader ??= textReader(sample.toString('latin1'));
    for (const chunk of waiting ?? []) reader.cutter.push(chunk);
    waiting = null;
    return reader;
  }

  function textReader(sample: string): Reader {
    const detected = layout ?? detectLayout(sample);
    const isText = detected === 'text' || detected === 'pstore';
    isStructured = !isText;
    if (isText) nature = natureOf(sample);
    const isScanned = isText && everyLine !== true;
    const options = {
      scanner,
      sink: counting,
      isAskedFor: layout !== undefined,
      context: {isStamped: isStampedCapture(sample), isDocument: nature === 'document'},
      residue: residueIn(sample),
    };
    const read = isScanned ? scanningReader(options) : everyLineReader(detected, options);
    return detected === 'pstore' ? pstoreReader(read) : read;
  }

  return {
    push(chunk, ahead = null) {
      bytes += chunk.byteLength;
      if (reader !== null) return reader.cutter.push(chunk, ahead);
      waiting?.push(chunk);
      waitingLength += chunk.byteLength;
      if (waitingLength >= sampleLength) begin();
    },
    async readJournal(files) {
      isStructured = true;
      const journal = createJournalReader(journalOptions);
      reader = asReader(journal);
      await journal.read(files);
      bytes = journal.bytes;
    },
    async end() {
      await (reader ?? begin()).end();
    },
    settle() {
      if (reader !== null) return;
      const sample = Buffer.concat(waiting ?? []);
      if (sample.includes(newline) && !looksBinary(sample)) begin();
    },
    get isStructured() {
      return isStructured;
    },
    get nature() {
      return nature;
    },
    recent: (...looked) => reader?.recent(...looked),
    get last() {
      return reader?.last ?? reader?.cutter.lines ?? 0;
    },
    get scannedFor() {
      return reader?.isScanning === true ? scanner.plan : null;
    },
    get positions() {
      return reader?.positions ?? null;
    },
    facts: () => ({
      formats: [...(reader?.form === undefined ? [] : [reader.form]), ...shown(formats)],
      lines: reader?.cutter.lines ?? 0,
      bytes,
      truncated: reader?.cutter.cut ?? false,
      notices: [...(reader?.notices?.() ?? []), ...(nature === 'history' ? [quotesOnly] : [])],
    }),
  };
}

/** Formats by how many entries they gave; the odd line that merely looks like one is left out. */
function shown(formats: ReadonlyMap<string, number>): string[] {
  const total = [...formats.values()].reduce((sum, count) => sum + count, 0);
  return [...formats]
    .filter(([format, count]) => count > total / 100 && (format !== 'plain' || count > total / 2))
    .sort((a, b) => b[1] - a[1])
    .map(([format]) => format);
}

function asReader(journal: JournalReader): Reader {
  return {cutter: journal, recent: journal.recent, end: () => journal.end(), notices: () => journal.notices()};
}
