import type {Entry} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import type {Invocation, Unit} from '../model/unit.js';

/** Words of a line in which something went wrong; for lines of a unit that is known to have failed, never to find failures. */
const abnormal =
  /\b(?:fail(?:ed|ure|s|ing)?|error|fatal|critical|cannot|can't|unable|not found|no such|denied|refused|invalid|missing|panic|abort(?:ed|ing)?|segfault|exception|traceback|timed? ?out|unexpected|corrupt(?:ed)?|could not|couldn't|not permitted|read-only|no space|unknown|undefined|mismatch|unreachable)\b/i;
const maxSaid = 4;
/** Entries looked through; a unit that prints more than this before it fails is told by its last lines. */
const farthestBack = 3000;
const others = new Set(['systemd', 'kernel', 'audit', 'systemd-journald', 'systemd-udevd', 'systemd-logind', 'dbus-daemon', 'login', 'agetty']);

/**
 * What the processes of a failed start said: the abnormal lines, the first first, or the last line where none looks
 * abnormal. Lines are told by unit and invocation where the form has them, else by identifier, else, less surely, by being
 * nobody else's. `recent` begins with the newest entry.
 */
export function lookUpSaid(unit: Unit, run: Invocation, recent: Iterable<Entry>, evidenceOf: (entry: Entry) => Evidence): Evidence[] {
  const own: Entry[] = [];
  const maybe: Entry[] = [];
  let looked = 0;
  for (const entry of recent) {
    if (entry.line < run.firstLine || ++looked > farthestBack) break;
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

/** Looks like an error, by its words or its priority (3 is `err`; systemd.journal-fields(7)). */
export function isAbnormal(entry: Entry): boolean {
  return (entry.priority !== null && entry.priority <= 3) || abnormal.test(entry.message);
}

function belongs(entry: Entry, unit: Unit): 'yes' | 'maybe' | 'no' {
  if (entry.unit !== null) return entry.unit === unit.name ? 'yes' : 'no';
  if (entry.status !== null || entry.message === '') return 'no';
  if (entry.message.startsWith(`${unit.name}: `)) return entry.identifier === 'systemd' ? 'no' : 'yes';
  if (entry.kernel || entry.identifier === null) return 'no';
  const identifier = entry.identifier.replace(/^[(@]+|\)$/g, '');
  const stem = unit.name.replace(/(?:@.*)?\.\w+$/, '');
  if (identifier.length >= 3 && (stem === identifier || stem.endsWith(identifier) || identifier.startsWith(stem) || stem.startsWith(identifier))) {
    return 'yes';
  }
  if (others.has(identifier) || entry.pid === null) return 'no';
  return 'maybe';
}
