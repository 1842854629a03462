import {closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Bytes that were read once and can be read again. */
export interface Tape {
  append(bytes: Uint8Array): void;
  /** Up to `length` bytes from an offset on. */
  read(offset: number, length: number): Buffer;
  close(): void;
}

function readAt(file: number, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, buffer, filled, length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

/**
 * A file in the folder for temporary files that nobody else can read. Its name is removed at once: the file goes with
 * the process, however that ends.
 */
export function createSpill(): Tape {
  const folder = mkdtempSync(join(tmpdir(), 'whyboot-'));
  let file: number;
  try {
    file = openSync(join(folder, 'log'), 'wx+', 0o600);
  } finally {
    rmSync(folder, {recursive: true});
  }
  let end = 0;
  return {
    append(bytes) {
      let written = 0;
      while (written < bytes.length) written += writeSync(file, bytes, written, bytes.length - written, end + written);
      end += bytes.length;
    },
    read: (offset, length) => readAt(file, offset, Math.max(0, Math.min(length, end - offset))),
    close: () => closeSync(file),
  };
}

/** A regular file as its own tape, where what was read stands in it as it is; null for one that was unpacked, or is no file. */
export function openTape(path: string, first: Uint8Array): Tape | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return null;
  }
  const isSame = fstatSync(file).isFile() && readAt(file, 0, first.length).equals(first);
  if (!isSame) {
    closeSync(file);
    return null;
  }
  let end = 0;
  return {
    append(bytes) {
      end += bytes.length;
    },
    read: (offset, length) => readAt(file, offset, Math.max(0, Math.min(length, end - offset))),
    close: () => closeSync(file),
  };
}
