import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decompressLz4Block} from '../../../src/intake/unpack/lz4-block.js';

const unpack = (packed: number[], length: number): string | null => {
  const out = decompressLz4Block(Uint8Array.from(packed), length);
  return out === null ? null : Buffer.from(out).toString('latin1');
};
const [a, b, c] = [0x61, 0x62, 0x63];

test('literals, copies, and copies of what is being written', () => {
  expect(unpack([0x30, a, b, c], 3)).toBe('abc');
  expect(unpack([0x32, a, b, c, 3, 0, 0x10, c], 10)).toBe('abcabcabcc');
  expect(unpack([0x1f, a, 1, 0, 5, 0x10, b], 26)).toBe(`${'a'.repeat(25)}b`);
  expect(unpack([0xf0, 1, ...Array<number>(16).fill(a)], 16)).toBe('a'.repeat(16));
});

test('a block that is damaged gives nothing', () => {
  expect(unpack([0x30, a, b], 3)).toBeNull();
  expect(unpack([0x30, a, b, c], 4)).toBeNull();
  expect(unpack([0x30, a, b, c], 2)).toBeNull();
  expect(unpack([0x12, a, 2, 0, 0x10, b], 8)).toBeNull();
  expect(unpack([0x12, a, 0, 0, 0x10, b], 8)).toBeNull();
  expect(unpack([0x12, a, 1], 8)).toBeNull();
  expect(unpack([], 1)).toBeNull();
});

test('any bytes give the length that was asked for, or nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 200}), fc.nat(4096), (packed, length) => {
      const out = decompressLz4Block(packed, length);
      expect(out === null || out.length === length).toBe(true);
    }),
  );
});
