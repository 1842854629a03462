/** Where the rows of a growing text begin: every 64th, so that an index of millions stays small. */

const newline = 10;
export const rowsInGroup = 64;

export interface RowIndex {
  /** Takes the next bytes of the text. */
  add(bytes: Uint8Array): void;
  /** Rows so far; the last one may still grow. */
  readonly rows: number;
  readonly bytes: number;
  /** Offset of the first byte of a group of rows. */
  groupStart(group: number): number;
}

export function createRowIndex(): RowIndex {
  let starts = new Float64Array(1024);
  let ends = 0;
  let bytes = 0;
  let isOpen = false;
  const note = (group: number, offset: number): void => {
    if (group === starts.length) {
      const grown = new Float64Array(group * 2);
      grown.set(starts);
      starts = grown;
    }
    starts[group] = offset;
  };
  return {
    add(chunk) {
      if (chunk.length === 0) return;
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) {
        ends++;
        if (ends % rowsInGroup === 0) note(ends / rowsInGroup, bytes + at + 1);
      }
      bytes += chunk.length;
      isOpen = chunk[chunk.length - 1] !== newline;
    },
    get rows() {
      return ends + (isOpen ? 1 : 0);
    },
    get bytes() {
      return bytes;
    },
    groupStart: group => (group * rowsInGroup >= ends + 1 ? bytes : (starts[group] ?? bytes)),
  };
}
