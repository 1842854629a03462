import type {Entry} from '../model/entry.js';
import {cleanLine} from './clean.js';
import {createDraft} from './formats/format.js';
import {formatsFor} from './formats/index.js';

/** Longer messages are searched as a whole but kept to this length, in characters. */
const longestText = 4096;

/** A kernel stamp in the middle of a line: two writers shared the console, and the second begins here. */
const secondStamp = /\[ *\d+\.\d{6}\](?:\[ *[TC]\d+\])? /g;

/** What dmesg -r and -x put before the stamp. */
const levelBefore = /^(?:<\d{1,3}>|\w+ *:\w+ *: )$/;

/** `░░`: journalctl -x explains the entry before in general. */
const catalogMark = '\xe2\x96\x91\xe2\x96\x91';

/**
 * The entries that a raw line (latin1 text) shows: mostly one, none for an empty line, more where writers
 * collided. `isAsItStood`: nothing had to be removed, so what a scan of the raw line found stands in the entry.
 */
export function parseTextLine(raw: string, number: number, emit: (entry: Entry, isAsItStood: boolean) => void): void {
  if (raw.startsWith(catalogMark)) return;
  for (const shown of cleanLine(raw)) {
    if (shown.trim() === '') continue;
    const isWhole = raw.startsWith(shown);
    let rest = shown;
    for (let second = findSecondStamp(rest); second > 0; second = findSecondStamp(rest)) {
      emit(toEntry(rest.slice(0, second), number), false);
      rest = rest.slice(second);
    }
    emit(toEntry(rest, number), isWhole && rest === shown);
  }
}

/** Where a second stamp begins, or -1. The kernel's stamp inside a syslog line is no second writer. */
function findSecondStamp(line: string): number {
  secondStamp.lastIndex = line.indexOf('[', 1);
  if (secondStamp.lastIndex < 0) return -1;
  const match = secondStamp.exec(line);
  if (match === null || line.startsWith('kernel: ', match.index - 8) || levelBefore.test(line.slice(0, match.index)))
    return -1;
  return match.index;
}

function toEntry(line: string, number: number): Entry {
  const draft = createDraft(number, line.length > longestText ? `${line.slice(0, longestText)}…` : line);
  for (const format of formatsFor(line.charCodeAt(0))) {
    draft.format = format.name;
    if (format.parse(line, draft)) return draft;
  }
  draft.format = 'plain';
  draft.message = line.trimStart();
  return draft;
}
