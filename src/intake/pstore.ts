/**
 * Dumps of the kernel's last messages, as pstore keeps them (`/sys/fs/pstore`, `/var/lib/systemd/pstore`). A dump is cut into
 * parts, the newest first, each with a line `Panic#1 Part1` before it. Source: the kernel's fs/pstore/platform.c.
 */
const header = /^(?:Panic|Oops|Emergency|Shutdown|Restart|Halt|Poweroff|Unknown)#(\d{1,9}) Part(\d{1,9})\r?$/;

/** Which part of which dump begins with this line. */
export interface PstorePart {
  readonly dump: number;
  readonly part: number;
}

export function pstorePartAt(line: string): PstorePart | null {
  const match = header.exec(line);
  return match === null ? null : {dump: Number(match[1]), part: Number(match[2])};
}

/** Of the beginning of a file, as latin1 text. */
export function pstorePartOf(head: string): PstorePart | null {
  const start = head.search(/[^\s]/);
  if (start < 0) return null;
  const end = head.indexOf('\n', start);
  return pstorePartAt(head.slice(start, end < 0 ? undefined : end));
}

/** Older first: an earlier dump before a later one, a higher part before a lower one. */
export function byPstorePart(a: PstorePart, b: PstorePart): number {
  return a.dump - b.dump || b.part - a.part;
}

interface Part extends PstorePart {
  readonly lines: {readonly text: string; readonly number: number}[];
}

/** The lines of a text with parts in the order in which they were logged; what dumps repeat of one another comes once. */
export function inOrderLogged(lines: readonly string[]): {text: string; number: number}[] {
  const before: Part['lines'] = [];
  const groups: Part[][] = [];
  let group: Part[] = [];
  let part: Part | null = null;
  for (const [index, text] of lines.entries()) {
    const begun = pstorePartAt(text);
    if (begun !== null) {
      // The same part again: of another machine, or another day.
      if (group.length === 0 || group.some(each => byPstorePart(each, begun) === 0)) {
        group = [];
        groups.push(group);
      }
      part = {...begun, lines: []};
      group.push(part);
    }
    (part?.lines ?? before).push({text, number: index + 1});
  }
  return [...before, ...groups.flatMap(each => joined(each.sort(byPstorePart)))];
}

/** A dump holds what the one before it held, as far as there is room. */
function joined(parts: readonly Part[]): Part['lines'] {
  let all: Part['lines'] = [];
  for (const dump of new Set(parts.map(part => part.dump))) {
    const lines = parts.filter(part => part.dump === dump).flatMap(part => part.lines);
    all = [...withoutRepeated(all, lines), ...lines];
  }
  return all;
}

/** Lines that are looked at as the place where two dumps meet. */
const mostPlaces = 100;

/** `earlier` up to where `later` begins to repeat it to its end; nothing of it where `later` reaches further back. */
function withoutRepeated(earlier: Part['lines'], later: Part['lines']): Part['lines'] {
  const [before, after] = [textsOf(earlier), textsOf(later)];
  const from = placeOf(after[0], before, at => begins(after, before, at));
  if (from >= 0) return earlier.slice(0, earlier.indexOf(saidIn(earlier)[from] as Part['lines'][number]));
  return placeOf(before[0], after, at => startsAt(before, after, at)) >= 0 ? [] : earlier;
}

function saidIn(lines: Part['lines']): Part['lines'] {
  return lines.filter(({text}) => pstorePartAt(text) === null);
}

function textsOf(lines: Part['lines']): string[] {
  return saidIn(lines).map(({text}) => text);
}

/** `of`, from a place on to its end, is how `whole` begins. */
function begins(whole: readonly string[], of: readonly string[], at: number): boolean {
  return of.length - at <= whole.length && of.slice(at).every((line, index) => line === whole[index]);
}

/** All of `part` stands in `whole` from a place on. */
function startsAt(part: readonly string[], whole: readonly string[], at: number): boolean {
  return part.every((line, index) => line === whole[at + index]);
}

function placeOf(line: string | undefined, lines: readonly string[], holds: (at: number) => boolean): number {
  if (line === undefined) return -1;
  let at = lines.indexOf(line);
  for (let places = 0; at >= 0 && places < mostPlaces; places++) {
    if (holds(at)) return at;
    at = lines.indexOf(line, at + 1);
  }
  return -1;
}
