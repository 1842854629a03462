import {type EntryList, followArrays, sortOffsets} from './entry-list.js';
import {type FieldReader, longestText, type Payload, textOf} from './fields.js';
import type {JournalHeader} from './header.js';
import type {Notices} from './notices.js';
import {dataObject, fieldObject, type Objects} from './objects.js';

/** One value of a field. The file holds it once, however many entries have it. */
export interface JournalValue {
  /** Of its DATA object; what `ObjectSet` takes. */
  readonly offset: number;
  /** Where the value stands, without `NAME=`: bytes of the file, or of what was unpacked. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** As text, up to 1 MiB. */
  text(): string;
  readonly isCut: boolean;
  /** Offsets of the entries that have it, in the order they were written. */
  entryOffsets(): readonly number[];
}

export interface ValueIndex {
  /** Names of all fields in the file. */
  fieldNames(): string[];
  /** Every distinct value of a field once, in no order. */
  values(name: string): Iterable<JournalValue>;
}

export function createValueIndex(
  objects: Objects,
  header: JournalHeader,
  reader: FieldReader,
  notices: Notices,
  entries: () => EntryList,
): ValueIndex {
  let heads: ReadonlyMap<string, number> | null = null;
  let inverted: ReadonlyMap<number, readonly number[]> | null = null;

  /** Entries of each DATA object, found by reading every entry: for files whose own lists cannot be trusted. */
  const invert = (): ReadonlyMap<number, readonly number[]> => {
    if (inverted !== null) return inverted;
    const found = new Map<number, number[]>();
    const {offsets} = entries();
    for (let i = 0; i < offsets.length; i++) {
      const entry = offsets[i] as number;
      const end = entryEnd(objects, entry, offsets[i + 1]);
      for (let item = entry + 64; item < end; item += objects.entryItem) {
        const data = objects.reference(item);
        const known = found.get(data);
        if (known === undefined) found.set(data, [entry]);
        else if (known.at(-1) !== entry) known.push(entry);
      }
    }
    inverted = found;
    return found;
  };

  /**
   * The entries of a DATA object: the first is named in itself, the others in a chain of arrays. A list that names
   * another number of entries than it should, or one that does not have the value, is not believed.
   */
  function entriesOf(data: number): readonly number[] {
    const count = objects.u64(data + 56);
    const first = objects.u64(data + 40);
    const {offsets: all, isMended} = entries();
    if (!isMended && count > 0 && count <= all.length && objects.isEntry(first)) {
      const offsets = [first];
      const isWhole = count === 1 || followArrays(objects, objects.u64(data + 48), count - 1, notices, offsets);
      if (isWhole && offsets.length === count && offsets.every(entry => has(entry, data))) return sortOffsets(offsets);
    }
    return invert().get(data) ?? [];
  }

  function has(entry: number, data: number): boolean {
    const end = entryEnd(objects, entry, undefined);
    for (let item = entry + 64; item < end; item += objects.entryItem) {
      if (objects.reference(item) === data) return true;
    }
    return false;
  }

  function toValue(offset: number, payload: Payload): JournalValue {
    const {bytes, start, end} = payload;
    return {
      offset,
      bytes,
      start,
      end,
      text: () => textOf(payload),
      isCut: end - start > longestText,
      entryOffsets: () => entriesOf(offset),
    };
  }

  return {
    fieldNames() {
      heads ??= findFields(objects, header, notices);
      return [...heads.keys()];
    },
    *values(name) {
      heads ??= findFields(objects, header, notices);
      let end = objects.end;
      let isWhole = !entries().isMended;
      for (let offset = heads.get(name) ?? 0; isWhole && offset !== 0; ) {
        // The newest value comes first: every other one stands before the one that names it.
        isWhole = offset < end && objects.sizeOf(offset, dataObject) > 0;
        const payload = isWhole ? reader.payload(offset) : null;
        isWhole &&= payload === null || payload.name === name;
        if (!isWhole) {
          notices.damaged(offset);
          break;
        }
        if (payload !== null) yield toValue(offset, payload);
        end = offset;
        offset = objects.u64(offset + 32);
      }
      if (!isWhole) yield* lookFor(name, end);
    },
  };

  /** Values that stand before an offset, found without the chain that should lead to them. */
  function* lookFor(name: string, end: number): Iterable<JournalValue> {
    for (const offset of objects.walk(objects.first, end)) {
      if (objects.bytes[offset] !== dataObject) continue;
      const payload = reader.payload(offset);
      if (payload?.name === name) yield toValue(offset, payload);
    }
  }
}

/** Where the items of an entry end: within it, and before the next one. */
export function entryEnd(objects: Objects, entry: number, next: number | undefined): number {
  const end = entry + objects.u64(entry + 8);
  if (next === undefined || end <= next) return end;
  return next - ((next - entry - 64) % objects.entryItem);
}

/** The newest DATA object of each field, by the table of FIELD objects; where that is damaged, by looking for them. */
function findFields(objects: Objects, header: JournalHeader, notices: Notices): Map<string, number> {
  const heads = new Map<string, number>();
  const {fieldTableOffset: table, fieldTableSize: size} = header;
  let isWhole = table % 8 === 0 && table >= objects.first && table + size <= objects.end && size > 0;
  const add = (field: number): void => {
    const end = field + objects.u64(field + 8);
    heads.set(objects.bytes.toString('latin1', field + 40, Math.min(end, field + 40 + 256)), objects.u64(field + 32));
  };
  if (isWhole) {
    for (let bucket = table; bucket + 16 <= table + size; bucket += 16) {
      for (let field = objects.u64(bucket), last = 0; field !== 0; ) {
        if (field <= last || objects.sizeOf(field, fieldObject) === 0) {
          notices.damaged(field);
          isWhole = false;
          break;
        }
        add(field);
        last = field;
        field = objects.u64(field + 24);
      }
    }
  }
  if (isWhole && heads.size >= (header.fieldCount ?? 0)) return heads;
  notices.add('the table of field names is not whole');
  for (const offset of objects.walk(objects.first)) if (objects.bytes[offset] === fieldObject) add(offset);
  return heads;
}
