import type {Decompress} from './decompress.js';
import type {Notices} from './notices.js';
import type {Objects} from './objects.js';

/** What a DATA object says: the field's name, and where its value stands. */
export interface Payload {
  readonly name: string;
  /** The file's own bytes, or those that were unpacked. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A field as text; it is the same object for every entry that has the same value. */
export interface Field {
  readonly name: string;
  readonly text: string;
}

/** Longer values are kept as text up to here, in bytes. */
export const longestText = 1 << 20;
/** Text kept for values that several entries share, in characters. */
const mostKept = 1 << 24;
const longestName = 64;
const equals = 0x3d;

export interface FieldReader {
  /** null, with a notice, where the object is damaged. */
  payload(offset: number): Payload | null;
  field(offset: number): Field | null;
}

export function createFieldReader(objects: Objects, decompress: Decompress, notices: Notices): FieldReader {
  const {bytes} = objects;
  const kept = new Map<number, Field | null>();
  const names = new Map<number, string>();
  let keptLength = 0;

  const payload = (offset: number): Payload | null => {
    const found = read(offset);
    if (found === null) notices.damaged(offset);
    return found;
  };

  function read(offset: number): Payload | null {
    const size = objects.dataSize(offset);
    if (size === 0) return null;
    const flag = bytes[offset + 1] as number;
    const start = offset + objects.payload;
    const end = offset + size;
    if (flag === 0) return split(bytes, start, end);
    const unpacked = decompress(flag, bytes.subarray(start, end), offset);
    if (unpacked === null) return null;
    return split(Buffer.from(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength), 0, unpacked.byteLength);
  }

  /** `NAME=value`. Few names are used by many values: they are told by a hash, and made but once. */
  function split(from: Buffer, start: number, end: number): Payload | null {
    const limit = Math.min(end, start + longestName + 1);
    let hash = 0;
    let at = start;
    for (; at < limit; at++) {
      const byte = from[at] as number;
      if (byte === equals) break;
      if (!isNameByte(byte)) return null;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    if (at === limit || at === start) return null;
    let name = names.get(hash);
    if (name === undefined || name.length !== at - start || !isAt(from, start, name)) {
      name = from.toString('latin1', start, at);
      names.set(hash, name);
    }
    return {name, bytes: from, start: at + 1, end};
  }

  return {
    payload,
    field(offset) {
      const known = kept.get(offset);
      if (known !== undefined) return known;
      const found = payload(offset);
      const field = found === null ? null : {name: found.name, text: textOf(found)};
      // Most messages are of one entry alone, and not worth keeping.
      if (field === null || objects.u64(offset + 56) !== 1 || field.text.length > longestText / 16) {
        keptLength += 64 + (field?.text.length ?? 0);
        if (keptLength > mostKept) {
          kept.clear();
          keptLength = 0;
        }
        kept.set(offset, field);
      }
      return field;
    },
  };
}

/** The value as text; bytes that are no UTF-8 become U+FFFD. */
export function textOf({bytes, start, end}: Payload): string {
  return bytes.toString('utf8', start, Math.min(end, start + longestText));
}

/** `A` to `Z`, `0` to `9` and `_`; systemd.journal-fields(7). */
function isNameByte(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || (byte >= 0x30 && byte <= 0x39);
}

function isAt(bytes: Buffer, start: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name.charCodeAt(i)) return false;
  return true;
}
