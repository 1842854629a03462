import type {Entry} from '../model/entry.js';

/** Words of a line in which something went wrong; for lines of a unit that is known to have failed, never to find failures. */
const abnormal =
  /\b(?:fail(?:ed|ure|s|ing)?|error|fatal|critical|cannot|can't|unable|not found|no such|denied|refused|invalid|missing|panic(?:ked)?|abort(?:ed|ing)?|segfault|exception|traceback|timed? ?out(?![ =]\d+(?:,|$| ?m?s(?:ecs?)?\b))|unexpected|corrupt(?:ed)?|could not|couldn't|not permitted|not executable|read-only(?! data)|no space|(?<!-)unknown(?!-)|undefined|mismatch|unreachable|resource busy|not supported|unsupported|unrecognized|poisoned|erro|fata|ftl|does(?: not|n't) exist|(?:gave|giving) up|no route|malformed|illegal|wrong|expired|exhausted|rejected)\b|\w(?:Error|Exception)\b/i;
/** What a program may say of a setting, a file or a peer when it is known to have failed; too common to look for otherwise. */
const wrong =
  /\b(?:bad|unbound|in use|is not|not set|exiting|bailing|emerg|not available|already (?:exists?|running|started)|duplicate|multiple definitions?|too (?:many|few|large|small|old|long)|killed|lost|exceeds|conflict\w*)\b/i;
/** How LSB's and other start-up scripts end a line, and how NixOS lists units: that it failed, not why. */
const saysNoMore =
  /^\W*(?:fail(?:ed|ure)?|error)\W*$|^warning: (?:the following units failed|error\(s\) occurr?ed while)/i;

/** Where in a program it went wrong, which tells nothing without what went wrong. */
const ofStack = /^\s*at \S/;

/** Looks like an error, by its words or its priority (3 is `err`; systemd.journal-fields(7)). */
export function isAbnormal(entry: Entry): boolean {
  return (entry.priority !== null && entry.priority <= 3) || looksAbnormal(entry.message);
}

/** What else can make a raw line an abnormal entry: a priority before it. */
const tellsMore = /[<{]|^\W*\d+,\d|: *(?:emerg|alert|crit|err) *:|\.(?:emerg|alert|crit|err) /;

/** Behind a colour no word would begin. */
const colour = /\x1b\[[0-9;]*m/g;

/** Whether a raw line may be an abnormal entry. */
export function mayBeAbnormal(raw: string): boolean {
  const text = raw.includes('\x1b') ? raw.replace(colour, '') : raw;
  return abnormal.test(text) || tellsMore.test(text);
}

/** By words that say little unless it is known that something failed. */
export function looksWrong(text: string): boolean {
  return wrong.test(text);
}

/** It looks abnormal and says more than that something failed. */
export function tellsReason(text: string): boolean {
  return abnormal.test(text) && !saysNoMore.test(text);
}

/** By its words alone. */
export function looksAbnormal(text: string): boolean {
  return abnormal.test(text);
}

/** Of the words of a unit that failed those that look wrong. Of a program that says little but errors, its other words are of them. */
export function abnormalOf(lines: readonly Entry[]): readonly Entry[] {
  const some = lines.filter(isAbnormal);
  const telling = some.filter(({message}) => !saysNoMore.test(message));
  if (telling.length === 0) {
    const amiss = lines.filter(({message}) => wrong.test(message));
    return amiss.length > 0 ? amiss : some;
  }
  if (some.length * 2 <= lines.length) return telling;
  return lines.filter(
    line => (!some.includes(line) || telling.includes(line)) && (telling.includes(line) || !ofStack.test(line.message)),
  );
}
