import {createGunzip} from 'node:zlib';
import {CutOff, decodeWith, type Unpack} from './packed.js';

const chunkLength = 1 << 18;

/** gzip(1); RFC 1952. Several members one after the other are one file. */
export const unpackGzip: Unpack = packed =>
  decodeWith(packed, give => {
    const gunzip = createGunzip({chunkSize: chunkLength});
    let fail: (error: unknown) => void = () => {};
    let failure: Error | null = null;
    gunzip.on('data', give);
    gunzip.on('error', (error: NodeJS.ErrnoException) => {
      failure = error.code === 'Z_BUF_ERROR' ? new CutOff() : error;
      fail(failure);
    });
    /** What a slice unpacks to is there when its write is done. */
    const settled = (begin: (done: () => void) => void): Promise<void> =>
      new Promise((resolve, reject) => {
        fail = reject;
        if (failure === null) begin(resolve);
        else reject(failure);
      });
    return {
      push: slice => settled(done => void gunzip.write(slice, done)),
      end: () => settled(done => void gunzip.once('end', done).end()),
    };
  });
