import type {JournalFields} from '../formats/journal-fields.js';
import {createDecompress} from './decompress.js';
import {type EntryList, listEntries} from './entry-list.js';
import {createFieldReader, type FieldReader} from './fields.js';
import {type JournalHeader, readHeader} from './header.js';
import {createNotices} from './notices.js';
import {ObjectSet} from './object-set.js';
import {Objects} from './objects.js';
import {createValueIndex, entryEnd, type ValueIndex} from './value-index.js';

/** A binary journal file that was opened. Nothing of it is read before it is asked for. */
export interface JournalFile extends ValueIndex {
  readonly name: string;
  readonly header: JournalHeader;
  /** What is wrong with the file, as far as it was read. Does not keep the file in memory. */
  readonly notices: () => string[];
  /** Offsets of all entries, in the order they were written. */
  entryOffsets(): readonly number[];
  /** All entries, or those that have one of these values (offsets of DATA objects). */
  entries(having?: ObjectSet): Iterable<JournalEntry>;
  /** Of an offset that `entryOffsets` of the file or of a value gave. */
  entryAt(offset: number): JournalEntry;
  /** An empty set for offsets of this file. */
  objectSet(): ObjectSet;
}

/** One entry. Its fields are read when they are asked for. */
export interface JournalEntry {
  readonly file: JournalFile;
  readonly offset: number;
  readonly seqnum: number;
  /** µs since 1970. */
  readonly realtimeUs: number;
  /** µs since the boot began. */
  readonly monotonicUs: number;
  readonly bootId: string;
  /** Tells entries apart that agree in all else. */
  readonly xorHash: string;
  /**
   * The first value of every field, or of those that are named, as text; and the entry's own facts as `-o export` names
   * them.
   */
  fields(names?: ReadonlySet<string>): JournalFields;
  /** Every value of every field, in the order of the file. */
  items(): Iterable<JournalItem>;
}

export interface JournalItem {
  readonly name: string;
  readonly value: Uint8Array;
}

/**
 * Opens a journal file that is in memory as a whole: its objects refer to one another across the file.
 * Source: https://systemd.io/JOURNAL_FILE_FORMAT
 *
 * @throws InputError for what is no journal file.
 */
export async function openJournalFile(bytes: Uint8Array, name: string): Promise<JournalFile> {
  const header = readHeader(bytes, name);
  const notices = createNotices();
  if (header.isDamaged) notices.add('the header is damaged');
  if (header.isCut) notices.add('the file is cut: its end is missing');
  const objects = new Objects(bytes, header);
  const reader = createFieldReader(objects, await createDecompress(header.compressions, objects), notices);
  const bootIds = createIdReader(objects);
  let list: EntryList | null = null;
  const entryList = (): EntryList => {
    list ??= listEntries(objects, header, notices);
    return list;
  };

  const file: JournalFile = {
    ...createValueIndex(objects, header, reader, notices, entryList),
    name,
    header,
    notices: notices.list,
    entryOffsets: () => entryList().offsets,
    *entries(having) {
      const {offsets} = entryList();
      for (let i = 0; i < offsets.length; i++) {
        const offset = offsets[i] as number;
        const end = entryEnd(objects, offset, offsets[i + 1]);
        if (having === undefined || refersTo(offset, end, having)) yield entry(offset, end);
      }
    },
    entryAt: offset => entry(offset, entryEnd(objects, offset, undefined)),
    objectSet: () => new ObjectSet(objects.end),
  };

  function refersTo(offset: number, end: number, having: ObjectSet): boolean {
    for (let item = offset + 64; item < end; item += objects.entryItem) {
      if (having.has(objects.reference(item))) return true;
    }
    return false;
  }

  const entry = (offset: number, end: number): JournalEntry => new Entry(file, objects, reader, offset, end, bootIds);
  return file;
}

class Entry implements JournalEntry {
  readonly file: JournalFile;
  readonly offset: number;
  readonly seqnum: number;
  readonly realtimeUs: number;
  readonly monotonicUs: number;
  readonly bootId: string;
  readonly #objects: Objects;
  readonly #reader: FieldReader;
  readonly #end: number;

  constructor(
    file: JournalFile,
    objects: Objects,
    reader: FieldReader,
    offset: number,
    end: number,
    bootIds: (offset: number) => string,
  ) {
    this.file = file;
    this.#objects = objects;
    this.#reader = reader;
    this.offset = offset;
    this.#end = end;
    this.seqnum = objects.u64(offset + 16);
    this.realtimeUs = objects.u64(offset + 24);
    this.monotonicUs = objects.u64(offset + 32);
    this.bootId = bootIds(offset + 40);
  }

  get xorHash(): string {
    return this.#objects.view.getBigUint64(this.offset + 56, true).toString(16);
  }

  fields(names?: ReadonlySet<string>): JournalFields {
    const fields: JournalFields = {
      __REALTIME_TIMESTAMP: String(this.realtimeUs),
      __MONOTONIC_TIMESTAMP: String(this.monotonicUs),
      _BOOT_ID: this.bootId,
    };
    const objects = this.#objects;
    for (let item = this.offset + 64; item < this.#end; item += objects.entryItem) {
      const field = this.#reader.field(objects.reference(item));
      if (field === null || names?.has(field.name) === false) continue;
      if (fields[field.name] === undefined) fields[field.name] = field.text;
    }
    return fields;
  }

  *items(): Iterable<JournalItem> {
    const objects = this.#objects;
    for (let item = this.offset + 64; item < this.#end; item += objects.entryItem) {
      const payload = this.#reader.payload(objects.reference(item));
      if (payload === null) continue;
      yield {name: payload.name, value: payload.bytes.subarray(payload.start, payload.end)};
    }
  }
}

/** Ids of 128 bits as text; entry after entry has the same. */
function createIdReader({bytes, view}: Objects): (offset: number) => string {
  const words = [0, 0, 0, 0];
  let id = '0'.repeat(32);
  return offset => {
    for (let i = 0; i < 4; i++) {
      if (view.getUint32(offset + i * 4, true) === words[i]) continue;
      for (let each = 0; each < 4; each++) words[each] = view.getUint32(offset + each * 4, true);
      id = bytes.toString('hex', offset, offset + 16);
      break;
    }
    return id;
  };
}
