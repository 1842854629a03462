import type {JournalHeader} from './header.js';
import type {Notices} from './notices.js';
import {entryArrayObject, entryObject, type Objects} from './objects.js';

export interface EntryList {
  /** Offsets of all entries, in the order they were written. */
  readonly offsets: readonly number[];
  /** Some were found that nothing, or nothing whole, refers to: the lists of DATA objects are not complete either. */
  readonly isMended: boolean;
}

/**
 * The file's list of entries: a chain of arrays of offsets. Where it is damaged, or the file was not closed (what was
 * written last may not be in the list yet), entries are looked for one by one.
 */
export function listEntries(objects: Objects, header: JournalHeader, notices: Notices): EntryList {
  const listed: number[] = [];
  const isWhole = followArrays(objects, header.entryArrayOffset, Number.POSITIVE_INFINITY, notices, listed);
  const isComplete = isWhole && listed.length >= header.entryCount && !header.isDamaged;
  const sorted = sortOffsets(listed);
  if (isComplete && header.state !== 'online') return {offsets: sorted, isMended: false};

  const known = new Set(isComplete ? [] : sorted);
  const from = isComplete ? (sorted.at(-1) ?? objects.first) : objects.first;
  const found: number[] = [];
  for (const offset of objects.walk(from)) {
    if (objects.bytes[offset] !== entryObject || known.has(offset)) continue;
    if (isComplete && offset === from) continue;
    if (objects.isWholeEntry(offset)) found.push(offset);
  }
  if (!isComplete) {
    const missing = header.entryCount - listed.length - found.length;
    if (missing > 0 && !header.isCut && header.entryCount * 64 < objects.end) {
      notices.add(`${missing} of ${header.entryCount} entries are lost`);
    }
  }
  if (found.length === 0) return {offsets: sorted, isMended: !isComplete};
  notices.add(`${found.length} entries were found that the file's list does not hold`);
  return {offsets: sortOffsets([...sorted, ...found]), isMended: true};
}

/**
 * Adds the offsets of a chain of entry arrays, `most` at most; says whether the chain is whole. An array comes after
 * the one that names it, so the chain ends.
 */
export function followArrays(
  objects: Objects,
  first: number,
  most: number,
  notices: Notices,
  offsets: number[],
): boolean {
  const {arrayItem} = objects;
  let isWhole = true;
  let left = most;
  for (let array = first; array !== 0 && left > 0; ) {
    const size = objects.sizeOf(array, entryArrayObject);
    if (size === 0) {
      notices.damaged(array);
      return false;
    }
    const end = array + size - ((size - 24) % arrayItem);
    for (let item = array + 24; item < end && left > 0; item += arrayItem) {
      const entry = objects.reference(item);
      // Arrays are made larger than what they hold; the rest is zero.
      if (entry === 0) break;
      left--;
      if (objects.isEntry(entry)) offsets.push(entry);
      else {
        notices.damaged(entry);
        isWhole = false;
      }
    }
    const next = objects.u64(array + 16);
    if (next !== 0 && next < array + size) {
      notices.damaged(array);
      return false;
    }
    array = next;
  }
  return isWhole;
}

/** Ascending and without repetitions, as they are in a file that is not damaged. */
export function sortOffsets(offsets: number[]): number[] {
  for (let i = 1; i < offsets.length; i++) {
    if ((offsets[i] as number) > (offsets[i - 1] as number)) continue;
    return [...new Set(offsets)].sort((a, b) => a - b);
  }
  return offsets;
}
