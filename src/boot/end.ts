import type {Waiting} from '../model/boot.js';
import type {Entry, Recent} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import {isAbnormal, mayBeAbnormal} from './abnormal.js';
import {isPid1, readUnitEvent} from './pid1.js';
import {repeatedAtEnd} from './repeated.js';

/** What the last lines of an unfinished boot show. */
export interface End {
  /** The very last lines, in order. */
  readonly last: readonly Evidence[];
  /** Jobs that were begun and not done, in order. */
  readonly begun: readonly Waiting[];
  /** Jobs that PID 1 said it was waiting for, the latest first, or what a program of the initrd waits for. */
  readonly waiting: readonly Waiting[];
  /** The last unit or target that came up. */
  readonly lastReached: string | null;
  readonly login: Entry | null;
  /** The last line with a time. */
  readonly newest: Entry | null;
}

/** How many lines before the end are looked through. */
export const linesAtEnd = 60;
const tellsOfEnd = /Start(?:ing|ed) |start job is running|\/start running|Finished |Reached target | login: /;
/** Of every form that has one: `21:05`, `12.345678`, or the many digits of JSON. */
const mayHaveTime = /\d:\d\d|\d\.\d|\d{8}/;
/** agetty and busybox getty; too short to be looked for in every line. */
const loginPrompt = /^\S+ login: /;
const maxJobs = 8;
const maxLast = 3;

/** Looks back from the end of a boot over the lines after `after`; `isShown`: the log shows the end itself, so that nothing was waited for. */
export function lookAtEnd(
  recent: Recent,
  after: number,
  {isShown, isInInitrd}: {isShown: boolean; isInInitrd: boolean},
  evidenceOf: (entry: Entry) => Evidence,
): End {
  const last: Evidence[] = [];
  const done = new Set<string>();
  const begun = new Map<string, Waiting>();
  const waiting = new Map<string, Waiting>();
  let lastReached: string | null = null;
  let login: Entry | null = null;
  let newest: Entry | null = null;
  const matters = (raw: string): boolean =>
    last.length < maxLast ||
    ((!isShown || lastReached === null) && tellsOfEnd.test(raw)) ||
    (newest === null && mayHaveTime.test(raw));
  const visit = (entry: Entry): boolean => {
    if (entry.timeUs !== null || entry.wallUs !== null) newest ??= entry;
    if (last.length < maxLast) last.unshift(evidenceOf(entry));
    if (isShown && newest !== null && last.length === maxLast) return false;
    if (loginPrompt.test(entry.message)) login = entry;
    const event = isPid1(entry) ? readUnitEvent(entry.message) : null;
    if (event === null) return true;
    const {kind, detail} = event;
    // `foo.device - /dev/foo` is waited for by either name.
    const subject = event.subject;
    const names = (): string[] => [subject, ...subject.split(' - ')];
    const job = (): Waiting => ({subject, spent: detail, evidence: evidenceOf(entry)});
    if (kind === 'started') lastReached ??= subject;
    if (isShown) return true;
    if (kind === 'waiting') {
      if (waiting.size < maxJobs && !waiting.has(subject) && !names().some(name => done.has(name)))
        waiting.set(subject, job());
    } else if (kind === 'starting') {
      if (!done.has(subject) && !begun.has(subject)) begun.set(subject, job());
    } else for (const name of names()) done.add(name);
    return true;
  };
  recent(after, visit, matters);
  return {
    last,
    begun: [...begun.values()].slice(0, maxJobs).reverse(),
    waiting:
      waiting.size > 0 || isShown
        ? [...waiting.values()]
        : repeatedAtEnd(recent, last.at(-1)?.line ?? 0, isInInitrd, evidenceOf),
    lastReached,
    login,
    newest,
  };
}

const maxSuspects = 3;
/** Abnormal lines before an end that may belong together. */
const maxBefore = 24;
/** Lines that are farther apart than this are told of different things. */
const linesApart = 12;
/** What the initramfs advises to check. */
const advice = /^\s*- /;
/** Of `systemctl status`. */
const ofStatus = /^(?:Main PID|Process|Control PID|Active|Loaded|Status): /;
const aboutUnits = /^(?:Failed|Dependency|Timed|Reached|Start|Stop|Finish|Mount|Unmount)/;

/** An excerpt is looked through for something that looks wrong only while it is this short; of more lines the odd ones are many. */
export const longestExcerpt = 200;

/** The first lines after `after` that look abnormal, in order: all that can be said of an excerpt in which no rule knows anything. */
export function lookForFirst(
  recent: Recent,
  after: number,
  isNoise: (entry: Entry) => boolean,
  evidenceOf: (entry: Entry) => Evidence,
): Evidence[] {
  const suspects: Entry[] = [];
  recent(after, entry => {
    if (isAbnormal(entry) && !isNoise(entry) && !ofStatus.test(entry.message)) suspects.push(entry);
    return true;
  });
  return suspects.slice(-maxSuspects).reverse().map(evidenceOf);
}

/** Init, or the initramfs's, exited by itself, as far as is told, and has mostly said why: a script may end well after an error. */
export const initGaveUp = /Attempted to kill init!(?:\s*$| exitcode=0x0000[0-9a-f]{2}00\b)/;

/**
 * The lines before a shell or a freeze that look abnormal, in order: where to look when no rule knows better. Of a run of
 * them the first ones, which tell what went wrong, and the last, which tells what came of it.
 */
export function lookBeforeEnd(
  recent: Recent,
  after: number,
  isNoise: (entry: Entry) => boolean,
  evidenceOf: (entry: Entry) => Evidence,
): Evidence[] {
  const suspects: Entry[] = [];
  const visit = (entry: Entry): boolean => {
    const [first] = suspects;
    if (first !== undefined && first.line - entry.line > linesApart) return false;
    if (mayBeReason(entry, isNoise)) suspects.unshift(entry);
    return suspects.length < maxBefore;
  };
  recent(after, visit, mayBeAbnormal);
  const told = suspects.length <= maxSuspects ? suspects : [...suspects.slice(0, maxSuspects), ...suspects.slice(-1)];
  return told.map(evidenceOf);
}

/** Of a shell before which nothing looks abnormal the first such lines after it: some initrds give the reason last. */
export function lookAfterEnd(
  recent: Recent,
  after: number,
  isNoise: (entry: Entry) => boolean,
  evidenceOf: (entry: Entry) => Evidence,
): Evidence[] {
  const suspects: Entry[] = [];
  const visit = (entry: Entry): boolean => {
    if (mayBeReason(entry, isNoise)) suspects.unshift(entry);
    return true;
  };
  recent(after, visit, mayBeAbnormal);
  return suspects.slice(0, maxSuspects).map(evidenceOf);
}

function mayBeReason(entry: Entry, isNoise: (entry: Entry) => boolean): boolean {
  const {message, status} = entry;
  if (status !== null || aboutUnits.test(message) || ofStatus.test(message) || advice.test(message)) return false;
  return isAbnormal(entry) && !isNoise(entry);
}
