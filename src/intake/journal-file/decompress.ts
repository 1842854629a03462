import {decompressLz4Block} from '../unpack/lz4-block.js';
import {loadXz} from '../unpack/xz.js';
import {type Compression, compressedLz4, compressedXz, compressedZstd} from './header.js';
import {dataObject, type Objects} from './objects.js';

/** Larger values (core dumps of old) are left out. */
const longestValue = 1 << 24;
/** All XZ values of a file together; they are unpacked before the first is asked for. */
const mostUnpackedXz = 1 << 28;

/** The payload of a DATA object that has one of the flags `compressed…`; null if it cannot be unpacked. */
export type Decompress = (flag: number, packed: Uint8Array, offset: number) => Uint8Array | null;

type UnpackZstd = (packed: Uint8Array, length: number) => Uint8Array;

/** Libraries are loaded for the compressions that a file's header names, and only then. */
export async function createDecompress(compressions: readonly Compression[], objects: Objects): Promise<Decompress> {
  const zstd = compressions.includes('zstd') ? await loadZstd() : null;
  const unpackedXz = compressions.includes('xz') ? await unpackAllXz(objects) : null;
  return (flag, packed, offset) => {
    try {
      if (flag === compressedXz) return unpackedXz?.get(offset) ?? null;
      if (flag === compressedLz4) return unpackLz4(packed);
      if (flag === compressedZstd) return zstd === null ? null : unpackZstd(zstd, packed);
    } catch {
      // Whatever a library says of damaged bytes, they are damaged.
    }
    return null;
  };
}

/** The length, in 64 bits, stands before the block. */
function unpackLz4(packed: Uint8Array): Uint8Array | null {
  if (packed.length < 9) return null;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  // A byte of a block stands for 255 at most.
  if (length > longestValue || length > (packed.length - 8) * 255) return null;
  return decompressLz4Block(packed.subarray(8), length);
}

function unpackZstd(unpack: UnpackZstd, packed: Uint8Array): Uint8Array | null {
  const length = zstdContentSize(packed);
  if (length === null || length > longestValue) return null;
  const out = unpack(packed, length);
  return out.length === length ? out : null;
}

/** What the header of a frame says of its length; systemd always writes it. RFC 8878, section 3.1.1.1. */
function zstdContentSize(packed: Uint8Array): number | null {
  if (packed.length < 9) return null;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(0, true) !== 0xfd2fb528) return null;
  const descriptor = packed[4] as number;
  const isSingleSegment = (descriptor & 32) !== 0;
  const kind = descriptor >> 6;
  const at = 5 + (isSingleSegment ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] as number);
  const width = kind === 0 ? (isSingleSegment ? 1 : 0) : 1 << kind;
  if (width === 0 || at + width > packed.length) return null;
  if (width === 1) return packed[at] as number;
  if (width === 2) return view.getUint16(at, true) + 256;
  return view.getUint32(at, true) + (width === 8 ? view.getUint32(at + 4, true) * 2 ** 32 : 0);
}

/** Node's own where it has one (22.15, 23.8), else a library. */
async function loadZstd(): Promise<UnpackZstd> {
  const zlib = (await import('node:zlib')) as {
    zstdDecompressSync?: (packed: Uint8Array, options: {maxOutputLength: number}) => Uint8Array;
  };
  const {zstdDecompressSync} = zlib;
  if (zstdDecompressSync !== undefined) {
    return (packed, length) => zstdDecompressSync(packed, {maxOutputLength: Math.max(length, 1)});
  }
  const {decompress} = await import('fzstd');
  return (packed, length) => decompress(packed, new Uint8Array(length));
}

/** The XZ library only works in streams, so its values are unpacked ahead. Journals of before 2014 have them. */
async function unpackAllXz(objects: Objects): Promise<ReadonlyMap<number, Uint8Array>> {
  const unpacked = new Map<number, Uint8Array>();
  const XzReadableStream = await loadXz();
  let left = mostUnpackedXz;
  for (const offset of objects.walk(objects.first)) {
    if (left <= 0) break;
    if (objects.bytes[offset] !== dataObject || objects.bytes[offset + 1] !== compressedXz) continue;
    const size = objects.dataSize(offset);
    if (size === 0) continue;
    const packed = new Uint8Array(objects.bytes.subarray(offset + objects.payload, offset + size));
    const value = await readAll(new XzReadableStream(streamOf(packed)), Math.min(longestValue, left));
    if (value === null) continue;
    unpacked.set(offset, value);
    left -= value.length;
  }
  return unpacked;
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

async function readAll(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
      length += next.value.length;
      // Of a cut value the library may give empty chunks.
      if (length <= most && chunks.length <= length + 16) continue;
      await reader.cancel();
      return null;
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks, length);
}
