import type {Entry} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import type {Invocation, Unit} from '../model/unit.js';

/** Words of a line in which something went wrong; for lines of a unit that is known to have failed, never to find failures. */
const abnormal =
  /\b(?:fail(?:ed|ure|s|ing)?|error|fatal|critical|cannot|can't|unable|not found|no such|denied|refused|invalid|missing|panic|abort(?:ed|ing)?|segfault|exception|traceback|timed? ?out|unexpected|corrupt(?:ed)?|could not|couldn't|not permitted|read-only|no space|unknown|undefined|mismatch|unreachable)\b/i;
const maxSaid = 4;
/** Entries looked through; a unit that prints more than this before it fails is told by its last lines. */
const farthestBack = 3000;
/** Lines before the failure that may belong to a start which the capture does not show. */
const farthestUnstarted = 200;
const lateUs = 3_000_000;
const lateLines = 30;
const unitPrefix = /^\S+\.(?:service|mount|socket|swap|device|target|scope|slice|timer): /;
const others = new Set(['systemd', 'kernel', 'audit', 'systemd-journald', 'systemd-udevd', 'systemd-logind', 'dbus-daemon', 'login', 'agetty']);

/** Programs that systemd calls itself for units of a type. */
const helpers: readonly (readonly [suffix: string, identifier: string])[] = [
  ['.mount', 'mount'],
  ['.swap', 'swapon'],
  ['switch-root.service', 'systemctl'],
];

/**
 * What the processes of a failed start said: the abnormal lines, the first first, or the last line where none looks
 * abnormal. Lines are told by unit and invocation where the form has them, else by identifier, else, less surely, by being
 * nobody else's. `recent` begins with the newest entry.
 */
export function lookUpSaid(unit: Unit, run: Invocation, recent: Iterable<Entry>, evidenceOf: (entry: Entry) => Evidence): Evidence[] {
  const own: Entry[] = [];
  const maybe: Entry[] = [];
  const from = run.startLine ?? (run.failedLine ?? 0) - farthestUnstarted;
  let looked = 0;
  for (const entry of recent) {
    if (entry.line < from || ++looked > farthestBack) break;
    if (isLongAfter(entry, run)) continue;
    const by = belongs(entry, unit);
    if (by === 'yes') own.push(entry);
    else if (by === 'maybe' && abnormal.test(entry.message)) maybe.push(entry);
  }
  own.reverse();
  maybe.reverse();
  const wrong = own.filter(isAbnormal);
  const last = own.at(-1);
  const chosen = wrong.length > 0 ? wrong : maybe.length > 0 && own.length === 0 ? maybe : last === undefined ? [] : [last];
  return chosen.slice(0, maxSaid).map(evidenceOf);
}

/** A reason can be logged a little after the failure, when journald gets the lines of several writers out of order. */
function isLongAfter(entry: Entry, run: Invocation): boolean {
  if (run.failedLine === null) return false;
  if (entry.timeUs !== null && run.failedTimeUs !== null) return entry.timeUs > run.failedTimeUs + lateUs;
  return entry.line > run.failedLine + lateLines;
}

/** Looks like an error, by its words or its priority (3 is `err`; systemd.journal-fields(7)). */
export function isAbnormal(entry: Entry): boolean {
  return (entry.priority !== null && entry.priority <= 3) || abnormal.test(entry.message);
}

function belongs(entry: Entry, unit: Unit): 'yes' | 'maybe' | 'no' {
  if (entry.unit !== null) return entry.unit === unit.name ? 'yes' : 'no';
  if (entry.status !== null || entry.message === '') return 'no';
  if (entry.message.startsWith(`${unit.name}: `)) return entry.identifier === 'systemd' ? 'no' : 'yes';
  if (entry.kernel || entry.identifier === null || unitPrefix.test(entry.message)) return 'no';
  const identifier = entry.identifier.replace(/^[(@]+|\)$/g, '');
  const stem = unit.name.replace(/(?:@.*)?\.\w+$/, '');
  if (identifier.length >= 3 && (stem === identifier || stem.endsWith(identifier) || identifier.startsWith(stem) || stem.startsWith(identifier))) {
    return 'yes';
  }
  if (helpers.some(([suffix, helper]) => identifier === helper && unit.name.endsWith(suffix))) return 'yes';
  if (others.has(identifier) || entry.pid === null || !unit.name.endsWith('.service')) return 'no';
  return 'maybe';
}
