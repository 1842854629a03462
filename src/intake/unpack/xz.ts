import {CutOff, type Unpack, Unsupported} from './packed.js';

/** The library goes on giving nothing where bytes are missing. */
const mostEmpty = 4;

/** xz(1). Several streams one after the other are one file. */
export const unpackXz: Unpack = async function* (packed) {
  const XzReadableStream = await loadXz();
  const chunks = packed[Symbol.asyncIterator]();
  let isAtEnd = false;
  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done !== true) return controller.enqueue(next.value);
      isAtEnd = true;
      controller.close();
    },
  });
  let empty = 0;
  try {
    for await (const chunk of new XzReadableStream(source)) {
      empty = chunk.length === 0 && isAtEnd ? empty + 1 : 0;
      if (empty > mostEmpty) throw new CutOff();
      yield chunk;
    }
  } catch (error) {
    throw explained(error);
  }
};

/** Of xz_dec_run, `enum xz_ret` in xz-embedded's xz.h; the library says it in words. */
const outOfMemory = /code [34]$/;
const outOfInput = /code 8$/;

function explained(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  if (outOfInput.test(message)) return new CutOff();
  return outOfMemory.test(message) ? new Unsupported('it needs a larger dictionary than there is room for') : error;
}

/** Its names are not found by an `import` of Node: it is CommonJS of a kind. */
export async function loadXz(): Promise<typeof import('xz-decompress').XzReadableStream> {
  type Library = Pick<typeof import('xz-decompress'), 'XzReadableStream'>;
  const library: Library & {readonly default?: Library} = await import('xz-decompress');
  return (library.default ?? library).XzReadableStream;
}
