import {isCaptured} from './captured.js';
import {dmesgIso, month, monthNumber, wallUs, weekday} from './dates.js';
import {type Draft, parseHostAndTag, parseKernelMessage, type TextFormat} from './format.js';

/** `Nov 22 21:05:45` or `Nov 22 21:05:45.684490`. */
const short = new RegExp(String.raw`^(${month}) {1,4}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? `, 'u');
const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,6}))?(Z|[+-]\d\d:?\d\d)? /;
/** The zone is `UTC`, `CET`, or where it has no name `-03`. */
const full = new RegExp(
  String.raw`^${weekday} (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? [A-Z+-][\w+-]{1,5} `,
  'u',
);
const unix = /^(\d{9,10})\.(\d{6}) /;
/** busybox syslogd and some collectors put `facility.severity` behind the host, or where it is left out. */
const facilityColumn =
  /^(\S+ )?(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local\d)\.(\w{3,7}) (?=\S)/;
const severities = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

/** journalctl -o short and short-precise, and syslog files of RFC 3164: `Nov 22 21:05:45 host sshd[7]: message`. */
export const shortFormat: TextFormat = {
  name: 'journal-short',
  parse(line, draft) {
    const match = short.exec(line);
    if (match === null || !parseRest(line.slice(match[0].length), draft)) return false;
    const number = monthNumber(match[1] as string);
    draft.wallUs = wallUs(0, number, match[2], match[3], match[4], match[5], match[6]);
    return true;
  },
};

/** journalctl -o short-iso and short-iso-precise, and RFC 3339 stamps of log collectors; dmesg --time-format iso. */
export const isoFormat: TextFormat = {
  name: 'journal-short-iso',
  parse(line, draft) {
    const match = iso.exec(line);
    if (match === null) return false;
    const rest = line.slice(match[0].length);
    const isOfDmesg = dmesgIso.test(line);
    if (!isOfDmesg && isCaptured(rest)) return false;
    draft.wallUs =
      wallUs(Number(match[1]), Number(match[2]) - 1, match[3], match[4], match[5], match[6], match[7]) -
      offsetUs(match[8]);
    if (isOfDmesg) {
      draft.format = 'dmesg';
      return parseKernelMessage(rest, draft);
    }
    return parseRest(rest, draft);
  },
};

/** journalctl -o short-full, and -o with-unit, which has the unit's name in place of the identifier. */
export const fullFormat: TextFormat = {
  name: 'journal-short-full',
  parse(line, draft) {
    const match = full.exec(line);
    if (match === null) return false;
    draft.wallUs = wallUs(Number(match[1]), Number(match[2]) - 1, match[3], match[4], match[5], match[6], match[7]);
    return parseRest(line.slice(match[0].length), draft);
  },
};

/** journalctl -o short-unix. */
export const unixFormat: TextFormat = {
  name: 'journal-short-unix',
  parse(line, draft) {
    const match = unix.exec(line);
    if (match === null) return false;
    if (!parseHostAndTag(line.slice(match[0].length), draft)) return false;
    draft.wallUs = Number(match[1]) * 1_000_000 + Number(match[2]);
    return true;
  },
};

/** `+02:00` and `+0200` in µs; 0 for `Z` and none. */
function offsetUs(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000_000;
}

function parseRest(column: string, draft: Draft): boolean {
  if (isCaptured(column)) return false;
  const facility = facilityColumn.exec(column);
  const rest = facility === null ? column : `${facility[1] ?? ''}${column.slice(facility[0].length)}`;
  if (!parseHostAndTag(rest, draft)) draft.message = rest;
  const severity = severities.findIndex(name => facility?.[2]?.startsWith(name) === true);
  if (severity >= 0) draft.priority = severity;
  return true;
}
