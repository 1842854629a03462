/**
 * Entries are numbered by their position: the order in which they are handed on, which distances are measured by. Where an
 * entry is not a line, these tell the lines of the source.
 */
export interface Positions {
  lineOf(position: number): number;
  /** The first and the last line of the entries from one to another. */
  linesOf(first: number, last: number): readonly [first: number, last: number];
}

export interface PositionList extends Positions {
  /** The position of the entry that comes next, which begins at this line. */
  add(line: number): number;
  readonly count: number;
}

/** Four bytes an entry, whose fields take some hundreds in the log. `lines`: how many lines of the source are read. */
export function createPositionList(lines: () => number): PositionList {
  let first = new Uint32Array(1024);
  let count = 0;
  const lineOf = (position: number): number => (position > count ? lines() : (first[position - 1] ?? position));
  return {
    add(line) {
      if (count === first.length) {
        const longer = new Uint32Array(count * 2);
        longer.set(first);
        first = longer;
      }
      first[count] = line;
      return ++count;
    },
    get count() {
      return count;
    },
    lineOf,
    linesOf: (from, to) => [lineOf(from), to >= count ? lines() : lineOf(to + 1) - 1],
  };
}

/** Lines that are read in another order than they stand in the source. */
export function reorderedLines(numbers: readonly number[]): Positions {
  return {
    lineOf: position => numbers[position - 1] ?? position,
    linesOf(first, last) {
      const lines = numbers.slice(first - 1, last);
      return lines.length === 0 ? [first, last] : [Math.min(...lines), Math.max(...lines)];
    },
  };
}
