/** Rows that the log screen shows, in order: all of them from one on, or some. */
export interface LogView {
  readonly count: number;
  rowAt(index: number): number;
  /** The index of a row, or of the next one that is shown. */
  indexOf(row: number): number;
}

/** All rows of a range. */
export function rangeView(first: number, end: () => number): LogView {
  return {
    get count() {
      return Math.max(0, end() - first);
    },
    rowAt: index => first + index,
    indexOf: row => Math.max(0, row - first),
  };
}

/** A growing list of rows, in order. */
export class RowList implements LogView {
  #rows = new Uint32Array(256);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  rowAt(index: number): number {
    return this.#rows[index] ?? 0;
  }

  /** Rows that come before all others, or after them; what stands in the list already is passed over. */
  add(rows: readonly number[]): void {
    const first = rows[0];
    if (first === undefined) return;
    const at = this.indexOf(first);
    const grown = this.#rows.length < this.#count + rows.length;
    const target = grown ? new Uint32Array((this.#count + rows.length) * 2) : this.#rows;
    if (grown) target.set(this.#rows.subarray(0, at));
    target.set(this.#rows.subarray(at, this.#count), at + rows.length);
    target.set(rows, at);
    this.#rows = target;
    this.#count += rows.length;
  }

  indexOf(row: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#rows[middle] as number) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  has(row: number): boolean {
    const index = this.indexOf(row);
    return index < this.#count && this.#rows[index] === row;
  }
}
