import {type Draft, parseHostAndTag, parseKernelMessage, parseTag, secondsToUs, type TextFormat} from './format.js';

const stamp = /^(?:<(\d{1,3})>)?\[ *(\d+)\.(\d{3,6})\](?:\[ *[TC]\d+\])? ?/;
const hostColumn = /^[\w.-]+ (?:kernel: |[^\s[\]:]{1,64}\[\d{1,7}\]: )/;

/**
 * `[   12.345678] message`: dmesg, serial consoles (kernel lines and journald's forward_to_console lines) and, with a host
 * column, journalctl -o short-monotonic. printk.caller adds `[    T1]`. Source: kernel/printk/printk.c, journald-console.c.
 */
export const kernelFormat: TextFormat = {
  name: 'kernel',
  parse(line, draft) {
    const match = stamp.exec(line);
    if (match === null) return false;
    const rest = line.slice(match[0].length);
    if (!(hostColumn.test(rest) && parseHostAndTag(rest, draft))) parseKernelMessage(rest, draft);
    draft.timeUs = secondsToUs(match[2] as string, match[3] as string);
    if (match[1] !== undefined) draft.priority = Number(match[1]) & 7;
    return true;
  },
};

const levelColumns = /^(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local\d) *:(\w+) *: /;
const levels = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];
const wallStamp = /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})\] /;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** dmesg -x puts `kern  :err   : ` first, dmesg -T prints `[Tue Jan 20 10:17:44 2026] `. Source: dmesg(1) of util-linux. */
export const dmesgFormat: TextFormat = {
  name: 'dmesg',
  parse(line, draft) {
    const columns = levelColumns.exec(line);
    if (columns !== null)
      return parseLevelled(line.slice(columns[0].length), levels.indexOf(columns[1] as string), draft);
    const wall = wallStamp.exec(line);
    if (wall === null) return false;
    const [, month, day, hour, minute, second, year] = wall as unknown as string[];
    draft.wallUs =
      Date.UTC(
        Number(year),
        months.indexOf(month as string),
        Number(day),
        Number(hour),
        Number(minute),
        Number(second),
      ) * 1000;
    return parseKernelMessage(line.slice(wall[0].length), draft);
  },
};

function parseLevelled(rest: string, level: number, draft: Draft): true {
  if (!kernelFormat.parse(rest, draft)) parseKernelMessage(rest, draft);
  if (level >= 0) draft.priority = level;
  return true;
}

/** `systemd[1]: message` without any stamp, as early consoles and pasted excerpts have it. */
export const tagFormat: TextFormat = {
  name: 'plain',
  parse: (line, draft) => parseTag(line, draft, false),
};
