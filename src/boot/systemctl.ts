import type {Entry, Recent} from '../model/entry.js';

/**
 * `systemctl status` and `systemctl --failed`, pasted or printed among the lines of a log, tell of failures that the log
 * itself may not show. Source: systemd, src/systemctl/systemctl-show.c and systemctl-list-units.c.
 */

/** For the scanner. */
export const systemctlLiterals: readonly string[] = [
  'Active: failed (Result: ',
  'failed failed',
  '(code=exited, status=',
  '(code=killed, signal=',
  '(code=dumped, signal=',
];

const active = /^Active: failed \(Result: ([\w-]+)\)/;
const suffix = String.raw`\.(?:service|mount|socket|swap|device|target|automount|timer|path|scope|slice)`;
/** `● foo.service - Foo`; the mark is `×` since systemd 248, and `*` where UTF-8 cannot be shown. */
const header = new RegExp(String.raw`^[●×*○] ([\w@:.\\-]+${suffix})(?: - .*)?$`);
const listed = new RegExp(
  String.raw`^(?:[●×*] +)?([\w@:.\\-]+${suffix}) +(?:loaded|not-found|bad-setting|error|masked) +failed +failed(?: |$)`,
);
const ended =
  /^(?:Main PID|Process|Control PID): \d+ .*\(code=(exited|killed|dumped), (?:status|signal)=(\w+(?:\/\w+)?)\)$/;
/** From the unit's name to its last process there are few lines, of drop-ins and processes. */
const longestBlock = 24;

/**
 * What such a line says as PID 1's words on the console, so that what the journal says of the same failure adds no other; null
 * for all other lines, and for what was said before (`known`): systemctl may be asked again. Of a line that is about the unit in
 * lines above, `recent` shows which.
 */
export function readSystemctl(entry: Entry, recent: Recent, known: Set<string>): Entry | null {
  if (entry.identifier !== null || entry.kernel || entry.status !== null) return null;
  const message = asPid1(entry, recent);
  const failure = message?.replace(/, status.*/, '');
  if (message === null || failure === undefined || known.has(failure)) return null;
  known.add(failure);
  return {...entry, identifier: 'systemd', pid: 1, message, status: 'FAILED'};
}

function asPid1({message, line}: Entry, recent: Recent): string | null {
  const row = listed.exec(message);
  if (row !== null) return `${row[1]}: Failed with result 'failed'.`;
  const state = active.exec(message);
  const end = state === null ? ended.exec(message) : null;
  if (state === null && (end === null || end[2]?.startsWith('0/') === true)) return null;
  const unit = unitAbove(line, recent, end !== null);
  if (unit === null) return null;
  if (end === null) return `${unit}: Failed with result '${state?.[1]}'.`;
  return `${unit}: Main process exited, code=${end[1]}, status=${withNumber(end[2] as string)}`;
}

/** The unit whose block a line is in; null where none is, or `mustHaveFailed` and it has not. */
function unitAbove(line: number, recent: Recent, mustHaveFailed: boolean): string | null {
  let unit: string | null = null;
  let hasFailed = !mustHaveFailed;
  recent(line - longestBlock, ({message}) => {
    hasFailed ||= active.test(message);
    unit = unitAsked(message);
    return unit === null;
  });
  return hasFailed ? unit : null;
}

/** The unit with which `systemctl status` begins a block; null for all other lines. */
export function unitAsked(message: string): string | null {
  return header.exec(message)?.[1] ?? null;
}

/** Whether a raw line, whose bytes are not read as UTF-8 yet, may be such a one. */
export function mayAskUnit(raw: string): boolean {
  return /^(?:\*|\xc3\x97|\xe2\x97[\x8b\x8f]|[●×○]) [\w@:.\\-]+\.\w/.test(raw);
}

/** signal(7), of those that end a service. */
const signals: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  SEGV: 11,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  SYS: 31,
};

/** `KILL` to `9/KILL`, as PID 1 writes it. */
function withNumber(status: string): string {
  const number = signals[status];
  return number === undefined ? status : `${number}/${status}`;
}
