import type {Entry} from '../../model/entry.js';
import {stripControls} from '../clean.js';
import {createDraft, type Draft, parseKernelMessage} from './format.js';

/** Fields of one journal entry as text; systemd.journal-fields(7). */
export type JournalFields = Record<string, string>;

/** The fields that are read; others need not be taken from a journal file. */
export const entryFields: ReadonlySet<string> = new Set([
  'INVOCATION_ID',
  'MESSAGE',
  'MESSAGE_ID',
  'PRIORITY',
  'SYSLOG_IDENTIFIER',
  'SYSLOG_PID',
  'UNIT',
  'USER_UNIT',
  '_COMM',
  '_HOSTNAME',
  '_PID',
  '_SOURCE_MONOTONIC_TIMESTAMP',
  '_SOURCE_REALTIME_TIMESTAMP',
  '_SYSTEMD_INVOCATION_ID',
  '_SYSTEMD_UNIT',
  '_TRANSPORT',
]);

/** What is kept of a value, in bytes: a core dump can be one. */
export const longestValue = 1 << 20;

/** An entry of a form, which begins at this line. */
export function entryFromFields(fields: JournalFields, line: number, format: string): Entry {
  const draft = createDraft(line, '');
  draft.format = format;
  fillFromFields(fields, draft);
  return draft;
}

/** An entry of a structured form (json, export, verbose) in our words. Times: https://systemd.io/JOURNAL_EXPORT_FORMATS/ */
export function fillFromFields(fields: JournalFields, draft: Draft): void {
  const shown = (name: string): string | null => (fields[name] === undefined ? null : stripControls(fields[name]));
  const identifier = shown('SYSLOG_IDENTIFIER') ?? shown('_COMM');
  const message = stripControls(fields['MESSAGE'] ?? '').replace(/\n/g, ' ');
  const pid = fields['_PID'] ?? fields['SYSLOG_PID'];
  const isKernel = fields['_TRANSPORT'] === 'kernel' && (identifier === 'kernel' || identifier === null);
  draft.kind = 'entry';
  draft.fields = fields;
  draft.text = stripControls(
    `${identifier ?? 'unknown'}${pid === undefined || isKernel ? '' : `[${pid}]`}: ${message}`,
  );
  draft.message = message;
  draft.identifier = identifier;
  draft.pid = number(pid);
  if (isKernel) parseKernelMessage(message, draft);
  draft.timeUs = number(
    (isKernel ? fields['_SOURCE_MONOTONIC_TIMESTAMP'] : undefined) ?? fields['__MONOTONIC_TIMESTAMP'],
  );
  draft.wallUs = number(fields['_SOURCE_REALTIME_TIMESTAMP'] ?? fields['__REALTIME_TIMESTAMP']);
  draft.unit = fields['_SYSTEMD_UNIT'] === 'init.scope' ? null : shown('_SYSTEMD_UNIT');
  draft.about = shown('UNIT') ?? shown('USER_UNIT');
  draft.priority = number(fields['PRIORITY']);
  draft.bootId = shown('_BOOT_ID');
  draft.messageId = shown('MESSAGE_ID');
  draft.invocationId = shown('INVOCATION_ID') ?? shown('_SYSTEMD_INVOCATION_ID');
}

function number(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
