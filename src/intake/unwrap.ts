import {dmesgIso} from './formats/dates.js';

/**
 * What stands before the log's own line: the stamp of the tool that captured it, quote marks, a list's bullet. A stamp of
 * a capture tool is not the machine's clock, and is dropped.
 * Sources: ts(1) of moreutils, minicom(1), tio(1), conserver.cf(5), the CRI log format of Kubernetes.
 */

interface Wrapper {
  readonly prefix: RegExp;
  /** Nothing else begins like this; others are taken off only where a known form, or a stamped capture, shows below. */
  readonly isSure: boolean;
  readonly isDate?: boolean;
  /** It can begin with a letter. */
  readonly isNamed?: boolean;
}

const date = String.raw`\d{4}-\d\d-\d\d`;
const time = String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`;
const zone = String.raw`(?:Z| ?[+-]\d\d:?\d\d)?`;

const wrappers: readonly Wrapper[] = [
  // `> `, also of an answer to an answer.
  {prefix: /^(?:> ?)+(?=[^>\s]|\s{4,})/, isSure: true},
  // minicom, tio, `ts '[%F %T]'`, and collectors.
  {prefix: new RegExp(`^\\[(?:${date}[ T])?${time}${zone}\\] ?`), isSure: true},
  // `ts '[%c]'`; dmesg -T looks alike, but has no second stamp.
  {prefix: /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\] /, isSure: false},
  // A hypervisor's or a test bench's name of the line: `[guest0/uart0] `.
  {prefix: /^\[[A-Za-z][\w.-]*\/[\w.-]+\] /, isSure: true},
  // `ts -s`, `ts -i`.
  {prefix: new RegExp(`^${time} `), isSure: true},
  // `ts %.s`, `ts %s`.
  {prefix: /^\d{9,10}(?:\.\d{1,9})? /, isSure: false},
  // Collectors; Kubernetes puts the container's stream behind it.
  {prefix: new RegExp(`^${date}[ T]${time}${zone}:? (?:(?:stdout|stderr) [FP] )?`), isSure: false, isDate: true},
  // `ts`
  {prefix: /^\p{L}{3,5}\.? {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,6})?:? /u, isSure: false, isDate: true, isNamed: true},
  {prefix: /^<\d{1,3}>(?=\S)/, isSure: false},
  // The test driver of NixOS: the machine's name.
  {prefix: /^[a-z][\w-]{0,40} # /, isSure: true},
  // Containers side by side: `web-1  | `.
  {prefix: /^[\w.-]{1,64} *\| /, isSure: false, isNamed: true},
  // `nix build -L`: the name of the derivation.
  {prefix: /^[\w.+-]{1,80}> /, isSure: false, isNamed: true},
  {prefix: /^\s*(?:[-*+•]|\d{1,6}[:.)|]?) +/, isSure: false},
  {prefix: /^\s+/, isSure: false},
];

const named = wrappers.filter(({isNamed}) => isNamed);

/** Those that may stand before a line: of the many that begin with a letter few can. */
function wrappersOf(line: string): readonly Wrapper[] {
  const first = line.charCodeAt(0) | 0x20;
  return first >= 0x61 && first <= 0x7a ? named : wrappers;
}

/** More than this around a line is no wrapping. */
const deepest = 4;

/**
 * Reads a line that no form knows, without what is around it. `read` says whether some form knows a line. The line inside, or
 * null where nothing is around it.
 */
export function unwrap(line: string, isStamped: boolean, read: (inner: string) => boolean, depth = 0): string | null {
  for (const {prefix, isSure, isDate} of wrappersOf(line)) {
    const match = prefix.exec(line);
    if (match === null) continue;
    const inner = line.slice(match[0].length);
    if (read(inner)) return inner;
    const deeper = depth + 1 < deepest ? unwrap(inner, isStamped, read, depth + 1) : null;
    if (deeper !== null && deeper !== inner) return deeper;
    if (isSure || (isDate && isStamped)) return inner;
  }
  return null;
}

/** Whether a text is nothing but what can stand before a line. */
export function isWrapping(text: string): boolean {
  let rest = text;
  for (let depth = 0; rest !== '' && depth < deepest; depth++) {
    const match = wrappers.map(({prefix}) => prefix.exec(rest)).find(found => found !== null);
    if (match === undefined) return false;
    rest = rest.slice(match[0].length);
  }
  return rest === '';
}

/** What follows a date that journals and capture tools write alike; null where none stands there. */
function afterDate(line: string): string | null {
  if (dmesgIso.test(line)) return null;
  for (const {prefix, isDate} of wrappersOf(line)) {
    const match = isDate === true ? prefix.exec(line) : null;
    if (match !== null) return line.slice(match[0].length);
  }
  return null;
}

/** The kernel's stamp, or a status field. */
const onConsole = /^(?:<\d{1,3}>)?\[ *(?:\d+\.\d{3,6}|\x1b?\[?[\d;]*m? *[A-Z*!]{1,6}[ \x1b])| {9}[A-Z][a-z]+ing /;
/** `host identifier[pid]: `, the host or the number being optional. */
const inJournal = /^(?:[\w.-]+ )?(?:kernel: |[^\s[\]:]{1,64}\[\d{1,7}\]: )|^[\w.-]+ [\w.@/-]{1,64}: /;

/** Of a log's first lines: their dates were put there by what captured them, not by a journal. */
export function isStampedCapture(sample: string): boolean {
  let console = 0;
  let journal = 0;
  let dated = 0;
  for (const line of sample.split('\n', 400)) {
    const rest = afterDate(line.replace(/\r+$/, ''));
    if (rest === null) continue;
    dated++;
    if (onConsole.test(rest)) console++;
    else if (inJournal.test(rest)) journal++;
  }
  return dated > 2 && (console > journal || journal * 4 < dated);
}

/** A writer with its process id, or the kernel. */
const surelyJournal = /^(?:[\w.-]+ )?(?:kernel: |[^\s[\]:]{1,64}\[\d{1,7}\]: |\([^)\s]{1,40}\)?\[\d)/;

/** What a capture tool's date stands before; null where a line has none, or it is a journal's, whatever else the log is. */
export function afterCaptureDate(line: string): string | null {
  const rest = afterDate(line);
  return rest === null || surelyJournal.test(rest) ? null : rest;
}
