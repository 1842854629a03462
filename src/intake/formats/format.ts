import type {Entry} from '../../model/entry.js';
import {readTaskColumns} from './task-columns.js';

/** An entry while a format fills it. Every field is there from the start: objects of one shape are quick to make and to read. */
export type Draft = {-readonly [Field in keyof Entry]: Entry[Field]};

/** A form whose every line stands alone. */
export interface TextFormat {
  readonly name: string;
  /**
   * Fills the draft from a cleaned line; false, and nothing filled, when the line is not of this form. The draft's format
   * is `name` already, which it may put more precisely.
   */
  parse(line: string, draft: Draft): boolean;
}

/** A draft that knows nothing but the line. */
export function createDraft(line: number, text: string): Draft {
  return {
    line,
    text,
    message: text,
    timeUs: null,
    wallUs: null,
    identifier: null,
    pid: null,
    unit: null,
    about: null,
    priority: null,
    bootId: null,
    messageId: null,
    invocationId: null,
    status: null,
    kernel: false,
    caller: null,
    fields: null,
    aside: false,
    format: 'plain',
    kind: 'line',
  };
}

/** `identifier[pid]: message`, also `(imesyncd)[294]: `, `@ystemctl[233]: ` and the unbalanced `(sd-exec-[210]: `. */
const tagged = /^([^\s[\]:]{1,64}|\([^)\s]{1,40}\)?)\[(\d{1,7})\]: ?/;
const untagged = /^([A-Za-z][\w.@\\-]{1,63}): /;

/** Reads `identifier[pid]: message` or, where `allowBare`, `identifier: message`; false when there is no tag. */
export function parseTag(text: string, draft: Draft, allowBare: boolean): boolean {
  const match = tagged.exec(text);
  if (match !== null) {
    draft.identifier = match[1] as string;
    draft.pid = Number(match[2]);
    draft.message = text.slice(match[0].length);
    return true;
  }
  const bare = allowBare ? untagged.exec(text) : null;
  if (bare === null) return false;
  draft.identifier = bare[1] as string;
  draft.message = text.slice(bare[0].length);
  return true;
}

/** `12.345678` or `12.345` seconds to µs, without rounding errors. */
export function secondsToUs(whole: string, fraction: string): number {
  return Number(whole) * 1_000_000 + Number(fraction.length === 6 ? fraction : fraction.padEnd(6, '0').slice(0, 6));
}

const unitName = /\.(?:service|scope|mount|automount|socket|target|swap|device|timer|path|slice)$/;

/** Reads `host identifier[pid]: message`, as journalctl prints it after the time, the host being optional. */
export function parseHostAndTag(rest: string, draft: Draft): boolean {
  const blank = rest.indexOf(' ');
  if (blank > 0 && rest.charCodeAt(blank - 1) !== 0x3a) {
    const after = rest.slice(blank + 1);
    if (after.startsWith('kernel: ')) return parseKernelMessage(after.slice(8), draft);
    if (parseTag(after, draft, true)) return named(draft);
  }
  if (rest.startsWith('kernel: ')) return parseKernelMessage(rest.slice(8), draft);
  return parseTag(rest, draft, true) && named(draft);
}

/** with-unit prints the unit where other modes print the identifier; PID 1 appears as `init.scope[1]`. */
function named(draft: Draft): true {
  const {identifier} = draft;
  if (identifier === 'init.scope') draft.identifier = 'systemd';
  else if (identifier?.includes('.') === true && unitName.test(identifier)) {
    draft.unit = identifier;
    draft.identifier = null;
  }
  return true;
}

/** What the kernel says of a process that it kills: arch/{x86,arm64}/mm/fault.c, arch/{powerpc,riscv}/kernel/traps.c. */
const crash =
  /^(?:segfault at |unhandled (?:signal|exception:|level|trap|page) |(?:segfault|bad frame|bus error|illegal instruction|floating point exception) \(\d)/;

/** `systemd[1]: segfault at …` is what the kernel says of PID 1, which says no such thing. */
function isOfItsCrash({pid, message}: Draft): boolean {
  return pid === 1 && crash.test(message);
}

const nestedStamp = /^\[ *(\d+)\.(\d{6})\](?:\[ *([TC]\d+)\])? ?/;

/** A kernel line; rsyslog keeps the kernel's own stamp in it, and PID 1 writes to the kernel log before journald is up. */
export function parseKernelMessage(text: string, draft: Draft): true {
  let message = text;
  const stamp = text.charCodeAt(0) === 0x5b ? nestedStamp.exec(text) : null;
  if (stamp !== null) {
    message = text.slice(stamp[0].length);
    draft.timeUs = secondsToUs(stamp[1] as string, stamp[2] as string);
    draft.caller = stamp[3] ?? null;
  }
  const columns = readTaskColumns(message);
  if (columns !== null) {
    message = message.slice(columns.length);
    draft.caller ??= columns.caller;
  }
  if (parseTag(message, draft, false) && !isOfItsCrash(draft)) return true;
  draft.message = message;
  draft.pid = null;
  draft.identifier = 'kernel';
  draft.kernel = true;
  return true;
}
