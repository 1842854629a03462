import type {Entry} from '../../model/entry.js';

/** What a text format finds in a line; what it leaves out is unknown. */
export type Parsed = Partial<Omit<Entry, 'line' | 'format'>> & {readonly message: string};

/** A form whose every line stands alone. */
export interface TextFormat {
  readonly name: string;
  /** The parts of a cleaned line, or null when it is not of this form. */
  parse(line: string): Parsed | null;
}

/** `identifier[pid]: message`, also `(imesyncd)[294]: `, `@ystemctl[233]: ` and the unbalanced `(sd-exec-[210]: `. */
const tagged = /^([^\s[\]:]{1,64}|\([^)\s]{1,40}\)?)\[(\d{1,7})\]: ?/;
const untagged = /^([A-Za-z][\w.@\\-]{1,63}): /;

/** Splits `identifier[pid]: message` or `identifier: message`; the message alone is kept where there is no tag. */
export function parseTag(text: string, allowBare: boolean): {identifier: string | null; pid: number | null; message: string} {
  const match = tagged.exec(text);
  if (match !== null) return {identifier: match[1] as string, pid: Number(match[2]), message: text.slice(match[0].length)};
  if (allowBare) {
    const bare = untagged.exec(text);
    if (bare !== null) return {identifier: bare[1] as string, pid: null, message: text.slice(bare[0].length)};
  }
  return {identifier: null, pid: null, message: text};
}

/** `12.345678` or `12.345` seconds to µs, without rounding errors. */
export function secondsToUs(whole: string, fraction: string): number {
  return Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

const unitName = /\.(?:service|scope|mount|automount|socket|target|swap|device|timer|path|slice)$/;

/** The parts of `host identifier[pid]: message` as journalctl prints them after the time; null where it is none. */
export function parseHostAndTag(rest: string): Parsed | null {
  const withHost = /^(\S+) (?=\S)/.exec(rest);
  if (withHost !== null) {
    const after = rest.slice(withHost[0].length);
    if (after.startsWith('kernel: ')) return kernelMessage(after.slice(8));
    const tag = parseTag(after, true);
    if (tag.identifier !== null && !(withHost[1] as string).endsWith(':')) return named(tag);
  }
  if (rest.startsWith('kernel: ')) return kernelMessage(rest.slice(8));
  const tag = parseTag(rest, true);
  return tag.identifier === null ? null : named(tag);
}

/** with-unit prints the unit where other modes print the identifier; PID 1 appears as `init.scope[1]`. */
function named(tag: {identifier: string | null; pid: number | null; message: string}): Parsed {
  if (tag.identifier === 'init.scope') return {...tag, identifier: 'systemd'};
  if (tag.identifier !== null && unitName.test(tag.identifier)) return {...tag, unit: tag.identifier, identifier: null};
  return tag;
}

const nestedStamp = /^\[ *(\d+)\.(\d{6})\](?:\[ *[TC]\d+\])? ?/;

/** A kernel line; rsyslog keeps the kernel's own stamp in it, and PID 1 writes to the kernel log before journald is up. */
export function kernelMessage(text: string): Parsed {
  const stamp = nestedStamp.exec(text);
  const message = stamp === null ? text : text.slice(stamp[0].length);
  const timeUs = stamp === null ? null : secondsToUs(stamp[1] as string, stamp[2] as string);
  const tag = parseTag(message, false);
  if (tag.identifier !== null) return {...tag, timeUs};
  return {message, timeUs, identifier: 'kernel', kernel: true};
}
