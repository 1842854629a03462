import type {Entry, Recent} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import {isAbnormal, mayBeAbnormal} from './abnormal.js';

/** How a capture ends in which no kernel was started. */
export interface LoaderEnd {
  /** Lines that look abnormal among the last ones, in order. */
  readonly suspects: readonly Evidence[];
  /**
   * The loader came to rest with them: it gave up, left the machine to whoever is at its prompt, or said nothing after. Where
   * it went on, or did what somebody typed, such lines are harmless more often than not.
   */
  readonly isStop: boolean;
}

const maxSuspects = 3;
/** U-Boot, hang() in lib/hang.c; after other words where a device was being started. */
const stopsItself = /### ERROR ### Please RESET the board ###/;
/** The reset that follows is no sign that the loader went on. */
const resets = /^(?:resetting|reset|restarting|rebooting|halting) ?\.\.\.$/i;
/** U-Boot proper lists what it has when all before went well: what went wrong earlier did not stop it. */
const wentOn =
  /^(?:In|Out|Err|Net): {1,5}\S|\b(?:to (?:stop|interrupt|abort|cancel|skip) (?:auto|normal |the )?boot|to stop booting|to abort$)|^Press (?:a|any) key\b|^Timeout in \d/i;
/** `=>`, `U-Boot>`, `ar7100>`, `sun4i#`, `grub>`, `CFE>`, `barebox@board:/`; what follows was typed. */
const prompt = /^(?:=>|(?:grub rescue|[\w.()-]{1,24}(?:@[\w. -]{1,40}:\/)?) ?[>#])(?<typed>.*)$/;
/** What the loader would have done by itself. */
const boots = /^ ?(?:boot\w*|go|run)\b/;

/** The last lines are these few, again and again: so many at least, of so many kinds, of which one has a word. */
const linesOfLoop = 24;
const kindsInLoop = 3;
const word = /[A-Za-z]{4}/;

/**
 * The line after which a loader only repeats itself, the same to the number; null otherwise. What counts on is at work, and the
 * marks of a transfer have no words.
 */
export function lookForLoop(recent: Recent, after: number, evidenceOf: (entry: Entry) => Evidence): Evidence[] {
  const kinds = new Map<string, {readonly entry: Entry; times: number}>();
  let before: Entry | null = null;
  let lines = 0;
  const visit = (entry: Entry): boolean => {
    const message = entry.message.trim();
    if (message === '') return true;
    const kind = kinds.get(message);
    if (kind !== undefined) kind.times++;
    else if (kinds.size < kindsInLoop) kinds.set(message, {entry, times: 1});
    else {
      before = entry;
      return false;
    }
    lines++;
    return true;
  };
  recent(after, visit, raw => raw.trim() !== '');
  if (lines < linesOfLoop) return [];
  const [last] = [...kinds].filter(([message, {times}]) => times > kindsInLoop && word.test(message));
  if (last === undefined) return [];
  // What led into the loop was taken for a part of it.
  const first = [...kinds.values()].find(({entry, times}) => times === 1 && entry.line < last[1].entry.line)?.entry;
  const led = first ?? before;
  return [...(led === null ? [] : [evidenceOf(led)]), evidenceOf(last[1].entry)];
}

/** Looks back over the lines after `after`. */
export function lookAtLoaderEnd(
  recent: Recent,
  after: number,
  isNoise: (entry: Entry) => boolean,
  evidenceOf: (entry: Entry) => Evidence,
): LoaderEnd {
  const suspects: Evidence[] = [];
  let stopped: Evidence | null = null;
  let isAtPrompt = false;
  let wasTyped = false;
  let later = 0;
  const visit = (entry: Entry): boolean => {
    const message = entry.message.trim();
    if (stopsItself.test(message)) {
      stopped ??= evidenceOf(entry);
      return true;
    }
    // What was said right before is the reason, whatever its words.
    if (stopped !== null && suspects.length === 0) {
      if (wentOn.test(message)) return false;
      if (message !== '') suspects.unshift(evidenceOf(entry));
      return true;
    }
    const typed = prompt.exec(message)?.groups?.['typed'];
    if (typed !== undefined) {
      isAtPrompt ||= typed === '' && suspects.length === 0 && later === 0;
      wasTyped = typed !== '' && !boots.test(typed);
      return !wasTyped;
    }
    if (wentOn.test(message)) return false;
    if (isAbnormal(entry) && !isNoise(entry)) suspects.unshift(evidenceOf(entry));
    else if (suspects.length === 0 && message !== '' && !resets.test(message)) later++;
    return suspects.length < maxSuspects;
  };
  recent(after, visit, raw => raw.trim() !== '' || mayBeAbnormal(raw));
  const told = stopped === null ? suspects : [...suspects, stopped];
  return {
    suspects: told,
    isStop: told.length > 0 && (stopped !== null || (!wasTyped && (isAtPrompt || later === 0))),
  };
}

/** Where somebody left out lines. */
const leftOut = /^\s*(?:\.{3,6}|…|[[(<](?:\.{3}|…|snip|cut)[\])>])\s*$/i;

/** Of a capture somebody left lines out: that nothing follows tells nothing. */
export function isShortened(recent: Recent, after: number): boolean {
  let found = false;
  recent(
    after,
    () => {
      found = true;
      return false;
    },
    raw => leftOut.test(raw),
  );
  return found;
}
