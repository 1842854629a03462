import type {JournalHeader} from './header.js';

/** Types of objects; every object begins with type, flags, six reserved bytes and its size. */
export const dataObject = 1;
export const fieldObject = 2;
export const entryObject = 3;
export const entryArrayObject = 6;

const headerLength = 16;
/** Types that exist; readers are asked to pass over others. */
const lastType = 7;
/** The least an object of each type can be. */
const shortest = [headerLength, 65, 41, 68, 32, 32, 28, 64];
/** µs; later than that (the year 3100) is damage, as systemd has it. */
const latestTime = 2 ** 55;

/**
 * Objects of a journal file by their offsets. Nothing outside of the file is read: every method answers for every
 * offset, and `sizeOf` says 0 for what is no object of the type that it should be.
 */
export class Objects {
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly first: number;
  readonly end: number;
  readonly compact: boolean;
  /** Bytes of an offset in an entry array. */
  readonly arrayItem: number;
  /** Bytes of an item of an entry: an offset, in regular files with a hash. */
  readonly entryItem: number;
  /** Where the payload of a DATA object begins. */
  readonly payload: number;

  constructor(bytes: Uint8Array, header: JournalHeader) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.first = header.size;
    this.end = header.end;
    this.compact = header.compact;
    this.arrayItem = header.compact ? 4 : 8;
    this.entryItem = header.compact ? 4 : 16;
    this.payload = header.compact ? 72 : 64;
  }

  /** Of an offset that is known to be inside. Beyond 2^53 it is not exact, and such a value is damage anyway. */
  u64(offset: number): number {
    return this.view.getUint32(offset, true) + this.view.getUint32(offset + 4, true) * 4294967296;
  }

  /** An offset as an entry array or an entry of a compact or regular file holds it. */
  reference(offset: number): number {
    return this.compact ? this.view.getUint32(offset, true) : this.u64(offset);
  }

  /** The size of an object of this type, 0 if there is none. */
  sizeOf(offset: number, type: number): number {
    if (offset < this.first || offset + headerLength > this.end || offset % 8 !== 0) return 0;
    if (this.bytes[offset] !== type) return 0;
    const size = this.u64(offset + 8);
    return size < (shortest[type] as number) || offset + size > this.end ? 0 : size;
  }

  /** A DATA object that has a payload and one compression at most. */
  dataSize(offset: number): number {
    const size = this.sizeOf(offset, dataObject);
    if (size <= this.payload) return 0;
    const flags = this.bytes[offset + 1] as number;
    if (flags > 4 || flags === 3) return 0;
    // A large size that no object follows is damaged; a small one is better shown than lost.
    return size > 4096 && !this.mayFollow(offset + size) ? 0 : size;
  }

  isEntry(offset: number): boolean {
    const size = this.sizeOf(offset, entryObject);
    if (size === 0 || (size - 64) % this.entryItem !== 0) return false;
    if (this.u64(offset + 16) === 0) return false;
    const realtime = this.u64(offset + 24);
    if (realtime === 0 || realtime >= latestTime || this.u64(offset + 32) >= latestTime) return false;
    return this.u64(offset + 40) !== 0 || this.u64(offset + 48) !== 0;
  }

  /** Whether an entry refers to nothing but DATA objects: how one is told that nothing refers to. */
  isWholeEntry(offset: number): boolean {
    if (!this.isEntry(offset)) return false;
    const end = offset + this.u64(offset + 8);
    for (let item = offset + 64; item < end; item += this.entryItem) {
      if (this.dataSize(this.reference(item)) === 0) return false;
    }
    return true;
  }

  /**
   * Every object from an offset on, in order, without following any reference. Where an object's size cannot be, the
   * next place that looks like an object is looked for.
   */
  *walk(from: number, to: number = this.end): Iterable<number> {
    let at = from;
    while (at + headerLength <= to) {
      if (!this.looksLikeObject(at)) {
        at += 8;
        continue;
      }
      yield at;
      const next = at + align(this.u64(at + 8));
      at = this.mayFollow(next) ? next : at + headerLength;
    }
  }

  private looksLikeObject(offset: number): boolean {
    const type = this.bytes[offset] as number;
    if (type === 0 || type > lastType) return false;
    if ((this.bytes[offset + 1] as number) > (type === dataObject ? 4 : 0)) return false;
    if (this.view.getUint16(offset + 2, true) !== 0 || this.view.getUint32(offset + 4, true) !== 0) return false;
    const size = this.u64(offset + 8);
    return size >= (shortest[type] as number) && offset + size <= this.end;
  }

  /** Whether an object can end here: another begins, the file ends, or nothing has been written yet. */
  private mayFollow(offset: number): boolean {
    const at = align(offset);
    if (at + headerLength > this.end) return true;
    return this.looksLikeObject(at) || (this.u64(at) === 0 && this.u64(at + 8) === 0);
  }
}

/** Objects begin at multiples of eight. */
function align(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}
