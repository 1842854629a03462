import {decodeUtf8} from '../clean.js';
import type {BlockParser, BlockSink} from './block.js';
import {isDmesgRecord, parseDmesgRecord} from './dmesg-json.js';
import {createDraft, type Draft, type TextFormat} from './format.js';
import {fillFromFields, type JournalFields} from './journal-fields.js';

/** journalctl -o json: one object a line. */
export const jsonFormat: TextFormat = {
  name: 'journal-json',
  parse(line, draft) {
    if (!line.includes('"__') && !line.includes('"MESSAGE"')) return false;
    const object = objectIn(line);
    return object !== null && parseObject(object, draft);
  },
};

/** What `-o json-seq` (RFC 7464) and `-o json-sse` (server-sent events) put before an object. */
const wrapping = /^(?:\x1e|data: )/;
const opening = /^\s*(?:\},\s*)?\{\r?$/;
const closing = /^\s*\}(?:,\s*\{?)?\r?$/;
/** dmesg -J puts its records in an array of one more object. */
const around = /^\s*"dmesg": \[\r?$/;
const ending = /^\s*[\]}]?,?\r?$/;
/** An object that is longer, in bytes, is torn or none of ours. */
const longestObject = 1 << 24;

/** journalctl -o json, json-pretty, json-seq and json-sse, and dmesg -J. */
export function createJsonParser(sink: BlockSink): BlockParser {
  let open: {lines: string[]; first: number; length: number} | null = null;

  /** What was begun is no object: its lines are what they are. */
  function giveUp(): void {
    const lines = open;
    open = null;
    if (lines === null) return;
    for (const [index, line] of lines.lines.entries()) sink.other(line, lines.first + index);
  }

  function emit(object: Record<string, unknown>, line: number, format: string): boolean {
    const draft = createDraft(line, '');
    draft.format = isDmesgRecord(object) ? 'dmesg-json' : format;
    if (!(isDmesgRecord(object) ? parseDmesgRecord(object, draft) : parseObject(object, draft))) return false;
    if (object['MESSAGE'] === null) sink.leftOut();
    sink.entry(draft);
    return true;
  }

  function close({lines, first}: NonNullable<typeof open>): boolean {
    const object = objectIn(decodeUtf8(`{${lines.slice(1).join('\n')}\n}`));
    return object !== null && emit(object, first, 'journal-json-pretty');
  }

  function single(raw: string, number: number): boolean {
    const before = wrapping.exec(raw)?.[0] ?? '';
    if (raw.charCodeAt(before.length) !== brace) return false;
    const object = objectIn(decodeUtf8(raw.slice(before.length)));
    return object !== null && emit(object, number, singleFormats[before] as string);
  }

  return {
    line(raw, number) {
      if (open !== null && closing.test(raw)) {
        if (!close(open)) {
          open.lines.push(raw);
          return giveUp();
        }
        open = null;
      }
      if (opening.test(raw)) {
        if (open !== null && !around.test(open.lines[1] ?? '')) giveUp();
        open = {lines: [raw], first: number, length: 0};
      } else if (open !== null) {
        open.lines.push(raw);
        open.length += raw.length;
        if (open.length > longestObject) giveUp();
      } else if (!ending.test(raw) && !single(raw, number)) sink.other(raw, number);
    },
    end: giveUp,
  };
}

const brace = 0x7b;
const singleFormats: Readonly<Record<string, string>> = {
  '': 'journal-json',
  '\x1e': 'journal-json-seq',
  'data: ': 'journal-json-sse',
};

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/**
 * A field can be an array (several values: the first is taken), an array of byte numbers (bytes that are no text), or null
 * (left out as too long, without -a). Source: https://systemd.io/JOURNAL_EXPORT_FORMATS/
 */
function parseObject(object: Record<string, unknown>, draft: Draft): boolean {
  if (!('__CURSOR' in object || '__REALTIME_TIMESTAMP' in object || 'MESSAGE' in object)) return false;
  const fields: JournalFields = {};
  for (const [name, value] of Object.entries(object)) {
    const text = fieldText(value);
    if (text !== null) fields[name] = text;
  }
  fillFromFields(fields, draft);
  return true;
}

function fieldText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return null;
  const first: unknown = Array.isArray(value[0]) ? value[0] : value;
  return bytesText(first) ?? (typeof value[0] === 'string' ? value[0] : null);
}

function bytesText(value: unknown): string | null {
  if (!Array.isArray(value) || typeof value[0] !== 'number') return null;
  return new TextDecoder().decode(Uint8Array.from(value as number[]));
}
