import type {JournalEntry, JournalFile} from './journal-file.js';
import type {ObjectSet} from './object-set.js';

export interface MergeOptions {
  /** Which entries of a file are wanted; default: all. */
  readonly having?: (file: JournalFile) => ObjectSet | undefined;
}

/** A boot that entries of the files belong to. */
export interface JournalBoot {
  readonly bootId: string;
  readonly entries: number;
  /** µs since 1970, of its first and its last entry. */
  readonly firstUs: number;
  readonly lastUs: number;
}

interface Head {
  entry: JournalEntry;
  isAtEnd: boolean;
  readonly rest: Iterator<JournalEntry>;
}

/**
 * Entries of several files as one journal, in the order of sd_journal_next(3); one that stands in two files comes
 * once. The order is none that could be sorted by (three ways of comparing), so at each step the first of the files'
 * next entries is taken.
 */
export function* mergeJournals(files: readonly JournalFile[], options: MergeOptions = {}): Iterable<JournalEntry> {
  let heads: Head[] = [];
  for (const file of files) {
    const rest = file.entries(options.having?.(file))[Symbol.iterator]();
    const first = rest.next();
    if (first.done !== true) heads.push({entry: first.value, isAtEnd: false, rest});
  }
  while (heads.length > 0) {
    const [first, second] = firstTwo(heads);
    // The file that is ahead of all others mostly stays so for a while.
    let isAhead = true;
    while (isAhead) {
      const {entry} = first;
      yield entry;
      isAhead = advance(first);
      for (const head of heads) {
        if (head === first || head.entry.realtimeUs !== entry.realtimeUs || compareEntries(head.entry, entry) !== 0)
          continue;
        advance(head);
        isAhead = false;
      }
      isAhead &&= second === null || compareEntries(first.entry, second.entry) < 0;
    }
    heads = heads.filter(({isAtEnd}) => !isAtEnd);
  }
}

function advance(head: Head): boolean {
  const next = head.rest.next();
  if (next.done === true) head.isAtEnd = true;
  else head.entry = next.value;
  return !head.isAtEnd;
}

function firstTwo(heads: readonly Head[]): [Head, Head | null] {
  let first = heads[0] as Head;
  let second: Head | null = null;
  for (const head of heads.slice(1)) {
    if (compareEntries(head.entry, first.entry) < 0) {
      second = first;
      first = head;
    } else if (second === null || compareEntries(head.entry, second.entry) < 0) second = head;
  }
  return [first, second];
}

/** By sequence number where the numbers are of one source, else by the clock of the boot, else by the time of day. */
export function compareEntries(a: JournalEntry, b: JournalEntry): number {
  if (a.file.header.seqnumId === b.file.header.seqnumId && a.seqnum !== b.seqnum) return a.seqnum - b.seqnum;
  if (a.bootId === b.bootId && a.monotonicUs !== b.monotonicUs) return a.monotonicUs - b.monotonicUs;
  if (a.realtimeUs !== b.realtimeUs) return a.realtimeUs - b.realtimeUs;
  const [x, y] = [BigInt(`0x${a.xorHash}`), BigInt(`0x${b.xorHash}`)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The boots in the order in which they begin. Reads no fields. */
export function listBoots(files: readonly JournalFile[]): JournalBoot[] {
  const boots = new Map<string, {bootId: string; entries: number; firstUs: number; lastUs: number}>();
  for (const {bootId, realtimeUs} of mergeJournals(files)) {
    const boot = boots.get(bootId);
    if (boot === undefined) boots.set(bootId, {bootId, entries: 1, firstUs: realtimeUs, lastUs: realtimeUs});
    else {
      boot.entries++;
      boot.lastUs = realtimeUs;
    }
  }
  return [...boots.values()];
}
