import {parseHostAndTag, parseKernelMessage, type TextFormat} from './format.js';
import {isoFormat, shortFormat} from './journal-text.js';

/** `<30>1 2026-11-22T21:05:45.003Z host app procid msgid [structured data] message`; the stamp is parsed as elsewhere. */
const header =
  /^(?:<(\d{1,3})>)?1 (\S+) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (?:-|((?:\[[^\]"]{1,80}(?:"(?:[^"\\]|\\.){0,1000}"[^\]"]{0,80}){0,20}\])+))(?: (.*))?$/;
/** rsyslog writes a blank too many: that of RFC 3164, behind the tag. */
const beforeText = /^ ?(?:\ufeff|BOM(?=\S))?/;

/** RFC 5424, as rsyslog's RSYSLOG_SyslogProtocol23Format and `logger --rfc5424` write it. */
export const syslogFormat: TextFormat = {
  name: 'syslog',
  parse(line, draft) {
    const match = header.exec(line);
    if (match === null) return false;
    const [, priority, stamp, host, app, pid, , , text = ''] = match as unknown as string[];
    // `logger` without a terminal has no stamp: NILVALUE.
    if (stamp !== '-' && !isoFormat.parse(`${stamp} ${host} x: `, draft)) return false;
    const message = text.replace(beforeText, '');
    draft.identifier = null;
    if (app === 'kernel') parseKernelMessage(message, draft);
    else {
      draft.identifier = app === '-' ? null : (app as string);
      draft.pid = /^\d{1,7}$/.test(pid as string) ? Number(pid) : null;
      draft.message = message;
    }
    if (priority !== undefined) draft.priority = Number(priority) & 7;
    return true;
  },
};

const priority = /^<(\d{1,3})>/;

/** RFC 3164 as it is sent: a file's line with the priority before it, as `logger --server` sends it. */
export const sentFormat: TextFormat = {
  name: 'syslog',
  parse(line, draft) {
    const match = priority.exec(line);
    if (match === null) return false;
    const rest = line.slice(match[0].length);
    if (!shortFormat.parse(rest, draft) && !isoFormat.parse(rest, draft) && !parseHostAndTag(rest, draft)) return false;
    draft.priority = Number(match[1]) & 7;
    return true;
  },
};

const logread =
  /^\p{L}{2,4} (\p{L}{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) \d{4} ((?:kern|user|mail|daemon|auth|syslog|cron|authpriv|local\d)\.\w+ .*)$/u;

/** OpenWrt's logread: `Sun Nov 22 21:05:45 2026 daemon.err procd: message`. */
export const logreadFormat: TextFormat = {
  name: 'syslog',
  parse(line, draft) {
    const match = logread.exec(line);
    if (match === null) return false;
    const [, month, day, time, rest] = match as unknown as string[];
    return shortFormat.parse(`${month} ${day} ${time} ${rest}`, draft);
  },
};
