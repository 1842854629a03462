import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {type JournalEntry, type JournalFile, openJournalFile} from '../../../src/intake/journal-file/index.js';

const folder = fileURLToPath(new URL('../../fixtures/journal/', import.meta.url));

/** The unpacked bytes of a fixture; a copy, free to be damaged. */
export function bytesOf(name: string): Buffer {
  return gunzipSync(readFileSync(`${folder}${name}.gz`));
}

export const open = (name: string): Promise<JournalFile> => openJournalFile(bytesOf(`${name}.journal`), name);

export const messagesOf = (entries: Iterable<JournalEntry>): (string | undefined)[] =>
  [...entries].map(entry => entry.fields()['MESSAGE']);

/** Offsets of all objects of a type, read in order; only of a file that is whole. */
export function objectsOf(bytes: Buffer, type: number): number[] {
  const found: number[] = [];
  const end = Number(bytes.readBigUInt64LE(136));
  for (let at = Number(bytes.readBigUInt64LE(88)); at <= end; ) {
    if (bytes[at] === type) found.push(at);
    at += Math.ceil(Number(bytes.readBigUInt64LE(at + 8)) / 8) * 8;
  }
  return found;
}
