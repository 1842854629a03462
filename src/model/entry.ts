/** A line of a source as intake cuts it: bytes as latin1 text, so that nothing is lost before it is known to be UTF-8. */
export interface RawLine {
  /** 1-based; of a structured form the number of the entry's first line. */
  readonly number: number;
  readonly text: string;
  /** Numbers of the literals that the scanner found in it; null when it was not asked. */
  readonly literals: readonly number[] | null;
  /** The line was longer than intake keeps, and this is its beginning. */
  readonly cut: boolean;
}

/** One message of a log, whichever form it came in. Field names follow systemd.journal-fields(7). */
export interface Entry {
  /** 1-based; where an entry is not a line, its position among the entries, until it is handed to a reader. */
  readonly line: number;
  /** The line as it stands in the log, without control characters; of a structured form `identifier[pid]: message`. */
  readonly text: string;
  /** The message alone: no time stamp, host, `identifier[pid]:` or status field. */
  readonly message: string;
  /** µs since the kernel started, by the kernel's or the journal's monotonic clock. */
  readonly timeUs: number | null;
  /** µs since 1970, or since the start of an unknown year where the form has no year. */
  readonly wallUs: number | null;
  readonly identifier: string | null;
  readonly pid: number | null;
  /** The unit whose process wrote the message. */
  readonly unit: string | null;
  /** The unit that PID 1 speaks about (`UNIT=`). */
  readonly about: string | null;
  readonly priority: number | null;
  readonly bootId: string | null;
  readonly messageId: string | null;
  readonly invocationId: string | null;
  /** Tag of a status line on a console, upper case: `OK`, `FAILED`, `DEPEND`, `TIME` …; `` for `         Starting …`; null for other lines. */
  readonly status: string | null;
  /** Written by the kernel. */
  readonly kernel: boolean;
  /** Task (`T1`) or processor (`C0`) in which the kernel wrote it, where printk.caller is on. */
  readonly caller: string | null;
  /** Other journal fields that the unit state machine reads (`JOB_RESULT`, `EXIT_STATUS` …); null in unstructured forms. */
  readonly fields: Readonly<Record<string, string>> | null;
  /** The output of a command that stands beside the log: no message of the boot. */
  readonly aside: boolean;
  /** Name of the format it was read as. */
  readonly format: string;
  readonly kind: 'line' | 'entry';
}

/**
 * Shows entries that came shortly before, newest first, as far as intake still holds them, back to the line after `after`
 * or until `visit` returns false. `matters` says of a raw line whether it is worth parsing; others may be left out, but not an
 * entry of which a form's fields say that it is an error. `mayMatter` is asked first, about many lines at once: false where
 * none of them is.
 */
export type Recent = (
  after: number,
  visit: Visit<Entry>,
  matters?: (raw: string) => boolean,
  mayMatter?: (lines: string) => boolean,
) => void;

/** Takes one after the other; false: no more of them. */
export type Visit<T> = (item: T) => boolean;
