/** Packed logs, by the programs that users have: test/fixtures/packed/make.sh made them of one console. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {unpack} from '../../../src/intake/unpack/index.js';
import {InputError} from '../../../src/model/errors.js';

const root = join(import.meta.dirname, '../../..');
const original = readFileSync(join(root, 'samples/ostree-ms-move-restart/console.log'));
const packed = (name: string): Buffer => readFileSync(join(root, 'test/fixtures/packed', name));
const kinds = ['gz', 'xz', 'zst', 'lz4', 'bz2'];

async function* inChunks(bytes: Uint8Array, length: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

interface Unpacked {
  readonly bytes: Buffer;
  readonly notices: readonly string[];
}

async function unpacked(bytes: Uint8Array, chunkLength = bytes.length): Promise<Unpacked> {
  const notices: string[] = [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpack('log', inChunks(bytes, chunkLength), text => void notices.push(text)))
    chunks.push(chunk);
  return {bytes: Buffer.concat(chunks), notices};
}

const isOriginal = ({bytes, notices}: Unpacked): boolean => bytes.equals(original) && notices.length === 0;

describe.each(kinds)('%s', kind => {
  test('is unpacked, wherever its chunks end', async () => {
    const bytes = packed(`console.log.${kind}`);
    for (const length of [1, 7, 1000, bytes.length])
      expect(isOriginal(await unpacked(bytes, length)), `${length}`).toBe(true);
  });

  test('two packed files one after the other are one', async () => {
    const bytes = packed(`console.log.${kind}`);
    const {bytes: both, notices} = await unpacked(Buffer.concat([bytes, bytes]));
    expect(notices).toEqual([]);
    expect(both.equals(Buffer.concat([original, original]))).toBe(true);
  });

  test('cut off, it gives its beginning and says so, or is refused where there is none', async () => {
    const bytes = packed(`console.log.${kind}`);
    for (const length of [bytes.length - 1, 9000, 30]) {
      const result = await unpacked(bytes.subarray(0, length)).catch((error: unknown) => error);
      if (result instanceof InputError)
        expect(result.message).toMatch(/^log: cannot read it: its \w+ data is cut off$/);
      else {
        const {bytes: begun, notices} = result as Unpacked;
        expect(notices).toEqual([
          expect.stringMatching(/data is cut off; what could be unpacked was read \(\d+ bytes\)$/),
        ]);
        expect(original.subarray(0, begun.length).equals(begun)).toBe(true);
      }
    }
  });

  test('whatever bytes are changed in it, nothing else is thrown, and nothing hangs', async () => {
    const bytes = packed(`console.log.${kind}`);
    for (let at = 0; at < bytes.length; at += 997) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 0x55;
      const result = await unpacked(changed).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toBeInstanceOf(InputError);
    }
  });
});

test('blocks of LZ4 that refer to those before them', async () => {
  expect(isOriginal(await unpacked(packed('console-linked.log.lz4'), 1000))).toBe(true);
});

test('an XZ dictionary that is too large is refused in one line', async () => {
  await expect(unpacked(packed('large-dictionary.log.xz'))).rejects.toThrow(
    'log: cannot read it: its xz data cannot be unpacked here: it needs a larger dictionary than there is room for',
  );
});

test.each(['bz2', 'zst'])('a few bytes of %s do not become a gigabyte', async kind => {
  let length = 0;
  const notices: string[] = [];
  const bytes = packed(`gigabyte.${kind}`);
  for await (const chunk of unpack('log', inChunks(bytes, bytes.length), text => void notices.push(text))) {
    length += chunk.length;
  }
  expect(length).toBeLessThan(1 << 29);
  expect(notices).toEqual([expect.stringMatching(/unpacks to more than 1000 times its size/)]);
});

test('what is not packed is handed on as it is, also when it begins like something packed', async () => {
  for (const text of ['', 'B', 'BZh', 'BZh9 is how bzip2 begins\n', '\x1f\x8b', 'Linux version 6.1\n']) {
    const bytes = Buffer.from(text, 'latin1');
    for (const length of [1, 100]) expect(await unpacked(bytes, length)).toEqual({bytes, notices: []});
  }
});

test('an error of the source is not taken for damage', async () => {
  async function* failing(): AsyncIterable<Uint8Array> {
    yield packed('console.log.gz').subarray(0, 5000);
    throw new Error('the disk is gone');
  }
  const read = async (): Promise<void> => {
    for await (const _chunk of unpack('log', failing(), () => {}));
  };
  await expect(read()).rejects.toThrow('the disk is gone');
});
