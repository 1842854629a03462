/** What intake asks of a byte scanner. The scanner is built from rule and structural literals by `rules/scanner.ts`. */
export interface Scanner {
  /** Looks for every literal in `bytes` from `start` to `end`, and adds what it finds in the order of the offsets. */
  scan(bytes: Uint8Array, start: number, end: number, hits: Hits): void;
  readonly plan: ScannerPlan;
}

/** What a scanner is made of, so that another thread can make the same. */
export interface ScannerPlan {
  readonly texts: readonly string[];
  /** For each text, where in it the window begins that is looked for; absent where that was not measured. */
  readonly windows: readonly (number | undefined)[];
}

/** Where literals were found: the offset of the last byte of the part that is looked for, and the literal's number. */
export class Hits {
  length = 0;
  offsets = new Int32Array(256);
  literals = new Int32Array(256);

  add(offset: number, literal: number): void {
    if (this.length === this.offsets.length) {
      this.offsets = grown(this.offsets);
      this.literals = grown(this.literals);
    }
    this.offsets[this.length] = offset;
    this.literals[this.length++] = literal;
  }

  addAll(others: Hits): void {
    for (let hit = 0; hit < others.length; hit++)
      this.add(others.offsets[hit] as number, others.literals[hit] as number);
  }
}

function grown(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}
