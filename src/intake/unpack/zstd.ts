import {CutOff, decodeWith, type Unpack} from './packed.js';

/** Of fzstd: the data ends too early. */
const unexpectedEnd = 5;

/** zstd(1); RFC 8878. Several frames one after the other are one file. */
export const unpackZstd: Unpack = async function* (packed) {
  const {Decompress} = await import('fzstd');
  yield* decodeWith(packed, give => {
    const decompress = new Decompress(bytes => give(bytes));
    return {
      push: slice => decompress.push(slice),
      end: () => {
        try {
          decompress.push(new Uint8Array(0), true);
        } catch (error) {
          throw (error as {code?: number}).code === unexpectedEnd ? new CutOff() : error;
        }
      },
    };
  });
};
