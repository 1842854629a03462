import {CutOff, type Unpack} from './packed.js';

/**
 * bzip2(1). Several streams one after the other are one file. The libraries there are for it can be made to run for ever
 * (a run length that overflows), or unpack a whole file at once. Format: what bzip2's own `decompress.c` reads, as
 * described in https://github.com/dsnet/compress/blob/master/doc/bzip2-format.pdf
 */
export const unpackBzip2: Unpack = async function* (packed) {
  const bits = new BitReader();
  let blockLength = 0;
  const chunks = packed[Symbol.asyncIterator]();
  for (let isAtEnd = false; ; ) {
    // A block is decoded in one go, so all of it must be there.
    while (!isAtEnd && bits.length < longestPackedBlock) {
      const next = await chunks.next();
      if (next.done === true) isAtEnd = true;
      else bits.append(next.value);
    }
    if (blockLength === 0) {
      if (bits.length === 0) return;
      blockLength = readStreamHeader(bits);
    }
    const block = readBlock(bits, blockLength);
    if (block === null) blockLength = 0;
    else yield* unroll(block);
  }
};

/** A block of 900 kB that does not pack well, and its tables. */
const longestPackedBlock = 1 << 20;
const chunkLength = 1 << 18;
/** `BZh`. */
const streamMagic = 0x425a68;
const blockMagic = 0x314159265359;
const endMagic = 0x177245385090;
const longestCode = 20;
const groupLength = 50;

function damaged(what: string): Error {
  return new Error(`damaged bzip2 data: ${what}`);
}

class BitReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #held = 0;
  #count = 0;

  /** Bytes that are left. */
  get length(): number {
    return this.#bytes.length - this.#at;
  }

  append(bytes: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#at), bytes]);
    this.#at = 0;
  }

  /** Up to 24 bits. */
  read(count: number): number {
    while (this.#count < count) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new CutOff();
      this.#held = ((this.#held & 0xffffff) << 8) | byte;
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#held >>> this.#count) & ((1 << count) - 1);
  }

  readLong(count: 32 | 48): number {
    let value = 0;
    for (let left = count; left > 0; left -= 16) value = value * 65536 + this.read(16);
    return value;
  }

  align(): void {
    this.#count -= this.#count % 8;
  }
}

/** Gives how long a block can be. */
function readStreamHeader(bits: BitReader): number {
  const magic = bits.read(24);
  const level = bits.read(8) - 0x30;
  if (magic !== streamMagic || level < 1 || level > 9) throw damaged('no header');
  return level * 100_000;
}

interface Block {
  /** Of each byte its value, and above that the place of the one after it. */
  readonly links: Uint32Array;
  readonly length: number;
  readonly origin: number;
}

/** null at the end of a stream. */
function readBlock(bits: BitReader, mostLength: number): Block | null {
  const magic = bits.readLong(48);
  bits.readLong(32);
  if (magic === endMagic) {
    bits.align();
    return null;
  }
  if (magic !== blockMagic) throw damaged('no block');
  if (bits.read(1) === 1) throw damaged('a randomized block');
  const origin = bits.read(24);
  const symbols = readSymbols(bits);
  const groups = bits.read(3);
  if (groups < 2 || groups > 6) throw damaged('number of tables');
  const selectors = readSelectors(bits, groups);
  const tables = Array.from({length: groups}, () => readTable(bits, symbols.length + 2));

  const links = new Uint32Array(mostLength);
  const counts = new Uint32Array(256);
  const end = symbols.length + 1;
  let length = 0;
  let run = 0;
  let runUnit = 1;
  for (let group = 0; ; group++) {
    const table = tables[selectors[group] ?? -1];
    if (table === undefined) throw damaged('selectors');
    for (let each = 0; each < groupLength; each++) {
      const symbol = readSymbol(bits, table);
      if (symbol < 2) {
        run += runUnit << symbol;
        runUnit <<= 1;
        if (run > mostLength) throw damaged('run length');
        continue;
      }
      if (run > 0) {
        const byte = symbols[0] as number;
        if (length + run > mostLength) throw damaged('run length');
        links.fill(byte, length, length + run);
        counts[byte] = (counts[byte] as number) + run;
        length += run;
        run = 0;
        runUnit = 1;
      }
      if (symbol === end) return link({links, length, origin}, counts);
      if (length === mostLength || symbol > end) throw damaged('block length');
      const byte = symbols[symbol - 1] as number;
      symbols.copyWithin(1, 0, symbol - 1);
      symbols[0] = byte;
      counts[byte] = (counts[byte] as number) + 1;
      links[length++] = byte;
    }
  }
}

/** The bytes that occur. */
function readSymbols(bits: BitReader): Uint8Array {
  const rows = bits.read(16);
  const symbols: number[] = [];
  for (let row = 0; row < 16; row++) {
    if (((rows >> (15 - row)) & 1) === 0) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column++) {
      if (((columns >> (15 - column)) & 1) === 1) symbols.push(row * 16 + column);
    }
  }
  if (symbols.length === 0) throw damaged('no symbols');
  return Uint8Array.from(symbols);
}

/** Which table each group of symbols uses. */
function readSelectors(bits: BitReader, groups: number): Uint8Array {
  const selectors = new Uint8Array(bits.read(15));
  const recent = [0, 1, 2, 3, 4, 5];
  for (let each = 0; each < selectors.length; each++) {
    let at = 0;
    while (bits.read(1) === 1) if (++at >= groups) throw damaged('selectors');
    recent.unshift(...recent.splice(at, 1));
    selectors[each] = recent[0] as number;
  }
  return selectors;
}

/** A Huffman code: the symbols in the order of their codes, and for each length the first code and where its symbols begin. */
interface Table {
  readonly symbols: Uint16Array;
  readonly counts: Uint16Array;
  readonly shortest: number;
}

function readTable(bits: BitReader, size: number): Table {
  const lengths = new Uint8Array(size);
  const counts = new Uint16Array(longestCode + 1);
  let length = bits.read(5);
  for (let symbol = 0; symbol < size; symbol++) {
    for (;;) {
      if (length < 1 || length > longestCode) throw damaged('code lengths');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
    counts[length] = (counts[length] as number) + 1;
  }
  const symbols = new Uint16Array(size);
  let at = 0;
  for (let each = 1; each <= longestCode; each++) {
    for (let symbol = 0; symbol < size; symbol++) if (lengths[symbol] === each) symbols[at++] = symbol;
  }
  return {symbols, counts, shortest: Math.min(...lengths)};
}

function readSymbol(bits: BitReader, {symbols, counts, shortest}: Table): number {
  let code = bits.read(shortest);
  let first = 0;
  let begin = 0;
  for (let length = shortest; length <= longestCode; length++) {
    const count = counts[length] as number;
    if (code - first < count) return symbols[begin + code - first] as number;
    begin += count;
    first = (first + count) << 1;
    code = (code << 1) | bits.read(1);
  }
  throw damaged('a code that is none');
}

/** Undoes the sorting: every byte learns which one follows it. */
function link(block: Block, counts: Uint32Array): Block {
  const {links, length, origin} = block;
  if (origin >= length) throw damaged('origin');
  const starts = new Uint32Array(256);
  for (let byte = 1; byte < 256; byte++) starts[byte] = (starts[byte - 1] as number) + (counts[byte - 1] as number);
  for (let at = 0; at < length; at++) {
    const byte = (links[at] as number) & 0xff;
    const place = starts[byte] as number;
    starts[byte] = place + 1;
    links[place] = (links[place] as number) | (at << 8);
  }
  return block;
}

/** The bytes of a block. Four equal ones are followed by how many more of them there are. */
function* unroll({links, length, origin}: Block): Iterable<Uint8Array> {
  let out = Buffer.allocUnsafe(chunkLength);
  let filled = 0;
  let next = (links[origin] as number) >>> 8;
  let last = -1;
  let equal = 0;
  for (let left = length; left > 0; left--) {
    const entry = links[next] as number;
    const byte = entry & 0xff;
    next = entry >>> 8;
    if (filled + 256 > chunkLength) {
      yield out.subarray(0, filled);
      out = Buffer.allocUnsafe(chunkLength);
      filled = 0;
    }
    if (equal === 4) {
      out.fill(last, filled, filled + byte);
      filled += byte;
      equal = 0;
      last = -1;
      continue;
    }
    equal = byte === last ? equal + 1 : 1;
    last = byte;
    out[filled++] = byte;
  }
  yield out.subarray(0, filled);
}
