import type {ByteSource, SourceFile, SourcePart} from '../model/byte-source.js';
import type {Entry} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import {createLogPart, type EntryFacts, type LogPart, readable} from './part.js';
import {rowsInGroup} from './rows.js';

/** All rows of a log, of several files one after the other; rows are numbered from 0. */
export interface LogText {
  readonly rows: number;
  /** The row's text, safe for a terminal. */
  textOf(row: number): string;
  /** The row's bytes as latin1 text. */
  rawOf(row: number): string;
  lineOf(row: number): {readonly line: number; readonly source: number};
  /** The row's line as evidence names it. */
  evidencePlace(row: number): Pick<Evidence, 'line' | 'source'>;
  /** Files that the source has. */
  readonly parts: number;
  rowOf(evidence: Pick<Evidence, 'line' | 'source'>): number;
  factsOf(row: number): EntryFacts | null;
  /** The rows from a row on, or those before it, in blocks of latin1 text; a block begins where a group of rows does. */
  blockAt(row: number): Block;
  close(): void;
}

export interface Block {
  readonly firstRow: number;
  readonly rows: number;
  /** The rows, with a line end after each. */
  readonly text: string;
}

/** About half a megabyte of a usual log: long enough to be quick, short enough not to hold up a key. */
const groupsInBlock = 64;

export interface RecordedLog extends LogText {
  /** The source with an ear on it: what it reads is kept. */
  readonly source: ByteSource;
  /** To be given every entry of a structured form. */
  readonly onEntry: (entry: Entry) => void;
}

/**
 * Keeps what is read of a source so that it can be shown: where it stands in a file there, else in a spill file.
 * `onFailure`: where that cannot be written, the source is read on, and is not kept; without it, reading fails.
 */
export function recordLog({parts, ...source}: ByteSource, onFailure?: (error: unknown) => void): RecordedLog {
  let isKept = true;
  const keep = (write: () => void): void => {
    if (!isKept) return;
    try {
      write();
    } catch (error) {
      if (onFailure === undefined) throw error;
      isKept = false;
      onFailure(error);
    }
  };
  const read: LogPart[] = [];
  const firstRow = (part: number): number => read.slice(0, part).reduce((sum, {rows}) => sum + rows, 0);
  const place = (row: number): {part: LogPart; source: number; row: number} | null => {
    let rest = row;
    for (const [source, part] of read.entries()) {
      if (rest < part.rows) return {part, source, row: rest};
      rest -= part.rows;
    }
    return null;
  };
  const recorded = parts.map((part): SourcePart => {
    let log: LogPart | null = null;
    const begin = (): LogPart => {
      if (log === null) {
        log = createLogPart(part.name);
        read.push(log);
      }
      return log;
    };
    return {
      ...part,
      async *chunks() {
        const kept = begin();
        for await (const chunk of part.chunks()) {
          keep(() => kept.append(chunk));
          yield chunk;
        }
      },
      // Its files are read in no order that is known here: what is kept of them are their entries.
      ...(part.journal !== undefined && {
        journal: part.journal.map(file => ({...file, chunks: () => beginning(file.chunks, begin)})),
      }),
    };
  });
  const rawOf = (row: number): string => {
    const at = place(row);
    return at === null ? '' : at.part.raw(at.row);
  };
  return {
    source: {...source, parts: recorded},
    onEntry: entry => keep(() => read.at(-1)?.addEntry(entry)),
    get rows() {
      return firstRow(read.length);
    },
    textOf: row => readable(rawOf(row)),
    rawOf,
    lineOf(row) {
      const at = place(row);
      return at === null ? {line: row + 1, source: 0} : {line: at.part.lineOf(at.row), source: at.source};
    },
    evidencePlace(row) {
      const {line, source} = this.lineOf(row);
      return parts.length > 1 ? {line, source} : {line};
    },
    parts: parts.length,
    rowOf: ({line, source = 0}) => firstRow(source) + (read[source]?.rowOf(line) ?? 0),
    factsOf(row) {
      const at = place(row);
      return at === null ? null : at.part.factsOf(at.row);
    },
    blockAt(row) {
      const at = place(row);
      if (at === null) return {firstRow: row, rows: 0, text: ''};
      const group = Math.floor(at.row / rowsInGroup / groupsInBlock) * groupsInBlock;
      const first = group * rowsInGroup;
      const rows = Math.min(groupsInBlock * rowsInGroup, at.part.rows - first);
      return {firstRow: row - at.row + first, rows, text: at.part.block(group, groupsInBlock)};
    },
    close() {
      for (const part of read) part.close();
    },
  };
}

async function* beginning(chunks: SourceFile['chunks'], begin: () => void): AsyncIterable<Uint8Array> {
  begin();
  yield* chunks();
}
