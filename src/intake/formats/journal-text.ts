import {type Draft, parseHostAndTag, type TextFormat} from './format.js';

/** `Nov 22 21:05:45` or `Nov 22 21:05:45.684490`; the month may be in another language. */
const short = /^(\p{L}{3,5}\.?) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? /u;
const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,6}))?(Z|[+-]\d\d:?\d\d)? /;
const full = /^\p{L}{2,4}\.? (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? [A-Z+][\w+-]{1,5} /u;
const unix = /^(\d{9,10})\.(\d{6}) /;
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** busybox syslogd and some collectors put `facility.severity` behind the host. */
const facilityColumn = /^(\S+) (?:kern|user|mail|daemon|auth|syslog|cron|authpriv|local\d)\.\w+ (?=\S)/;

/** journalctl -o short and short-precise, and syslog files of RFC 3164: `Nov 22 21:05:45 host sshd[7]: message`. */
export const shortFormat: TextFormat = {
  name: 'journal-short',
  parse(line, draft) {
    const match = short.exec(line);
    if (match === null) return false;
    const month = monthNames.indexOf((match[1] as string).slice(0, 3).toLowerCase());
    draft.wallUs = wall(0, Math.max(month, 0), match[2], match[3], match[4], match[5], match[6]);
    return parseRest(line.slice(match[0].length), draft);
  },
};

/** journalctl -o short-iso and short-iso-precise, and RFC 3339 stamps of log collectors. */
export const isoFormat: TextFormat = {
  name: 'journal-short-iso',
  parse(line, draft) {
    const match = iso.exec(line);
    if (match === null) return false;
    draft.wallUs =
      wall(Number(match[1]), Number(match[2]) - 1, match[3], match[4], match[5], match[6], match[7]) -
      offsetUs(match[8]);
    return parseRest(line.slice(match[0].length), draft);
  },
};

/** journalctl -o short-full, and -o with-unit, which has the unit's name in place of the identifier. */
export const fullFormat: TextFormat = {
  name: 'journal-short-full',
  parse(line, draft) {
    const match = full.exec(line);
    if (match === null) return false;
    draft.wallUs = wall(Number(match[1]), Number(match[2]) - 1, match[3], match[4], match[5], match[6], match[7]);
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

function parseRest(column: string, draft: Draft): true {
  const rest = column.replace(facilityColumn, '$1 ');
  if (!parseHostAndTag(rest, draft)) draft.message = rest;
  return true;
}

function wall(
  year: number,
  month: number,
  day: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
): number {
  const seconds = Date.UTC(year || 2000, month, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
  return seconds * 1_000_000 + (fraction === undefined ? 0 : Number(fraction.padEnd(6, '0')));
}
