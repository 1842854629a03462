import {cleanText} from '../clean.js';
import {kernelMessage, type Parsed} from './format.js';

/** Fields of one journal entry as text; systemd.journal-fields(7). */
export type JournalFields = Record<string, string>;

/** An entry of a structured form (json, export) in our words. Times: systemd's journal-export-formats. */
export function fromJournalFields(fields: JournalFields): Parsed {
  const transport = fields['_TRANSPORT'];
  const identifier = fields['SYSLOG_IDENTIFIER'] ?? fields['_COMM'] ?? null;
  const message = cleanText(fields['MESSAGE'] ?? '').replace(/\n/g, ' ');
  const pid = fields['_PID'] ?? fields['SYSLOG_PID'];
  const isKernel = transport === 'kernel' && (identifier === 'kernel' || identifier === null);
  const monotonic = isKernel ? fields['_SOURCE_MONOTONIC_TIMESTAMP'] : fields['__MONOTONIC_TIMESTAMP'];
  const tag = `${identifier ?? 'unknown'}${pid === undefined ? '' : `[${pid}]`}`;
  return {
    ...(isKernel ? kernelMessage(message) : {message, identifier}),
    ...(isKernel || pid === undefined ? {} : {pid: Number(pid)}),
    text: cleanText(`${tag}: ${message}`),
    timeUs: number(monotonic ?? fields['__MONOTONIC_TIMESTAMP']),
    wallUs: number(fields['_SOURCE_REALTIME_TIMESTAMP'] ?? fields['__REALTIME_TIMESTAMP']),
    unit: fields['_SYSTEMD_UNIT'] === 'init.scope' ? null : (fields['_SYSTEMD_UNIT'] ?? null),
    about: fields['UNIT'] ?? fields['USER_UNIT'] ?? null,
    priority: number(fields['PRIORITY']),
    bootId: fields['_BOOT_ID'] ?? null,
    messageId: fields['MESSAGE_ID'] ?? null,
    invocationId: fields['INVOCATION_ID'] ?? fields['_SYSTEMD_INVOCATION_ID'] ?? null,
    fields,
    kind: 'entry',
  };
}

function number(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
