/** Unpacks a stream as its bytes come. What it throws means that the packed data is damaged; `CutOff`, that it ends too early. */
export type Unpack = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** The packed data ends before it should. */
export class CutOff extends Error {}

/** So few bytes unpack to so many that they were made to fill a memory. */
export class TooMuch extends Error {}

/** It can be unpacked, but not here. */
export class Unsupported extends Error {}

/** A decoder is given so many bytes at a time, because what they unpack to comes at once. */
const sliceLength = 1 << 14;
const mostFromSlice = 1 << 26;

/** A decoder that is fed, and hands out what it has by a callback: both are told by what `start` returns. */
export interface Decoder {
  push(packed: Uint8Array): void | Promise<void>;
  end(): void | Promise<void>;
}

/** Drives a decoder. What came out of it before it failed is kept. */
export async function* decodeWith(
  packed: AsyncIterable<Uint8Array>,
  start: (give: (bytes: Uint8Array) => void) => Decoder,
): AsyncIterable<Uint8Array> {
  let out: Uint8Array[] = [];
  let length = 0;
  const decoder = start(bytes => {
    length += bytes.length;
    if (length > mostFromSlice) throw new TooMuch();
    out.push(bytes);
  });
  let failure: unknown = null;
  const take = (): Uint8Array[] => {
    const taken = out;
    [out, length] = [[], 0];
    return taken;
  };
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length && failure === null; at += sliceLength) {
      try {
        await decoder.push(chunk.subarray(at, at + sliceLength));
      } catch (error) {
        failure = error;
      }
      yield* take();
    }
    if (failure !== null) throw failure;
  }
  try {
    await decoder.end();
  } catch (error) {
    failure = error;
  }
  yield* take();
  if (failure !== null) throw failure;
}
