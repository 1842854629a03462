import {InputError} from '../../model/errors.js';

/**
 * The header of a journal file and what its flags mean. All numbers of the format are little-endian.
 * Source of everything in this folder: https://systemd.io/JOURNAL_FILE_FORMAT
 */

/** `LPKSHHRH`. */
const signature = [0x4c, 0x50, 0x4b, 0x53, 0x48, 0x48, 0x52, 0x48];

/** Every header has the fields up to here; later ones came with later releases. */
const shortestHeader = 208;
/** More than any release has written (272 since systemd 254): such a size is damage. */
const longestHeader = 4096;

/** Flags of DATA objects; the header has a flag of its own for each. */
export const compressedXz = 1;
export const compressedLz4 = 2;
export const compressedZstd = 4;

const incompatible = {xz: 1, lz4: 2, keyedHash: 4, zstd: 8, compact: 16} as const;
const knownIncompatible = 31;

export type Compression = 'xz' | 'lz4' | 'zstd';

export interface JournalHeader {
  /** `online`: it was being written, or its writer never closed it; `archived`: rotated away. */
  readonly state: 'offline' | 'online' | 'archived' | 'unknown';
  /** Entries and entry arrays hold offsets of 32 bits. */
  readonly compact: boolean;
  readonly keyedHash: boolean;
  readonly sealed: boolean;
  readonly compressions: readonly Compression[];
  readonly fileId: string;
  readonly machineId: string;
  /** Sequence numbers count through all files that have the same one. */
  readonly seqnumId: string;
  /** How many entries the writer has counted. */
  readonly entryCount: number;
  readonly fieldCount: number | null;
  readonly headSeqnum: number;
  readonly tailSeqnum: number;
  /** µs since 1970. */
  readonly headRealtimeUs: number;
  readonly tailRealtimeUs: number;

  /** Where the first object begins. */
  readonly size: number;
  /** Objects end here: the end of the used part, or of the file if that comes first. */
  readonly end: number;
  /** The file is shorter than its header says. */
  readonly isCut: boolean;
  /** The sizes in the header cannot be; objects have to be looked for. */
  readonly isDamaged: boolean;
  readonly entryArrayOffset: number;
  readonly fieldTableOffset: number;
  readonly fieldTableSize: number;
}

/** Whether a file that begins so is a journal file. Eight bytes are enough. */
export function isJournalFile(head: Uint8Array): boolean {
  return signature.every((byte, at) => head[at] === byte);
}

/** Throws InputError for a file that is no journal, or one of a kind that did not exist when this was written. */
export function readHeader(bytes: Uint8Array, name: string): JournalHeader {
  if (!isJournalFile(bytes)) throw new InputError(`${name}: this is no journal file`);
  if (bytes.byteLength < shortestHeader) throw new InputError(`${name}: this journal file ends within its header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u64 = (offset: number): number => view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 2 ** 32;
  const id = (offset: number): string => Buffer.from(bytes.subarray(offset, offset + 16)).toString('hex');

  const flags = view.getUint32(12, true);
  if ((flags & ~knownIncompatible) !== 0) {
    throw new InputError(`${name}: this journal file has features that this version does not know (flags ${flags})`, {
      hint: 'pipe it through journalctl instead: journalctl --file FILE | whyboot',
    });
  }
  const written = u64(88);
  const isDamaged =
    written < shortestHeader || written > longestHeader || written % 8 !== 0 || written > bytes.byteLength;
  const size = isDamaged ? shortestHeader : written;
  const used = size + u64(96);
  // Without the room for its own last object, the size of the arena is damaged.
  const isUsable = !isDamaged && used > u64(136);
  return {
    state: (['offline', 'online', 'archived'] as const)[bytes[16] as number] ?? 'unknown',
    compact: (flags & incompatible.compact) !== 0,
    keyedHash: (flags & incompatible.keyedHash) !== 0,
    sealed: (view.getUint32(8, true) & 1) !== 0,
    compressions: (['xz', 'lz4', 'zstd'] as const).filter(each => (flags & incompatible[each]) !== 0),
    fileId: id(24),
    machineId: id(40),
    seqnumId: id(72),
    entryCount: u64(152),
    fieldCount: size >= 224 ? u64(216) : null,
    headSeqnum: u64(168),
    tailSeqnum: u64(160),
    headRealtimeUs: u64(184),
    tailRealtimeUs: u64(192),
    size,
    end: isUsable ? Math.min(used, bytes.byteLength) : bytes.byteLength,
    isCut: isUsable && used > bytes.byteLength,
    isDamaged: !isUsable,
    entryArrayOffset: u64(176),
    fieldTableOffset: u64(120),
    fieldTableSize: u64(128),
  };
}
