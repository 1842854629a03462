import type {BootFacts} from '../model/boot.js';

/** A boot as one of several files shows it. */
interface Shown {
  readonly facts: BootFacts;
  /** Which file. */
  readonly source: number;
}

/**
 * Boots that several files show, in order: what shows the same boot is together. A file that begins in the midst of a boot
 * goes on with the last one before it, as log rotation leaves it.
 */
export function groupBoots<B extends Shown>(reads: readonly B[]): B[][] {
  const groups: B[][] = [];
  const sources = [...new Set(reads.map(({source}) => source))];
  for (const source of sources) {
    const own = reads.filter(read => read.source === source);
    let place = groups.length;
    const last = groups.at(-1);
    // From the last to the first: what comes before a boot that another file shows too stands before it.
    for (const read of own.toReversed()) {
      const known = groups.findIndex(group =>
        group.every(other => other.source !== source && isSame(other.facts, read.facts)),
      );
      const goesOn = known < 0 && read === own[0] && last !== undefined && isContinued(last, read.facts);
      const at = goesOn ? groups.indexOf(last) : known;
      if (at < 0) groups.splice(place, 0, [read]);
      else {
        groups[at]?.push(read);
        place = at;
      }
    }
  }
  return groups;
}

/** The same boot id, or the same of what no two boots have; one kernel, and nothing that tells them apart. */
function isSame(one: BootFacts, other: BootFacts): boolean {
  if (one.id !== null && other.id !== null) return one.id === other.id;
  return areLike(one, other) && [...one.signs].some(([kind, value]) => other.signs.get(kind) === value);
}

function areLike(one: BootFacts, other: BootFacts): boolean {
  if (one.kernel !== null && other.kernel !== null && one.kernel !== other.kernel) return false;
  // Where forms show different clocks, times of places tell only that boots are the same.
  return [...one.signs].every(([kind, value]) => kind.startsWith('at ') || (other.signs.get(kind) ?? value) === value);
}

function isContinued(group: readonly Shown[], {id, isWhole, kernel, signs}: BootFacts): boolean {
  if (isWhole || kernel !== null || signs.size > 0) return false;
  return id === null || group.every(({facts}) => facts.id === null || facts.id === id);
}
