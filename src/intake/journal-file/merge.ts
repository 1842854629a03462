import type {JournalHeader} from './header.js';
import type {JournalEntry, JournalFile} from './journal-file.js';

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

/** A file of which only the header was read. */
export interface ClosedJournal {
  readonly header: JournalHeader;
  /** Set by who was asked to open it. */
  file: JournalFile | null;
}

/**
 * Entries of several files as one journal, in the order of sd_journal_next(3); one that stands in two files comes
 * once. The order is none that could be sorted by (three ways of comparing), so at each step the first of the files'
 * next entries is taken.
 */
export function* mergeJournals(files: readonly JournalFile[]): Iterable<JournalEntry> {
  const opened = files.map(file => ({header: file.header, file}));
  for (const entry of mergeOpening(opened)) if ('offset' in entry) yield entry;
}

/**
 * The same for files that are not in memory yet: a closed one is given when its entries are due, and must be opened
 * before the next step. One whose entries are over is let go.
 */
export function* mergeOpening(journals: readonly ClosedJournal[]): Iterable<JournalEntry | ClosedJournal> {
  let heads: Head[] = [];
  let closed: ClosedJournal[] = [];
  const add = (journal: ClosedJournal): void => {
    const rest = journal.file?.entries()[Symbol.iterator]();
    const first = rest?.next();
    journal.file = null;
    if (rest !== undefined && first?.done === false) heads.push({entry: first.value, isAtEnd: false, rest});
  };
  for (const journal of journals) {
    if (journal.file !== null) add(journal);
    // What a damaged header says of the first entry cannot be relied on.
    else if (journal.header.isDamaged) {
      yield journal;
      add(journal);
    } else closed.push(journal);
  }
  while (heads.length > 0 || closed.length > 0) {
    const [first, second] = heads.length === 0 ? [null, null] : firstTwo(heads);
    const due = closed.filter(({header}) => first === null || !isAfter(header, first.entry));
    if (due.length > 0) {
      // Where nothing is open, the one that begins first, but as a header tells that only roughly, all of that time.
      const chosen = first === null ? earliest(due) : due;
      closed = closed.filter(journal => !chosen.includes(journal));
      for (const journal of chosen) {
        yield journal;
        add(journal);
      }
      continue;
    }
    if (first === null) break;
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
      isAhead &&= closed.every(({header}) => isAfter(header, first.entry));
    }
    heads = heads.filter(({isAtEnd}) => !isAtEnd);
  }
}

/** All entries of the file come after this one, as far as its header tells. */
function isAfter(header: JournalHeader, {file, seqnum, realtimeUs}: JournalEntry): boolean {
  return header.seqnumId === file.header.seqnumId ? header.headSeqnum > seqnum : header.headRealtimeUs > realtimeUs;
}

function earliest(journals: readonly ClosedJournal[]): ClosedJournal[] {
  const first = journals.reduce((a, b) => (b.header.headRealtimeUs < a.header.headRealtimeUs ? b : a));
  const {seqnumId, headSeqnum} = first.header;
  return journals.filter(
    ({header}) => header === first.header || (header.seqnumId === seqnumId && header.headSeqnum <= headSeqnum),
  );
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
