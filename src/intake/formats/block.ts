import type {Entry} from '../../model/entry.js';

/** Reads a form whose entries can be several lines. It is given every line, as latin1 text without its line end. */
export interface BlockParser {
  line(line: string, number: number): void;
  /** No more lines come: what is begun is handed on. */
  end(): void;
}

export interface BlockSink {
  /** An entry counts as the line of its first. */
  entry(entry: Entry): void;
  /** A line that is not of the form. */
  other(line: string, number: number): void;
  /** The entry that comes next has a message, but whoever wrote the log left its words out. */
  leftOut(): void;
}
