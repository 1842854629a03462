/**
 * Unpacks one LZ4 block (runs of literal bytes, and copies of what came before) into `out` from `start` on; what stands
 * before it can be copied too. Gives where it ends; null for a block that is damaged or does not fit.
 * Source: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
export function unpackLz4Block(packed: Uint8Array, out: Uint8Array, start: number): number | null {
  let from = 0;
  let to = start;
  /** A length of 15 goes on in bytes, up to one that is not 255. */
  const extended = (length: number): number => {
    if (length !== 15) return length;
    let sum = length;
    while (from < packed.length) {
      const byte = packed[from++] as number;
      sum += byte;
      if (byte !== 255) break;
    }
    return sum;
  };
  while (from < packed.length) {
    const token = packed[from++] as number;
    const literals = extended(token >> 4);
    if (from + literals > packed.length || to + literals > out.length) return null;
    out.set(packed.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    // The last run has no copy after it.
    if (from === packed.length) break;
    if (from + 2 > packed.length) return null;
    const distance = (packed[from] as number) | ((packed[from + 1] as number) << 8);
    from += 2;
    const copied = extended(token & 15) + 4;
    if (distance === 0 || distance > to || to + copied > out.length) return null;
    if (distance >= copied) {
      out.copyWithin(to, to - distance, to - distance + copied);
      to += copied;
    } else {
      // It overlaps what it writes, and so repeats itself.
      for (const end = to + copied; to < end; to++) out[to] = out[to - distance] as number;
    }
  }
  return to;
}

/** A block that stands alone; null if it does not give exactly `length` bytes. */
export function decompressLz4Block(packed: Uint8Array, length: number): Uint8Array | null {
  const out = new Uint8Array(length);
  return unpackLz4Block(packed, out, 0) === length ? out : null;
}
