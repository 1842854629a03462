import {InputError} from '../../model/errors.js';
import {unpackBzip2} from './bzip2.js';
import {unpackGzip} from './gzip.js';
import {unpackLz4} from './lz4.js';
import {CutOff, TooMuch, type Unpack, Unsupported} from './packed.js';
import {unpackXz} from './xz.js';
import {unpackZstd} from './zstd.js';

interface Packing {
  readonly name: string;
  /** null: any byte. */
  readonly magic: readonly (number | null)[];
  readonly unpack: Unpack;
}

/** By their first bytes, not by file names. */
const packings: readonly Packing[] = [
  {name: 'gzip', magic: [0x1f, 0x8b, 8], unpack: unpackGzip},
  {name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], unpack: unpackXz},
  {name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: unpackZstd},
  {name: 'lz4', magic: [0x04, 0x22, 0x4d, 0x18], unpack: unpackLz4},
  {name: 'bzip2', magic: [0x42, 0x5a, 0x68, null, 0x31, 0x41, 0x59, 0x26], unpack: unpackBzip2},
];

/** No log is packed to a thousandth; what claims to be is let unpack to this many bytes. */
const highestRatio = 1000;
const mostBeyondRatio = 1 << 28;

/**
 * The bytes of a stream, unpacked if they are packed. Of a stream that is cut off or damaged what can be unpacked, and
 * `notice` is told. Throws InputError where that is nothing.
 */
export async function* unpack(
  name: string,
  stream: AsyncIterable<Uint8Array>,
  notice: (text: string) => void,
): AsyncIterable<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  const {head, packing} = await readHead(chunks);
  if (packing === null) {
    yield* rest(head, chunks, () => {});
    return;
  }
  let packed = 0;
  let unpacked = 0;
  let broken: unknown = null;
  const counted = rest(head, chunks, length => {
    packed += length;
  });
  const source = guarded(counted, error => {
    broken = error;
  });
  try {
    for await (const chunk of packing.unpack(source)) {
      if (chunk.length === 0) continue;
      unpacked += chunk.length;
      yield chunk;
      if (unpacked > mostBeyondRatio && unpacked > packed * highestRatio) throw new TooMuch();
    }
  } catch (error) {
    // Not the packing, but what reads the file, or the reader of this.
    if (broken !== null) throw broken;
    const reason = reasonOf(error, packing.name);
    if (unpacked === 0) throw new InputError(`${name}: cannot read it: ${reason}`, {cause: error});
    notice(`${reason}; what could be unpacked was read (${unpacked} bytes)`);
  }
}

/** As many bytes as tell how a stream is packed: no more than that, for a live one may pause. */
async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<{head: Uint8Array; packing: Packing | null}> {
  let head: Uint8Array = new Uint8Array(0);
  for (;;) {
    const possible = packings.filter(({magic}) =>
      magic.slice(0, head.length).every((byte, at) => byte === null || head[at] === byte),
    );
    const packing = possible.find(({magic}) => magic.length <= head.length);
    if (packing !== undefined) return {head, packing};
    const next = possible.length === 0 ? null : await chunks.next();
    if (next === null || next.done === true) return {head, packing: null};
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
}

function reasonOf(error: unknown, packing: string): string {
  if (error instanceof CutOff) return `its ${packing} data is cut off`;
  if (error instanceof TooMuch) return `its ${packing} data unpacks to more than ${highestRatio} times its size`;
  if (error instanceof Unsupported) return `its ${packing} data cannot be unpacked here: ${error.message}`;
  return `its ${packing} data is damaged`;
}

/** Keeps an error of the source apart from those of the unpacking. */
async function* guarded(source: AsyncIterable<Uint8Array>, fail: (error: unknown) => void): AsyncIterable<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    fail(error);
    throw error;
  }
}

async function* rest(
  first: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
  count: (length: number) => void,
): AsyncIterable<Uint8Array> {
  count(first.length);
  if (first.length > 0) yield first;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    count(next.value.length);
    yield next.value;
  }
}
