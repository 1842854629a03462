import type {Entry} from '../model/entry.js';

/** What a message of PID 1 says about a unit. */
export interface UnitEvent {
  readonly kind: EventKind;
  /** Unit name, description, or `name - description`, as the message has it; may be cut by `…`. */
  readonly subject: string;
  /** Unit or job result, exit status, restart counter, or a job's time spent: whatever the kind carries. */
  readonly detail: string | null;
}

export type EventKind =
  | 'starting'
  | 'started'
  | 'stopping'
  | 'stopped'
  | 'failed'
  | 'dependency'
  | 'timed-out'
  | 'exited'
  | 'result'
  | 'restart'
  | 'start-limit'
  | 'on-failure'
  | 'waiting'
  | 'skipped'
  | 'not-stopped'
  | 'name';

/** Literals of the messages that matter: failures, and what a boot waits for. Starts that go well are most of a log, and are not read. */
export const pid1Literals: readonly string[] = [
  'Failed to start ',
  'Failed to mount ',
  'Failed to listen on ',
  'Failed to activate swap ',
  'Failed to set up automount',
  'Dependency failed for ',
  'Timed out starting',
  'Timed out waiting for',
  'Timed out mounting',
  'Timed out activating',
  'process exited, code=',
  'Failed with result ',
  'entered failed state',
  'Scheduled restart job',
  'scheduling restart',
  'repeated too quickly',
  'Triggering OnFailure',
  'start failed with result',
  'Failed unmounting ',
  'Failed deactivating swap ',
  '/start timed out',
  'tart operation timed out',
  "See 'systemctl status ",
  'See "systemctl status ',
];

const done: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ['Starting', 'starting'],
  ['Mounting', 'starting'],
  ['Expecting', 'starting'],
  ['Activating', 'starting'],
  ['Started', 'started'],
  ['Finished', 'started'],
  ['Mounted', 'started'],
  ['Reached', 'started'],
  ['Found', 'started'],
  ['Activated', 'started'],
  ['Listening', 'started'],
  ['Created', 'started'],
  ['Set', 'started'],
  ['Stopping', 'stopping'],
  ['Unmounting', 'stopping'],
  ['Deactivating', 'stopping'],
  ['Stopped', 'stopped'],
  ['Unmounted', 'stopped'],
  ['Deactivated', 'stopped'],
  ['Closed', 'stopped'],
  ['Removed', 'stopped'],
]);
/** Words between the verb and the unit: `Reached target X`, `Found device X`, `Listening on X`, `Activated swap X`. */
const between = /^(?:target|device|swap|on|slice|up automount) /;
/** Not what PID 1 says of itself: `Failed to start up manager.`, `Failed to mount API filesystems.`, `Failed to mount /dev to …`, `Failed to mount tmpfs at /run: …`. */
const failed =
  /^Failed to (?:start (?!up manager\b|transient \w+ unit\b|(?:default|rescue) target\b)|mount (?!(?:early )?API filesystems\b|cgroup2? |\/\S+ to |\S+ \(type |\S+ at \/\S*: )|listen on |activate swap |set up automount )(.+?)\.?$/;
const notStopped = /^Failed (?:unmounting|deactivating swap) (.+?)\.?$/;
const timedOut = /^Timed out (?:starting|waiting for(?: device)?|mounting|listening on|activating(?: swap)?) (.+?)\.?$/;
const dependency = /^Dependency failed for (.+?)\.?$/;
const unitSuffix = /\.(?:service|mount|socket|target|device|swap|automount|path|timer|scope|slice)$/;
const exited = /^(?:Main|Control|Mount|Swap)? ?process exited, code=(\w+),? status=(\S+)/i;
const jobRunning = /^(?:\(\d+ of \d+\) )?(?:A start job is running for (.+?)|Job (\S+?)\/start running) ?\(([^)]*)\)/;
const seeStatus = /^See ['"]systemctl status (?:-- )?['"]?([^'"]+?)['"]* for details\./;
const oldFailed = /^Unit (\S+) entered failed state\.?/;
const jobResult = /^Job (\S+)\/start (?:failed with result '([\w-]+)'|(timed out))/;
const conditionSkipped = /^Condition check resulted in (.+) being skipped\.?$/;

/** Reads a message of PID 1, or a status line; null when it says nothing about a unit's fate. */
export function readUnitEvent(message: string): UnitEvent | null {
  const space = message.indexOf(' ');
  const verb = space < 0 ? message : message.slice(0, space);
  const kind = done.get(verb);
  if (kind !== undefined) return event(kind, trimmed(message.slice(space + 1).replace(between, '')));
  switch (verb) {
    case 'Failed':
      return withSubject('failed', failed.exec(message)) ?? withSubject('not-stopped', notStopped.exec(message));
    case 'Timed':
      return withSubject('timed-out', timedOut.exec(message));
    case 'Dependency':
      return withSubject('dependency', dependency.exec(message));
    case 'See': {
      const match = seeStatus.exec(message);
      return match === null ? null : event('name', (match[1] as string).replace(/\\\\x/g, '\\x'));
    }
    case 'Unit': {
      const match = oldFailed.exec(message);
      return match === null ? null : event('result', match[1] as string, 'failed');
    }
    case 'Condition':
      return withSubject('skipped', conditionSkipped.exec(message));
    case 'Job': {
      const match = jobResult.exec(message);
      if (match !== null) return jobEnd(match[1] as string, match[2] ?? 'timeout');
      break;
    }
  }
  return readOfUnit(message) ?? readOldOfUnit(message) ?? readJobRunning(message);
}

/** systemd before 230, in unit.c, service.c, mount.c and swap.c, puts the unit's name elsewhere. */
const oldOfUnit =
  /^(\S+\.(?:service|mount|swap)) ((?:mount|swap) process exited, code=.*|(?:holdoff time over|has no holdoff time), scheduling restart)/;
const oldAboutUnit = /^(start request repeated too quickly|Triggering OnFailure= dependencies) (?:for|of) (\S+?)\.?$/;

function readOldOfUnit(message: string): UnitEvent | null {
  const about = oldAboutUnit.exec(message);
  if (about !== null) return event(about[1]?.startsWith('start') ? 'start-limit' : 'on-failure', about[2] as string);
  const [, unit, text] = oldOfUnit.exec(message) ?? [];
  if (unit === undefined || text === undefined) return null;
  const exit = exitOf(text);
  return exit === null ? event('restart', unit) : event('exited', unit, exit);
}

/** Code and status. Since 256 PID 1 says which exits its settings take for a success (src/core/unit.c, unit_log_process_exit). */
function exitOf(text: string): string | null {
  const exit = exited.exec(text);
  if (exit === null) return null;
  return text.endsWith(' (success)') ? 'exited 0' : `${exit[1]} ${exit[2]}`;
}

function readOfUnit(message: string): UnitEvent | null {
  const colon = message.indexOf(': ');
  const unit = colon < 0 ? '' : message.slice(0, colon);
  if (colon < 0 || unit.includes(' ') || !unitSuffix.test(unit)) return null;
  const text = message.slice(colon + 2);
  if (text.startsWith('Failed with result ')) return event('result', unit, /'([\w-]+)'/.exec(text)?.[1] ?? 'failed');
  const exit = exitOf(text);
  if (exit !== null) return event('exited', unit, exit);
  if (/^[Ss]tart operation timed out\./.test(text)) return event('timed-out', unit);
  if (text.startsWith('Unit entered failed state')) return event('result', unit, 'failed');
  if (text.startsWith('Scheduled restart job'))
    return event('restart', unit, /counter is at (\d+)/.exec(text)?.[1] ?? null);
  if (text.startsWith('Service hold-off time over, scheduling restart')) return event('restart', unit);
  if (text.startsWith('Start request repeated too quickly')) return event('start-limit', unit);
  if (text.startsWith('Triggering OnFailure=')) return event('on-failure', unit);
  if (text.startsWith('Job ')) {
    const job = jobResult.exec(text);
    if (job !== null) return jobEnd(unit, job[2] ?? 'timeout');
  }
  if (/skipped because |skipped, unmet condition/.test(text)) return event('skipped', unit);
  return null;
}

function jobEnd(unit: string, result: string): UnitEvent | null {
  if (result === 'canceled') return null;
  if (result === 'dependency') return event('dependency', unit);
  return event(result === 'timeout' ? 'timed-out' : 'failed', unit);
}

function readJobRunning(message: string): UnitEvent | null {
  const match = jobRunning.exec(message);
  return match === null ? null : event('waiting', match[1] ?? (match[2] as string), match[3] ?? null);
}

/** A console that lost bytes may show another writer's line where the unit's name was. */
const ofAnother = /(?:^|\s)[^\s[\]:]{1,64}\[\d{1,7}\]: /;

function withSubject(kind: EventKind, match: RegExpExecArray | null): UnitEvent | null {
  return match === null || ofAnother.test(match[1] as string) ? null : event(kind, match[1] as string);
}

function event(kind: EventKind, subject: string, detail: string | null = null): UnitEvent {
  return {kind, subject, detail};
}

function trimmed(subject: string): string {
  return subject.endsWith('...')
    ? subject.slice(0, -3)
    : subject.endsWith('…') || subject.endsWith('.')
      ? subject.slice(0, -1)
      : subject;
}

/** Before systemd 236 `Failed to listen on Foo.` may be the first line about foo.socket that says how it went. */
const complaint = /^(\S+\.(?:service|mount|socket|swap)):? [Ff]ailed to /;

/** The unit for which PID 1 could not do something; null where it says no such thing. */
export function complainedOf(message: string): string | null {
  return complaint.exec(message)?.[1] ?? null;
}

/** Whether the entry is PID 1 speaking, in the journal, the kernel log or on the console. */
export function isPid1(entry: Entry): boolean {
  if (entry.status !== null) return true;
  if (entry.identifier === 'systemd') return entry.pid === 1 || entry.pid === null;
  return (
    entry.identifier === null &&
    !entry.kernel &&
    (entry.message.startsWith('See ') || entry.message.includes('start job is running'))
  );
}

/** What a child of a manager says before it becomes the unit's program. */
const ofChild = /^\S+: (?:Failed (?:to|at) |Unable to locate |Changing to |PAM )/;

/** The unit that the manager of a user speaks of: it calls itself `systemd` as PID 1 does. */
export function userUnitOf({identifier, pid, status, message}: Entry): string | null {
  if (identifier !== 'systemd' || pid === null || pid === 1 || status !== null) return null;
  const colon = message.indexOf(': ');
  const unit = colon < 0 ? '' : message.slice(0, colon);
  return unitSuffix.test(unit) && !unit.includes(' ') && !ofChild.test(message) ? unit : null;
}

/** Units of users that are kept in mind. */
const maxUserUnits = 1000;

export function noteUserUnit(entry: Entry, units: Set<string>): void {
  const unit = userUnitOf(entry);
  if (unit !== null && units.size < maxUserUnits) units.add(unit);
}
