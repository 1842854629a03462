import {decodeUtf8} from '../clean.js';
import type {BlockParser, BlockSink} from './block.js';
import {entryFromFields, type JournalFields, longestValue} from './journal-fields.js';

const fieldLine = /^([A-Z_][A-Z0-9_]{0,63})=/;
const binaryName = /^[A-Z_][A-Z0-9_]{0,63}$/;

/**
 * journalctl -o export, journal-remote's stream: `FIELD=value` lines, an empty line after each entry. A binary field is
 * its name alone on a line, then 64 bits of length (little-endian), the bytes, a line end.
 * Source: https://systemd.io/JOURNAL_EXPORT_FORMATS/
 */
export function createExportParser(sink: BlockSink): BlockParser {
  let fields: JournalFields = {};
  let first = 0;
  /** A binary field in reading: its name, what came so far, how much is to come (null: the length is not whole yet). */
  let binary: {name: string; bytes: string; seen: number; isBegun: boolean; length: number | null} | null = null;

  const end = (): void => {
    if (first > 0) sink.entry(entryFromFields(fields, first, 'journal-export'));
    fields = {};
    first = 0;
  };
  const more = (line: string): void => {
    if (binary === null) return;
    const part = binary.isBegun ? `\n${line}` : line;
    binary.seen += part.length;
    if (binary.bytes.length < longestValue) binary.bytes += part;
    binary.isBegun = true;
    if (binary.length === null && binary.bytes.length >= 8) {
      binary.length = littleEndian(binary.bytes);
      binary.bytes = binary.bytes.slice(8);
      binary.seen -= 8;
    }
    if (binary.length !== null && binary.seen >= binary.length) {
      fields[binary.name] = decodeUtf8(binary.bytes.slice(0, binary.length));
      binary = null;
    }
  };
  return {
    line(line, number) {
      if (binary !== null) return more(line);
      if (line === '' || line === '\r') return end();
      const match = fieldLine.exec(line);
      if (match !== null) {
        if (first === 0) first = number;
        fields[match[1] as string] = decodeUtf8(line.slice(match[0].length));
      } else if (binaryName.test(line)) {
        if (first === 0) first = number;
        binary = {name: line, bytes: '', seen: 0, isBegun: false, length: null};
      } else sink.other(line, number);
    },
    end,
  };
}

/** 64 bits; longer than 2^32 bytes is no field, but a torn file. */
function littleEndian(bytes: string): number {
  let value = 0;
  for (let i = 7; i >= 0; i--) value = value * 256 + bytes.charCodeAt(i);
  return value > 2 ** 32 ? 0 : value;
}
