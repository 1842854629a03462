/** Offsets of objects, one bit for each place where one can be. */
export class ObjectSet {
  readonly #bits: Uint32Array;

  constructor(end: number) {
    this.#bits = new Uint32Array(Math.ceil(end / 256) + 1);
  }

  add(offset: number): void {
    const at = Math.floor(offset / 256);
    const word = this.#bits[at];
    if (word !== undefined) this.#bits[at] = word | (1 << ((offset >>> 3) & 31));
  }

  has(offset: number): boolean {
    // An offset beyond 2^32 keeps its low bits under >>>.
    const word = this.#bits[offset < 4294967296 ? offset >>> 8 : Math.floor(offset / 256)];
    return word !== undefined && (word & (1 << ((offset >>> 3) & 31))) !== 0;
  }
}
