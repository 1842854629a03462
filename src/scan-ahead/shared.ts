import type {FoundLines} from '../intake/found-lines.js';
import type {ScannerPlan} from '../model/scanner.js';

/** Chunks that may be with the other thread at once, each in a slot of its own. */
export const slotCount = 3;
export const longestChunk = 1 << 20;
/** A chunk with more than these is not worth a thread's while. */
const mostLines = 1 << 15;
const mostHits = 1 << 16;

/** What a slot of shared memory holds: `free`, `asked` with a chunk in it, `found` with the answer, or `failed`. */
export const status = {free: 0, asked: 1, found: 2, failed: 3} as const;

/** What two threads share; a slot belongs to the one whose turn its status says it is. */
export interface SharedMemory {
  /** Changes whenever there is something to do. */
  readonly bell: Int32Array<SharedArrayBuffer>;
  readonly slots: readonly Slot[];
}

export interface Slot {
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  /** Status, bytes of the chunk, found lines, hits, lines, and whether one of these was too long. */
  readonly numbers: Int32Array<SharedArrayBuffer>;
  readonly before: Int32Array<SharedArrayBuffer>;
  readonly starts: Int32Array<SharedArrayBuffer>;
  readonly ends: Int32Array<SharedArrayBuffer>;
  readonly firstHits: Int32Array<SharedArrayBuffer>;
  readonly offsets: Int32Array<SharedArrayBuffer>;
  readonly literals: Int32Array<SharedArrayBuffer>;
}

/** With what the other thread begins. */
export interface Beginning {
  readonly plan: ScannerPlan;
  readonly memory: SharedMemory;
}

export function shareMemory(): SharedMemory {
  return {bell: integers(1), slots: Array.from({length: slotCount}, createSlot)};
}

function createSlot(): Slot {
  return {
    bytes: new Uint8Array(new SharedArrayBuffer(longestChunk)),
    numbers: integers(6),
    before: integers(mostLines),
    starts: integers(mostLines),
    ends: integers(mostLines),
    firstHits: integers(mostLines),
    offsets: integers(mostHits),
    literals: integers(mostHits),
  };
}

function integers(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

/** Puts an answer into a slot; false where it is too long for that. */
export function putFound({numbers, offsets, literals, ...places}: Slot, found: FoundLines): boolean {
  const {count, hits} = found;
  if (count > mostLines || hits.length > mostHits) return false;
  for (const name of ['before', 'starts', 'ends', 'firstHits'] as const)
    places[name].set(found[name].subarray(0, count));
  offsets.set(hits.offsets.subarray(0, hits.length));
  literals.set(hits.literals.subarray(0, hits.length));
  numbers.set([count, hits.length, found.lines, Number(found.isCut)], 2);
  return true;
}

/** The answer in a slot, which stands there until the slot is used again. */
export function takeFound({numbers, before, starts, ends, firstHits, offsets, literals}: Slot): FoundLines {
  const [, , count, length, lines, isCut] = numbers as unknown as [number, number, number, number, number, number];
  // In the order in which a finder of this thread makes it: V8 tells objects apart by that.
  return {before, starts, ends, firstHits, count, hits: {length, offsets, literals}, lines, isCut: isCut === 1};
}
