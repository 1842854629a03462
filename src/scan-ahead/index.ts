import {availableParallelism} from 'node:os';
import {Worker} from 'node:worker_threads';
import type {FoundLines} from '../intake/found-lines.js';
import type {ScannerPlan} from '../model/scanner.js';
import {type Beginning, longestChunk, type Slot, shareMemory, slotCount, status, takeFound} from './shared.js';

/** A chunk, and what another thread has found in it already; null where it was not asked. */
export interface ScannedChunk {
  readonly bytes: Uint8Array;
  /** Good until the next chunk is taken. */
  readonly found: FoundLines | null;
}

export interface ScanAheadOptions {
  /** The built file of worker.ts; without it no thread is started. */
  readonly file: string | undefined;
  /** What the source is scanned for; null while it is not scanned. */
  plan(): ScannerPlan | null;
}

/** Bytes after which another thread is worth starting: that takes about as long as scanning so many. */
const worthwhile = 1 << 22;
/** Files come in chunks of 1 MiB; the little that pipes bring at once is scanned sooner than sent. */
const leastChunk = 1 << 19;
/** A thread that does not answer for so long has come to an end. */
const patienceMs = 2000;

/**
 * Hands on chunks, of a large file each with the lines of interest in it, which another thread looks for while this one
 * diagnoses the chunk before. Where no thread can be had, or it fails, chunks come as they are.
 */
export async function* scanAhead(
  chunks: AsyncIterable<Uint8Array>,
  {file, plan}: ScanAheadOptions,
): AsyncGenerator<ScannedChunk> {
  let length = 0;
  let thread: Thread | null = null;
  const asked: {readonly bytes: Uint8Array; readonly slot: Slot}[] = [];
  const next = (): ScannedChunk => {
    const {bytes, slot} = asked.shift() as (typeof asked)[number];
    return {bytes, found: (thread as Thread).answer(slot)};
  };
  try {
    for await (const bytes of chunks) {
      length += bytes.length;
      if (thread === null && file !== undefined && length >= worthwhile && bytes.length >= leastChunk) {
        const known = availableParallelism() > 1 ? plan() : null;
        if (known !== null) thread = startThread(file, known);
      }
      if (thread?.hears() === true && bytes.length >= leastChunk && bytes.length <= longestChunk) {
        asked.push({bytes, slot: thread.ask(bytes)});
        if (asked.length === slotCount) yield next();
        continue;
      }
      while (asked.length > 0) yield next();
      yield {bytes, found: null};
    }
    while (asked.length > 0) yield next();
  } finally {
    thread?.end();
  }
}

interface Thread {
  hears(): boolean;
  /** At most `slotCount` questions may be open at once. */
  ask(bytes: Uint8Array): Slot;
  /** Waits for it; null where there is none. */
  answer(slot: Slot): FoundLines | null;
  end(): void;
}

/** Null where the system has no room for one. */
function startThread(file: string, plan: ScannerPlan): Thread | null {
  const memory = shareMemory();
  const {bell, slots} = memory;
  const beginning: Beginning = {plan, memory};
  let worker: Worker;
  try {
    worker = new Worker(file, {workerData: beginning});
  } catch {
    return null;
  }
  let questions = 0;
  let isLost = false;
  const lose = (): void => {
    isLost = true;
  };
  worker.on('error', lose);
  worker.on('exit', lose);
  return {
    hears: () => !isLost && Atomics.load(bell, 0) > 0,
    ask(chunk) {
      const slot = slots[questions++ % slotCount] as Slot;
      slot.bytes.set(chunk);
      slot.numbers[1] = chunk.length;
      Atomics.store(slot.numbers, 0, status.asked);
      Atomics.add(bell, 0, 1);
      Atomics.notify(bell, 0);
      return slot;
    },
    answer(slot) {
      const {numbers} = slot;
      const isLate = !isLost && Atomics.wait(numbers, 0, status.asked, patienceMs) === 'timed-out';
      isLost ||= isLate;
      return Atomics.load(numbers, 0) === status.found ? takeFound(slot) : null;
    },
    end() {
      void worker.terminate();
    },
  };
}
