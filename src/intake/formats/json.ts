import type {Draft, TextFormat} from './format.js';
import {fillFromFields, type JournalFields} from './journal-fields.js';

/**
 * journalctl -o json: one object a line. A field can be an array (several values: the first is taken), an array of byte
 * numbers (binary), or null (too long without -a).
 */
export const jsonFormat: TextFormat = {
  name: 'journal-json',
  parse(line, draft) {
    if (!line.includes('"__') && !line.includes('"MESSAGE"')) return false;
    let object: unknown;
    try {
      object = JSON.parse(line);
    } catch {
      return false;
    }
    if (typeof object !== 'object' || object === null || Array.isArray(object)) return false;
    return parseObject(object as Record<string, unknown>, draft);
  },
};

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
  if (typeof value[0] === 'number') return new TextDecoder().decode(Uint8Array.from(value as number[]));
  return fieldText(value[0]);
}
