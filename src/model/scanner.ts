/** What intake asks of a byte scanner. The scanner is built from rule and structural literals by `rules/scanner.ts`. */
export interface Scanner {
  /**
   * Looks for every literal in `bytes` from `start` to `end` and calls `found` with the offset of the last byte of the part
   * of the literal that was looked for, and the literal's number. Offsets never decrease from call to call.
   */
  scan(bytes: Uint8Array, start: number, end: number, found: (offset: number, literal: number) => void): void;
}
