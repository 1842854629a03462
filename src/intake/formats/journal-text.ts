import {parseHostAndTag, type TextFormat} from './format.js';

/** `Nov 22 21:05:45` or `Nov 22 21:05:45.684490`; the month may be in another language. */
const short = /^(\p{L}{3,5}\.?) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? /u;
const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,6}))?(Z|[+-]\d\d:?\d\d)? /;
const full = /^\p{L}{2,4}\.? (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))? [A-Z+][\w+-]{1,5} /u;
const unix = /^(\d{9,10})\.(\d{6}) /;
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const facilityColumn = /^(\S+) (?:kern|user|mail|daemon|auth|syslog|cron|authpriv|local\d)\.\w+ (?=\S)/;

/** journalctl -o short and short-precise, and syslog files of RFC 3164: `Nov 22 21:05:45 host sshd[7]: message`. */
export const shortFormat: TextFormat = {
  name: 'journal-short',
  parse(line) {
    const match = short.exec(line);
    if (match === null) return null;
    const month = monthNames.indexOf((match[1] as string).slice(0, 3).toLowerCase());
    const wallUs = wall(0, Math.max(month, 0), match[2], match[3], match[4], match[5], match[6]);
    const rest = line.slice(match[0].length);
    const parsed = parseHostAndTag(rest);
    return {...(parsed ?? {message: rest}), wallUs};
  },
};

/** journalctl -o short-iso and short-iso-precise, and RFC 3339 stamps of log collectors. */
export const isoFormat: TextFormat = {
  name: 'journal-short-iso',
  parse(line) {
    const match = iso.exec(line);
    if (match === null) return null;
    const wallUs = wall(Number(match[1]), Number(match[2]) - 1, match[3], match[4], match[5], match[6], match[7]);
    const rest = line.slice(match[0].length).replace(facilityColumn, '$1 ');
    const parsed = parseHostAndTag(rest);
    return {...(parsed ?? {message: rest}), wallUs};
  },
};

/** journalctl -o short-full, and -o with-unit, which has the unit's name in place of the identifier. */
export const fullFormat: TextFormat = {
  name: 'journal-short-full',
  parse(line) {
    const match = full.exec(line);
    if (match === null) return null;
    const wallUs = wall(Number(match[1]), Number(match[2]) - 1, match[3], match[4], match[5], match[6], match[7]);
    const rest = line.slice(match[0].length);
    return {...(parseHostAndTag(rest) ?? {message: rest}), wallUs};
  },
};

/** journalctl -o short-unix. */
export const unixFormat: TextFormat = {
  name: 'journal-short-unix',
  parse(line) {
    const match = unix.exec(line);
    if (match === null) return null;
    const parsed = parseHostAndTag(line.slice(match[0].length));
    return parsed === null ? null : {...parsed, wallUs: Number(match[1]) * 1_000_000 + Number(match[2])};
  },
};

function wall(year: number, month: number, ...rest: readonly (string | undefined)[]): number {
  const [day, hour, minute, second, fraction] = rest;
  const seconds = Date.UTC(year || 2000, month, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
  return seconds * 1_000_000 + Number((fraction ?? '').padEnd(6, '0'));
}
