import type {SourceFile} from '../model/byte-source.js';
import type {Entry, Recent} from '../model/entry.js';
import {InputError} from '../model/errors.js';
import {Hits, type Scanner} from '../model/scanner.js';
import {stripControls} from './clean.js';
import {entryFields, entryFromFields} from './formats/journal-fields.js';
import {
  type ClosedJournal,
  type JournalEntry,
  type JournalFile,
  type JournalValue,
  mergeOpening,
  openJournalFile,
  readHeader,
} from './journal-file/index.js';
import {isGrave} from './kept-entries.js';

/** A journal file is read as a whole: its objects refer to one another. journald keeps one to 128 MiB by default. */
const largestFile = 1 << 30;
/** Entries kept so that one can look back. */
const keptEntries = 4096;
/** As much of a message as the scanner is asked about, and room for what parsing takes off its beginning. */
const longestScanned = (1 << 16) + 512;
const newline = 10;

/** Entries of binary journal files. */
export interface JournalReader {
  /** Bytes of a file that comes as a stream; it is read at `end`. */
  push(chunk: Uint8Array): void;
  /** Reads files as one journal. Throws InputError for one that cannot be read, is too large, or no journal. */
  read(files: readonly SourceFile[]): Promise<void>;
  end(): Promise<void>;
  readonly recent: Recent;
  /** Entries, read or passed over. */
  readonly lines: number;
  readonly bytes: number;
  /** Something in it is damaged, and was passed over. */
  readonly cut: boolean;
  notices(): string[];
}

export interface JournalReaderOptions {
  readonly name: string;
  readonly scanner: Scanner;
  readonly sink: {
    /** `literals`: what the scanner found in its message; null when it has to be asked. */
    entry(entry: Entry, literals: readonly number[] | null): void;
    wantsEveryLine(): boolean;
    isSettled(literal: number): boolean;
  };
  /** Deliver all entries, not only those of interest. */
  readonly everyEntry: boolean;
}

/** Which entries of a file are of interest: by offset the literals in their messages; null where that is not known. */
type Wanted = ReadonlyMap<number, readonly number[] | null>;

interface Closed extends ClosedJournal {
  readonly source: SourceFile;
}

/**
 * A journal file holds every distinct value once, with the entries that have it. So the scanner is asked once about each
 * distinct message, and only the entries of those in which it finds something are taken apart; which entries these are,
 * and what comes of them, is the same as if each were read.
 */
export function createJournalReader({name, scanner, sink, everyEntry}: JournalReaderOptions): JournalReader {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let bytes = 0;
  let number = 0;
  /** Files whose entries are over take memory no longer: nothing here may hold them. */
  const wantedOf = new WeakMap<JournalFile, Wanted>();
  const notices = new Map<string, () => readonly string[]>();
  const kept: JournalEntry[] = [];
  /** What was made of them, where it was. */
  const shown: (Entry | null)[] = [];

  async function open(source: Pick<SourceFile, 'name' | 'chunks'>): Promise<JournalFile> {
    const whole = await readWhole(source);
    bytes += whole.length;
    const file = await openJournalFile(whole, source.name);
    notices.set(source.name, file.notices);
    if (!everyEntry) wantedOf.set(file, findWanted(file, scanner));
    return file;
  }

  /** `number` is that of the entry among all of the journal. */
  function deliver(entry: JournalEntry, bootId: string): string {
    const place = number % keptEntries;
    kept[place] = entry;
    shown[place] = null;
    number++;
    const wanted = wantedOf.get(entry.file);
    const literals = wanted === undefined ? null : wanted.get(entry.offset);
    const isOfInterest =
      literals === null || (literals !== undefined && !literals.every(literal => sink.isSettled(literal)));
    if (isOfInterest || entry.bootId !== bootId || sink.wantsEveryLine()) {
      const made = toEntry(entry, number);
      shown[place] = made;
      sink.entry(made, literals ?? null);
    }
    return entry.bootId;
  }

  async function readAll(journals: readonly Closed[]): Promise<void> {
    let bootId = '';
    for (const next of mergeOpening(journals)) {
      if ('offset' in next) bootId = deliver(next, bootId);
      else next.file = await openOneOf(journals, (next as Closed).source);
    }
  }

  /** Of several files one that cannot be read is left out, and that is said. */
  async function openOneOf(journals: readonly Closed[], source: SourceFile): Promise<JournalFile | null> {
    try {
      return await open(source);
    } catch (error) {
      if (journals.length === 1 || !(error instanceof InputError)) throw error;
      notices.set(source.name, () => [error.message.replace(`${source.name}: `, '')]);
      return null;
    }
  }

  return {
    push(chunk) {
      length += chunk.byteLength;
      if (length > largestFile) throw tooLarge(name);
      chunks.push(chunk);
    },
    async read(files) {
      await readAll(await Promise.all(files.map(close)));
    },
    async end() {
      if (chunks.length === 0) return;
      const source = {
        name,
        async *chunks() {
          yield* chunks.splice(0);
        },
      };
      const file = await open(source);
      await readAll([{header: file.header, file, source}]);
    },
    recent(after, visit, matters) {
      for (let at = number - 1; at >= 0 && at >= number - keptEntries && at + 1 > after; at--) {
        const place = at % keptEntries;
        const made = shown[place] ?? toEntry(kept[place] as JournalEntry, at + 1);
        shown[place] = made;
        if ((isGrave(made) || matters?.(made.text) !== false) && !visit(made)) return;
      }
    },
    get lines() {
      return number;
    },
    get bytes() {
      return bytes;
    },
    get cut() {
      return [...notices.values()].some(list => list().length > 0);
    },
    notices: () =>
      [...notices].flatMap(([file, list]) => list().map(text => (notices.size > 1 ? `${file}: ${text}` : text))),
  };
}

/** A file of which the first bytes are known is opened when its entries are due. */
async function close(source: SourceFile): Promise<Closed> {
  const head = source.head ?? (await firstBytes(source));
  return {header: readHeader(head, source.name), file: null, source};
}

async function firstBytes(source: SourceFile): Promise<Uint8Array> {
  for await (const chunk of source.chunks()) return chunk;
  return new Uint8Array(0);
}

async function readWhole({name, chunks: read}: Pick<SourceFile, 'name' | 'chunks'>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of read()) {
    length += chunk.length;
    if (length > largestFile) throw tooLarge(name);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function tooLarge(name: string): InputError {
  return new InputError(`${name}: this journal file is larger than 1 GiB`, {
    hint: `journalctl --file ${name} | whyboot`,
  });
}

function toEntry(entry: JournalEntry, number: number): Entry {
  return entryFromFields(entry.fields(entryFields), number, 'journal-file');
}

/** The entries in whose message the scanner finds a literal. */
function findWanted(file: JournalFile, scanner: Scanner): ReadonlyMap<number, readonly number[] | null> {
  const wanted = new Map<number, readonly number[] | null>();
  const scratch = Buffer.alloc(longestScanned + 1);
  scratch[0] = newline;
  const hits = new Hits();
  for (const value of file.values('MESSAGE')) {
    const length = Math.min(value.end - value.start, longestScanned);
    value.bytes.copy(scratch, 1, value.start, value.start + length);
    // Cleaning may bring a literal to light, and parsing the beginning of a line: then all is decided by the entry.
    const isAsItStands = isPlain(scratch, 1, length + 1) || isClean(value);
    if (isAsItStands) {
      hits.length = 0;
      scanner.scan(scratch, 0, length + 1, hits);
      if (hits.length === 0) continue;
    }
    const literals = isAsItStands ? [...new Set(hits.literals.subarray(0, hits.length))] : null;
    for (const entry of value.entryOffsets()) {
      const known = wanted.get(entry);
      wanted.set(
        entry,
        known === undefined ? literals : known === null || literals === null ? null : [...known, ...literals],
      );
    }
  }
  return wanted;
}

/** Printable ASCII without what cleaning or parsing looks for (`[`, `]: `): most messages, told quickly. */
function isPlain(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x20 || byte > 0x7e || byte === 0x5b) return false;
  }
  return true;
}

/** What the kernel's log puts before the words of a program, or before a message that was passed on. */
const prefixed = /^(?:\[|\S{1,66}\[\d{1,7}\]: |\([^)\s]{1,40}\)?\[)/;

function isClean(value: JournalValue): boolean {
  const text = value.text();
  return !prefixed.test(text) && !text.includes('\n') && stripControls(text) === text;
}
