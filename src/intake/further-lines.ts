import type {Entry} from '../model/entry.js';
import {cleanText} from './clean.js';
import {parseTextLine} from './parse-line.js';

/** Shows the lines before the one with this number, newest first, as latin1 text, until `visit` returns false. */
export type LinesBefore = (number: number, visit: (line: string, number: number) => boolean) => void;

/** journalctl indents further lines of a message as far as its first, which stands behind a time and a name. */
const leastIndent = ' '.repeat(16);
/** How far back the first line is looked for. */
export const longestMessage = 200;

export function mayBeFurther(line: string): boolean {
  return line.startsWith(leastIndent);
}

/** Whether one of many lines may be. */
export function mayHoldFurther(lines: string): boolean {
  return mayBeFurther(lines) || lines.includes(`\n${leastIndent}`);
}

/** A further line of an entry's message as an entry of the same writer and time; null where it is none. */
export function furtherLine(owner: Entry | null, line: string, number: number): Entry | null {
  if (owner === null || !isOfJournal(owner) || !owner.text.endsWith(owner.message)) return null;
  const length = owner.text.length - owner.message.length;
  const text = cleanText(line);
  if (text.length <= length || text.slice(0, length).trim() !== '') return null;
  return {...owner, line: number, text, message: text.slice(length)};
}

/** Without a host, `-o short-monotonic` looks like a console, and `-o short-delta` like dmesg. */
function isOfJournal({format, kernel, identifier}: Entry): boolean {
  if (format.startsWith('journal-short')) return true;
  return (format === 'kernel' || format === 'dmesg') && !kernel && identifier !== null;
}

/** Finds the entries that lines which may be further ones would belong to; of lines one after the other only once. */
export function createOwnerSearch(linesBefore: LinesBefore): (number: number) => Entry | null {
  let last: {number: number; owner: Entry | null} = {number: 0, owner: null};
  return number => {
    let owner: Entry | null = null;
    linesBefore(number, (line, at) => {
      if (at === last.number) owner = last.owner;
      else if (mayBeFurther(line)) return number - at < longestMessage;
      else owner = lastEntry(line, at);
      return false;
    });
    last = {number, owner};
    return owner;
  };
}

/** The last entry that a line shows. */
export function lastEntry(line: string, number: number): Entry | null {
  let last: Entry | null = null;
  parseTextLine(line, number, entry => {
    last = entry;
  });
  return last;
}

const subject = /^-- Subject: /;
const ofJournalctl = /^-- .* --\r?$/;

/**
 * What journalctl -x puts under an entry explains it in general, and says nothing of this boot. Its lines begin with `░░`,
 * and before systemd 246, or where that cannot be shown, with `-- `: then a line `-- Subject: ` tells.
 */
export function createCatalogTest(linesBefore: LinesBefore): (line: string, number: number) => boolean {
  let isUsed = false;
  /** The last line of which it is known that it is none. */
  let clear = 0;
  return (line, number) => {
    if (!line.startsWith('-- ') || ofJournalctl.test(line)) return false;
    isUsed ||= subject.test(line);
    if (isUsed) return true;
    linesBefore(number, (before, at) => {
      if (at <= clear && clear < number) return false;
      isUsed = subject.test(before);
      return !isUsed && before.startsWith('--') && number - at < longestMessage;
    });
    clear = Math.max(clear, number);
    return isUsed;
  };
}
