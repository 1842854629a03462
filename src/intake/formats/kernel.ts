import {isCaptured} from './captured.js';
import {month, monthNumber, wallUs, weekday} from './dates.js';
import {type Draft, parseHostAndTag, parseKernelMessage, parseTag, secondsToUs, type TextFormat} from './format.js';

/** printk.caller adds `[    T1]`, and dmesg -d the time since the line before. */
const stamp = /^(?:<(\d{1,3})>)?\[ *(\d+)\.(\d{3,6})( {4,40}| < *\d+\.\d+ ?>)?\](?:\[ *([TC]\d+)\])? ?/;
/** `host kernel: ` or `host ident[pid]: `; without a host only what no console has. */
const journalColumns = /^(?:kernel: |[\w.-]+ (?:kernel: |[^\s[\]:]{1,64}\[\d{1,7}\]: ))/;

/**
 * `[   12.345678] message`: dmesg, serial consoles (kernel lines and journald's forward_to_console lines) and, with a host
 * column, journalctl -o short-monotonic and short-delta. Source: kernel/printk/printk.c, systemd's journald-console.c and
 * logs-show.c.
 */
export const kernelFormat: TextFormat = {
  name: 'kernel',
  parse(line, draft) {
    const match = stamp.exec(line);
    if (match === null) return false;
    const [whole, level, seconds, fraction, delta, caller] = match;
    const rest = line.slice(whole.length);
    if (journalColumns.test(rest) && parseHostAndTag(rest, draft))
      draft.format = delta === undefined ? 'journal-short-monotonic' : 'journal-short-delta';
    else {
      parseKernelMessage(rest, draft);
      if (delta !== undefined) draft.format = 'dmesg';
    }
    draft.timeUs = secondsToUs(seconds as string, fraction as string);
    if (caller !== undefined) draft.caller = caller;
    if (level !== undefined) draft.priority = Number(level) & 7;
    return true;
  },
};

/** Of the kernel's own facility: `<4>`, not the `<30>` of a daemon; without a date of syslog. */
const levelAlone = /^<([0-7])>(?![\s<]|1 |\d{4}-|[A-Z][a-z]{2} {1,2}\d)(?!\S{1,64} kernel: )/;

/** `<4>message`: a console or `dmesg -r` of a kernel without printk.time. */
export const levelFormat: TextFormat = {
  name: 'kernel',
  parse(line, draft) {
    const match = levelAlone.exec(line);
    if (match === null) return false;
    parseKernelMessage(line.slice(match[0].length), draft);
    draft.priority = Number(match[1]);
    return true;
  },
};

const levelColumns = /^(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local\d) *:(\w+) *: /;
const levels = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];
const callerColumn = String.raw`(?:\[ *([TC]\d+)\])?`;
const sinceBefore = String.raw`< *\d+\.\d+>`;
/** dmesg -T, in the reader's language, with -d too. */
const wallStamp = new RegExp(
  String.raw`^\[${weekday} (${month}) {1,4}(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})(?: ${sinceBefore})?\]${callerColumn} ?`,
  'u',
);
/** dmesg -e and -H: the minute, where it is another, else the time since the line before; that alone with `delta`. */
const relativeStamp = new RegExp(
  String.raw`^\[(?:${month} ?\d{1,2} \d\d:\d\d| *\+\d+\.\d+|${sinceBefore})\]${callerColumn} ?`,
  'u',
);

/** dmesg with the stamps that it makes itself, and -x, which puts `kern  :err   : ` first. Source: dmesg(1) of util-linux. */
export const dmesgFormat: TextFormat = {
  name: 'dmesg',
  parse(line, draft) {
    if (line.charCodeAt(0) === 0x5b) return parseStamped(line, draft);
    const columns = levelColumns.exec(line);
    if (columns === null) return false;
    const rest = line.slice(columns[0].length);
    if (!parseStamped(rest, draft) && !kernelFormat.parse(rest, draft)) parseKernelMessage(rest, draft);
    draft.priority = levelOf(columns[1] as string);
    return true;
  },
};

/** A level's name to its number; null for none that is known. */
export function levelOf(name: string): number | null {
  const level = levels.indexOf(name);
  return level < 0 ? null : level;
}

/** printk.caller without printk.time. */
const callerAlone = /^\[ *([TC]\d+)\] ?/;

function parseStamped(line: string, draft: Draft): boolean {
  const wall = wallStamp.exec(line);
  if (wall === null) {
    const relative = relativeStamp.exec(line) ?? callerAlone.exec(line);
    if (relative === null) return false;
    draft.caller = relative[1] ?? null;
    return parseKernelMessage(line.slice(relative[0].length), draft);
  }
  const [whole, name, day, hour, minute, second, year, caller] = wall as unknown as string[];
  if (isCaptured(line.slice((whole as string).length))) return false;
  draft.caller = caller ?? null;
  draft.wallUs = wallUs(Number(year), monthNumber(name as string), day, hour, minute, second, undefined);
  return parseKernelMessage(line.slice((whole as string).length), draft);
}

/** `systemd[1]: message` and `kernel: message` without any stamp, as early consoles and pasted excerpts have it. */
export const tagFormat: TextFormat = {
  name: 'plain',
  parse: (line, draft) =>
    line.startsWith('kernel: ') ? parseKernelMessage(line.slice(8), draft) : parseTag(line, draft, false),
};

/** ` kernel:message`: what rsyslog writes to every terminal, below `Message from syslogd@host at …`. Its module omusrmsg. */
export const broadcastFormat: TextFormat = {
  name: 'plain',
  parse: (line, draft) =>
    line.startsWith(' kernel:') && line.charCodeAt(8) > 0x20 && parseKernelMessage(line.slice(8), draft),
};

const stamp3270 = /^[c¢Ý] *(\d+)\.(\d{6})[!¨] /;
const brackets3270 = /[c¢Ý](?=[<#]|[\w-]{2,64}[!¨](?:\s|$))([\w<>#.-]{1,64})[!¨]/g;

/**
 * The console of a 3270 terminal has no square brackets: IBM's code pages show others in their place, `¢` and `!` or `Ý` and
 * `¨`, and `c` is what is left of `¢` where the text was copied without its encoding.
 */
export const terminalFormat: TextFormat = {
  name: 'kernel',
  parse(line, draft) {
    const match = stamp3270.exec(line);
    if (match === null) return false;
    parseKernelMessage(line.slice(match[0].length).replace(brackets3270, '[$1]'), draft);
    draft.timeUs = secondsToUs(match[1] as string, match[2] as string);
    return true;
  },
};
