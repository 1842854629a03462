import {pipeline, Readable, type Transform} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {InputError} from '../model/errors.js';

interface Packing {
  readonly name: string;
  readonly magic: readonly number[];
  /** The program that unpacks it; null when we do. */
  readonly program: string | null;
}

/** By their first bytes, not by file names: gzip(1), xz(1), zstd(1), lz4(1), bzip2(1). */
const packings: readonly Packing[] = [
  {name: 'gzip', magic: [0x1f, 0x8b], program: null},
  {name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], program: 'xz -dc'},
  {name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], program: 'zstd -dc'},
  {name: 'lz4', magic: [0x04, 0x22, 0x4d, 0x18], program: 'lz4 -dc'},
  {name: 'bzip2', magic: [0x42, 0x5a, 0x68], program: 'bzip2 -dc'},
];

/** The bytes of a stream, unpacked if they are packed. Throws InputError, with what to do, for packings we do not read. */
export async function* unpack(name: string, stream: Readable): AsyncIterable<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const first = await chunks.next();
  if (first.done === true) return;
  const packing = packings.find(({magic}) => magic.every((byte, at) => first.value[at] === byte));
  if (packing?.program != null) {
    throw new InputError(
      `${name}: this is packed with ${packing.name}; unpack it first: ${packing.program} FILE | whyboot`,
    );
  }
  if (packing !== undefined) {
    // Not `pipe`: an error of the source must reach the reader.
    yield* compose(Readable.from(rest(first.value, chunks)), createGunzip({chunkSize: 1 << 18}));
    return;
  }
  yield* rest(first.value, chunks);
}

async function* rest(first: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  yield first;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

/** The transformed stream; what goes wrong on either side is thrown to who reads it. */
function compose(source: Readable, transform: Transform): AsyncIterable<Uint8Array> {
  pipeline(source, transform, () => {});
  return transform;
}
