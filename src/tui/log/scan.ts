import {isAbnormal, looksAbnormal} from '../../boot/abnormal.js';
import {parseTextLine} from '../../intake/parse-line.js';
import type {Entry} from '../../model/entry.js';
import {isProcessOf} from '../../model/unit.js';
import type {Block, LogText} from '../../recording/log-text.js';
import {type EntryFacts, readable} from '../../recording/part.js';

/** Which rows of a block are wanted, in order. */
export type BlockTest = (block: Block, log: LogText) => number[];

/** How many rows were looked at, and those that pass. */
export interface Scanned {
  readonly rows: number;
  readonly found: readonly number[];
}

/** Rows that pass, a block at a time: from the block of `from` to the end, then from the first row to there. */
export async function* scan(log: LogText, from: number, test: BlockTest): AsyncGenerator<Scanned> {
  const begin = log.blockAt(from).firstRow;
  for (const [first, end] of [
    [begin, log.rows],
    [0, begin],
  ] as const) {
    for (let row = first; row < end; ) {
      const block = log.blockAt(row);
      if (block.rows === 0) break;
      yield {rows: block.rows, found: test(block, log)};
      row = block.firstRow + block.rows;
      // Keys come first.
      await new Promise(resolve => setImmediate(resolve));
    }
  }
}

/** What makes the raw text differ from what is shown. */
const redrawn = /[\x1b\x08]/;

/** A search as less and vim have it with smartcase: small letters find capitals too. */
export function searchPattern(query: string): RegExp {
  return new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), query === query.toLowerCase() ? 'gi' : 'g');
}

export function textTest(query: string): BlockTest {
  const shown = searchPattern(query);
  const raw = searchPattern(query);
  // Of other characters the bytes tell neither where one begins nor what its capital is.
  const isAscii = /^[\x20-\x7e]*$/.test(query);
  return ({firstRow, text}) => {
    if (!isAscii) return rowsThat(text, firstRow, row => matches(shown, readable(row)));
    if (redrawn.test(text))
      return rowsThat(text, firstRow, row => (redrawn.test(row) ? matches(shown, readable(row)) : matches(raw, row)));
    const rows: number[] = [];
    let row = firstRow;
    let counted = 0;
    raw.lastIndex = 0;
    for (let match = raw.exec(text); match !== null; match = raw.exec(text)) {
      for (let end = text.indexOf('\n', counted); end >= 0 && end < match.index; end = text.indexOf('\n', counted)) {
        row++;
        counted = end + 1;
      }
      rows.push(row);
      const end = text.indexOf('\n', match.index);
      if (end < 0) break;
      raw.lastIndex = end;
    }
    return rows;
  };
}

function matches(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

function rowsThat(text: string, firstRow: number, wanted: (raw: string, row: number) => boolean): number[] {
  const rows: number[] = [];
  let row = firstRow;
  for (let start = 0; start < text.length; row++) {
    const end = text.indexOf('\n', start);
    const raw = text.slice(start, end < 0 ? text.length : end);
    if (wanted(raw, row)) rows.push(row);
    start = end < 0 ? text.length : end + 1;
  }
  return rows;
}

export type Level = 'all' | 'warning' | 'error';

/** What the log is narrowed to; null and `all` where it is not. */
export interface Filter {
  readonly unit: string | null;
  readonly level: Level;
}

/** Priorities as syslog(3) numbers them. */
const lowest: Readonly<Record<Exclude<Level, 'all'>, number>> = {warning: 4, error: 3};
const badStatus: ReadonlySet<string> = new Set(['FAILED', 'DEPEND', 'TIME']);

export function filterTest({unit, level}: Filter): BlockTest {
  return ({firstRow, text}, log) =>
    rowsThat(text, firstRow, (raw, row) => {
      const facts = log.factsOf(row);
      if (facts === null && ((unit !== null && !mayConcern(raw, unit)) || (level !== 'all' && !mayReach(raw))))
        return false;
      const entries = entriesOf(raw, row);
      return entries.some(
        entry =>
          (unit === null || concernsUnit(entry, facts, unit)) && (level === 'all' || reaches(entry, facts, level)),
      );
    });
}

function entriesOf(raw: string, row: number): Entry[] {
  const entries: Entry[] = [];
  parseTextLine(raw, row, entry => entries.push(entry));
  return entries;
}

/** Spares parsing lines that cannot be of a unit. */
function mayConcern(raw: string, unit: string): boolean {
  return raw.includes('[') || raw.includes(unit);
}

/** Spares parsing lines that have no priority and say nothing bad; colours can hide where a word begins. */
function mayReach(raw: string): boolean {
  return raw.includes('\x1b') || withPriority.test(raw) || looksAbnormal(raw);
}

/** A number as in syslog(2) and RFC 5424, a word as `dmesg -x` has it, or the word of a status line. */
const withPriority = /<\d{1,3}>|: *(?:emerg|alert|crit|err|warn)|\[ *(?:FAILED|DEPEND|TIME)/;

function concernsUnit(entry: Entry, facts: EntryFacts | null, unit: string): boolean {
  if (facts?.unit === unit || entry.unit === unit || entry.about === unit || entry.message.includes(unit)) return true;
  return facts === null && entry.identifier !== null && !entry.kernel && isProcessOf(entry.identifier, unit);
}

/** Where a form has no priorities, by its words. */
function reaches(entry: Entry, facts: EntryFacts | null, level: Exclude<Level, 'all'>): boolean {
  const priority = facts === null ? entry.priority : facts.priority;
  if (priority !== null) return priority <= lowest[level];
  return (entry.status !== null && badStatus.has(entry.status)) || isAbnormal(entry);
}
