import {cleanLine} from '../intake/clean.js';
import type {Entry} from '../model/entry.js';
import {createRowIndex, type RowIndex, rowsInGroup} from './rows.js';
import {createSpill, openTape, type Tape} from './tape.js';

/** The rows of one file or stream: its lines, or the entries of a structured form as lines that can be read. */
export interface LogPart {
  readonly name: string;
  readonly rows: number;
  append(bytes: Uint8Array): void;
  addEntry(entry: Entry): void;
  /** The 1-based number that evidence gives a row. */
  lineOf(row: number): number;
  rowOf(line: number): number;
  /** A row's bytes as latin1 text, the beginning of it where it is very long. */
  raw(row: number): string;
  /** The rows of a group and of those after it, as one latin1 text. */
  block(group: number, groups: number): string;
  /** Of an entry what its row does not say. */
  factsOf(row: number): EntryFacts | null;
  close(): void;
}

export interface EntryFacts {
  readonly priority: number | null;
  readonly unit: string | null;
}

/** What is shown and searched of a row, in bytes. */
export const longestRow = 1 << 14;
const maxCached = 64;
const noPriority = 255;

export function createLogPart(name: string): LogPart {
  let index = createRowIndex();
  let tape: Tape | null = null;
  let entries: EntryTable | null = null;
  let cached = new Map<number, readonly string[]>();

  function group(number: number): readonly string[] {
    const known = cached.get(number);
    if (known !== undefined) return known;
    const rows = tape === null ? [] : readRows(tape, index, number);
    // The last group may still grow.
    if ((number + 1) * rowsInGroup <= index.rows) {
      if (cached.size >= maxCached) cached = new Map();
      cached.set(number, rows);
    }
    return rows;
  }

  return {
    name,
    get rows() {
      return index.rows;
    },
    append(bytes) {
      if (entries !== null) return;
      tape ??= openTape(name, bytes) ?? createSpill();
      tape.append(bytes);
      index.add(bytes);
    },
    addEntry(entry) {
      if (entries === null) {
        // Its lines say little to a reader; what came so far of them is dropped.
        tape?.close();
        tape = createSpill();
        index = createRowIndex();
        cached = new Map();
        entries = createEntryTable();
      }
      const bytes = Buffer.from(`${rowFor(entry)}\n`);
      tape?.append(bytes);
      index.add(bytes);
      entries.add(entry);
    },
    lineOf: row => entries?.lineOf(row) ?? row + 1,
    rowOf: line => Math.max(0, Math.min(entries?.rowOf(line) ?? line - 1, index.rows - 1)),
    raw: row => group(Math.floor(row / rowsInGroup))[row % rowsInGroup] ?? '',
    block(number, groups) {
      if (tape === null) return '';
      const start = index.groupStart(number);
      return tape.read(start, index.groupStart(number + groups) - start).toString('latin1');
    },
    factsOf: row => entries?.factsOf(row) ?? null,
    close() {
      tape?.close();
      tape = null;
    },
  };
}

function readRows(tape: Tape, index: RowIndex, group: number): readonly string[] {
  const start = index.groupStart(group);
  const length = index.groupStart(group + 1) - start;
  // Lines can be longer than memory: then only the beginning of the group is kept.
  const text = tape.read(start, Math.min(length, rowsInGroup * longestRow)).toString('latin1');
  return text.split('\n', rowsInGroup).map(row => (row.length > longestRow ? row.slice(0, longestRow) : row));
}

/** A structured entry as `journalctl -o short-monotonic` would show it, without the host. */
function rowFor({timeUs, text}: Entry): string {
  const row = text.replace(/\n/g, ' ');
  return timeUs === null ? row : `[${(timeUs / 1_000_000).toFixed(6).padStart(12)}] ${row}`;
}

interface EntryTable {
  add(entry: Entry): void;
  lineOf(row: number): number;
  rowOf(line: number): number;
  factsOf(row: number): EntryFacts;
}

function createEntryTable(): EntryTable {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  let lines = new Uint32Array(1024);
  let priorities = new Uint8Array(1024);
  let units = new Uint32Array(1024);
  let count = 0;
  const unitNumber = (unit: string | null): number => {
    if (unit === null) return 0;
    let number = numbers.get(unit);
    if (number === undefined) {
      number = names.push(unit);
      numbers.set(unit, number);
    }
    return number;
  };
  return {
    add({line, priority, about, unit}) {
      if (count === lines.length) {
        lines = grown(lines, new Uint32Array(count * 2));
        priorities = grown(priorities, new Uint8Array(count * 2));
        units = grown(units, new Uint32Array(count * 2));
      }
      lines[count] = line;
      priorities[count] = priority ?? noPriority;
      units[count++] = unitNumber(about ?? unit);
    },
    lineOf: row => lines[row] ?? 0,
    rowOf(line) {
      let low = 0;
      let high = count - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((lines[middle] as number) <= line) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    factsOf(row) {
      const priority = priorities[row] ?? noPriority;
      return {priority: priority === noPriority ? null : priority, unit: names[(units[row] ?? 0) - 1] ?? null};
    },
  };
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** What may be shown of a row: nothing of a log reaches the terminal but through here. Tabs become blanks. */
export function readable(raw: string): string {
  return cleanLine(raw)
    .join(' ⏎ ')
    .replace(/\t/g, '    ')
    .replace(/[\u2028\u2029]/g, ' ');
}
