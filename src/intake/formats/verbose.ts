import {decodeUtf8, stripControls} from '../clean.js';
import type {BlockParser, BlockSink} from './block.js';
import {entryFromFields, type JournalFields, longestValue} from './journal-fields.js';

/** The time in the reader's language, then the cursor: boot id, monotonic and wall clock time (hexadecimal µs). */
const header =
  /^\S.{0,80} \[s=[0-9a-f]{1,32};i=[0-9a-f]{1,16};b=([0-9a-f]{32});m=([0-9a-f]{1,16});t=([0-9a-f]{1,16});x=[0-9a-f]{1,16}\]$/;
const field = /^ {4}([A-Z_][A-Z0-9_]{0,63})=/;
/** What stands for bytes that are no text, where `-a` is missing. */
const blob = /^\[[\d.]+[BKMGTPE] blob data\]$/;

/**
 * journalctl -o verbose: a line with time and cursor, then `    FIELD=value` lines; further lines of a value are indented
 * as far as its first. Source: systemd's src/shared/logs-show.c.
 */
export function createVerboseParser(sink: BlockSink): BlockParser {
  let fields: JournalFields = {};
  let first = 0;
  /** The field that is being read, how far its lines are indented, and whether it has an earlier value, which counts. */
  let last: {name: string; indent: string; isAgain: boolean} | null = null;

  function end(): void {
    if (first > 0) {
      if (blob.test(fields['MESSAGE'] ?? '')) sink.leftOut();
      sink.entry(entryFromFields(fields, first, 'journal-verbose'));
    }
    fields = {};
    first = 0;
    last = null;
  }

  return {
    line(raw, number) {
      const line = shown(raw);
      if (first > 0) {
        const begin = field.exec(line);
        if (begin !== null) {
          const name = begin[1] as string;
          last = {name, indent: ' '.repeat(begin[0].length), isAgain: fields[name] !== undefined};
          fields[name] ??= line.slice(begin[0].length);
          return;
        }
        if (last !== null && line.startsWith(last.indent)) {
          const value = fields[last.name] ?? '';
          if (!last.isAgain && value.length < longestValue)
            fields[last.name] = `${value}\n${line.slice(last.indent.length)}`;
          return;
        }
        end();
      }
      const begin = header.exec(line);
      if (begin === null) return sink.other(raw, number);
      first = number;
      fields['_BOOT_ID'] = begin[1] as string;
      fields['__MONOTONIC_TIMESTAMP'] = String(Number.parseInt(begin[2] as string, 16));
      fields['__REALTIME_TIMESTAMP'] = String(Number.parseInt(begin[3] as string, 16));
    },
    end,
  };
}

/** Without the colours of a terminal, which journalctl gives to some lines, and carriage returns. */
function shown(raw: string): string {
  const line = raw.endsWith('\r') ? raw.replace(/\r+$/, '') : raw;
  const text = decodeUtf8(line);
  return text.includes('\x1b') ? stripControls(text) : text;
}
