import type {Entry, Recent} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import {type FailedRun, helperOf, isProcessOf, type Saying, type Unit} from '../model/unit.js';
import {abnormalOf, looksAbnormal, tellsReason} from './abnormal.js';
import {gravest} from './gravest.js';
import {complainsOfMount, isMount, mayTellOfMount} from './mounts.js';
import {readUnitEvent} from './pid1.js';
import {mayAskUnit, unitAsked} from './systemctl.js';
import type {Voices} from './voices.js';

/** Drop-ins and processes, in what systemctl shows of a unit. */
const treeOfStatus = /^\s*[├└│]/;
/** What PID 1 says where it could not do something for a unit. */
const complaint =
  /^(?:[Ff]ailed to (?!schedule restart job)|Couldn't |Can't |Cannot |Refusing |Mount process finished, but |Unable to |Got )/;
/** PID 1 complains right before it says that the unit failed. */
const linesOfComplaint = 30;
/** Units of these types have no processes. */
const silentTypes = /\.(?:device|target|socket|path|timer|slice|automount)$/;
const maxSaid = 4;
/** Entries looked through; a unit that prints more than this before it fails is told by its last lines. */
const farthestBack = 3000;
/** Lines before the failure that may belong to a start which the capture does not show. */
const farthestUnstarted = 200;
/** A reason can be logged this long, in µs, or this many lines after the failure, when journald gets lines out of order. */
const lateUs = 3_000_000;
export const lateLines = 30;
/** Of what may be somebody else's, only the next lines: later the reason is no longer to come. */
export const maybeLate = 5;
/** Where no writers are named, the words of a program are looked for in so many lines before its end. */
const nearLines = 12;
/** The second line of a message and those after it stand as far to the right as its first, after a time and a name. */
const furtherLine = ' '.repeat(16);
const unitPrefix = /^\S+\.(?:service|mount|socket|swap|device|target|scope|slice|timer): /;
/** systemd before 230 does not say of which unit: src/core/execute.c. */
const notSpawned = 'Failed at step ';
const others = new Set([
  'systemd',
  'kernel',
  'audit',
  'systemd-journald',
  'systemd-udevd',
  'systemd-logind',
  'dbus-daemon',
  'login',
  'agetty',
  'mount',
  'swapon',
]);

export interface Said {
  /** Where PID 1 began the run. */
  readonly startLine: number | null;
  /** The abnormal lines, the one that tells best first, or the last line where none looks abnormal. */
  readonly said: readonly Saying[];
}

/** Where and how to look. */
export interface Ears {
  readonly recent: Recent;
  readonly evidenceOf: (entry: Entry) => Evidence;
  readonly voices: Voices;
  readonly isNoise: (entry: Entry) => boolean;
  /** A program of this name is that of another unit which failed. */
  readonly isOfAnother: (identifier: string, unit: Unit) => boolean;
}

/**
 * Looks back for what the processes of a failed run said. Lines are told by unit where the form has it, else by
 * identifier, else, less surely, by being nobody else's. `after`: do not look at this line or before it. `isSure`: only words
 * that are surely the unit's count. `isTold`: by `systemctl status`, which shows the last lines of the unit's journal below.
 */
export function lookUpSaid(
  unit: Unit,
  run: FailedRun,
  {recent, evidenceOf, voices, isNoise, isOfAnother}: Ears,
  {after, isSure = false, isTold = false}: {after: number; isSure?: boolean; isTold?: boolean},
): Said {
  const isSilent = silentTypes.test(unit.name);
  const own: Entry[] = [];
  const maybe: Entry[] = [];
  const ofPid1: Entry[] = [];
  const ofMount: Entry[] = [];
  const mounts = isMount(unit);
  let startLine: number | null = null;
  let looked = 0;
  const until = run.failedLine + (isTold ? lateLines : maybeLate);
  const visit = (entry: Entry): boolean => {
    if (++looked > farthestBack) return false;
    // What was heard so far was below the name of another unit.
    if (isTold && entry.line > run.failedLine && unitAsked(entry.message) !== null)
      for (const heard of [own, maybe, ofPid1]) heard.length = 0;
    if (isLongAfter(entry, run)) return true;
    if (entry.line <= run.failedLine && startsUnit(entry, unit, voices)) {
      startLine = entry.line;
      return false;
    }
    if (isComplaint(entry, unit)) ofPid1.push(entry);
    if (isSilent) return true;
    if (mounts && complainsOfMount(entry, unit, run.failedLine)) ofMount.push(entry);
    const by = voices.isNobodys(entry) ? mayBelong(entry, unit, run) : belongs(entry, unit);
    if (by === 'yes') own.push(entry);
    else if (by === 'maybe' && !isSure && entry.line <= until && tellsReason(entry.message)) maybe.push(entry);
    return true;
  };
  const {matters, mayMatter} = searchFor(unit, voices.areNameless(), isSure, isTold);
  recent(isSilent ? Math.max(after, run.failedLine - linesOfComplaint) : after, visit, matters, mayMatter);
  const from = startLine ?? run.failedLine - farthestUnstarted;
  const inRun = (entry: Entry): boolean => entry.line >= from;
  const lines = own.filter(inRun).reverse();
  const amiss = abnormalOf(lines);
  const complaints = ofPid1.filter(inRun).reverse();
  const isAnothers = (entry: Entry): boolean =>
    voices.isNobodys(entry) ? isNoise(entry) : isOfAnother(entry.identifier ?? '', unit);
  const others = maybe.filter(entry => inRun(entry) && !isAnothers(entry)).reverse();
  const reports = ofMount.filter(inRun).reverse();
  const chosen = [amiss, complaints, reports, lines.slice(-1), others].find(these => these.length > 0) ?? [];
  return {
    startLine,
    said: gravestFirst(chosen).map(entry => ({
      message: entry.message,
      evidence: evidenceOf(entry),
      ...(chosen === others && (voices.isNobodys(entry) ? {isByPlace: true} : {isBySomeone: true})),
    })),
  };
}

function gravestFirst(entries: readonly Entry[]): readonly Entry[] {
  const lead = gravest(entries.map(({message}) => message));
  return entries
    .slice(lead, lead + 1)
    .concat(entries.slice(0, lead), entries.slice(lead + 1))
    .slice(0, maxSaid);
}

/**
 * `foo.socket: Failed to listen on sockets: Permission denied`: where PID 1 itself could not do something for the unit. Not
 * what it says of any failure, nor what it says it goes on from.
 */
function isComplaint({identifier, kernel, message, about}: Entry, unit: Unit): boolean {
  // At debug level PID 1 writes on the console without its name.
  if (identifier !== 'systemd' && (identifier !== null || kernel)) return false;
  const isNamed = message.startsWith(`${unit.name}: `) || message.startsWith(`${unit.name} failed to `);
  if (!isNamed && (about !== unit.name || identifier === null)) return false;
  const text = isNamed ? message.slice(unit.name.length).replace(/^:? /, '') : message;
  return complaint.test(text) && !/\bignoring\b/.test(text) && readUnitEvent(message) === null;
}

/** Which raw lines need to be parsed to find what a unit's processes said. */
interface Search {
  /** A line: the unit's start, or words of a process that name the unit or, unless the search `isSure`, look abnormal. */
  matters(raw: string): boolean;
  /** Many lines: false where none of them does. */
  mayMatter?(lines: string): boolean;
}

function searchFor(unit: Unit, areNameless: boolean, isSure: boolean, isTold: boolean): Search {
  const {name, description} = unit;
  const stem = name.replace(/(?:@.*)?(?:…|\.\w+$)/, '');
  const end = `${stem.slice(-4)}[`;
  // A console may have cut the name, but not its beginning, which many units of systemd's own share.
  const begin = stem.slice(0, stem.startsWith('systemd-') ? 12 : 8);
  const needles = [begin, end, helperOf(name)?.slice(-6) ?? end, description ?? end];
  const mounts = isMount(unit);
  const isAbout = (text: string): boolean => needles.some(needle => text.includes(needle));
  return {
    matters(raw) {
      if (isTold && mayAskUnit(raw)) return true;
      if (raw.startsWith(furtherLine)) return raw.includes(stem) || looksAbnormal(raw);
      if (isAbout(raw))
        return (
          tellsOfStart(raw) ||
          raw.includes(`${name}: `) ||
          raw.includes(`${name} failed to `) ||
          (raw.includes(': ') && !isOfPid1(raw))
        );
      if (mounts && mayTellOfMount(raw)) return true;
      if (isSure) return false;
      if (raw.includes(notSpawned)) return true;
      if (!areNameless && (!raw.includes(']: ') || isOfPid1(raw))) return false;
      return looksAbnormal(raw);
    },
    ...(isSure && {mayMatter: (lines: string) => isAbout(lines) || (mounts && mayTellOfMount(lines))}),
  };
}

function tellsOfStart(raw: string): boolean {
  return raw.includes('Start') || raw.includes('Mounting ');
}

function isOfPid1(raw: string): boolean {
  return raw.includes('systemd[1]: ') || raw.includes('init.scope[1]: ');
}

function startsUnit(entry: Entry, unit: Unit, voices: Voices): boolean {
  if (entry.identifier !== 'systemd' && entry.status === null && !voices.mayBePid1(entry)) return false;
  const event = readUnitEvent(entry.message);
  // Of a simple service the log only says that it was started.
  if (event?.kind !== 'starting' && event?.kind !== 'started') return false;
  const {subject} = event;
  if (
    entry.about === unit.name ||
    subject === unit.name ||
    subject === unit.description ||
    subject.startsWith(`${unit.name} - `)
  )
    return true;
  const [head = '', tail] = subject.split('…');
  return (
    tail !== undefined &&
    `${unit.name} - ${unit.description ?? ''}`.startsWith(head) &&
    (unit.description ?? unit.name).endsWith(tail)
  );
}

function isLongAfter(entry: Entry, run: FailedRun): boolean {
  return entry.timeUs !== null && run.failedUs !== null && entry.wallUs === null
    ? entry.timeUs > run.failedUs + lateUs
    : entry.line > run.failedLine + lateLines;
}

/** systemd, src/core/exec-invoke.c (execute.c before 255). */
const ofChild =
  /: (?:Failed (?:at step|to (?!(?:run|spawn|load) ))|Unable to locate executable|Changing to the requested)/;
/** `foo: cannot open …` */
const ownName = /^([\w.@-]{3,}): /;
/** `mount.nfs` is called by mount(8). */
const ofType = /(?<=^(?:mount|fsck))\.\w+$/;

/**
 * Where no writers are named, a program may have named itself; all other words may be anybody's, and only those right before
 * the end are taken for the unit's.
 */
function mayBelong(entry: Entry, unit: Unit, run: FailedRun): 'yes' | 'maybe' | 'no' {
  const {message} = entry;
  if (message.startsWith(notSpawned)) return 'maybe';
  if (treeOfStatus.test(message)) return 'no';
  // A process that is to become the program names the unit as PID 1 does, which has no such words of failure.
  if (unitPrefix.test(message)) return message.startsWith(`${unit.name}: `) && ofChild.test(message) ? 'yes' : 'no';
  if (readUnitEvent(message) !== null) return 'no';
  const named = ownName.exec(message)?.[1]?.replace(ofType, '');
  if (named !== undefined && isNameOf(named, unit.name)) return 'yes';
  return mayBeService(unit.name) && run.failedLine - entry.line <= nearLines ? 'maybe' : 'no';
}

/** Not every word before a colon is a name. */
function isNameOf(word: string, unit: string): boolean {
  return word === helperOf(unit) || unit.startsWith(`${word}.`) || (word.length > 7 && isProcessOf(word, unit));
}

/** A console or an old journal names a unit by its description only. */
function mayBeService(name: string): boolean {
  return name.endsWith('.service') || (name.includes(' ') && !name.startsWith('/'));
}

function belongs(entry: Entry, unit: Unit): 'yes' | 'maybe' | 'no' {
  if (entry.unit !== null) return entry.unit === unit.name ? 'yes' : 'no';
  if (entry.status !== null || entry.message === '') return 'no';
  if (entry.message.startsWith(notSpawned)) return 'maybe';
  // Without a writer it is PID 1 on a console, or a child of it.
  if (entry.message.startsWith(`${unit.name}: `))
    return entry.identifier === 'systemd' || (entry.identifier === null && !ofChild.test(entry.message)) ? 'no' : 'yes';
  if (entry.kernel || entry.identifier === null || unitPrefix.test(entry.message)) return 'no';
  if (isProcessOf(entry.identifier, unit.name)) return 'yes';
  if (others.has(entry.identifier) || entry.pid === null || !mayBeService(unit.name)) return 'no';
  return 'maybe';
}
