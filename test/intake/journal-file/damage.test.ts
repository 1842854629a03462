/** Journals that a crash, a bad disk or a copy that ended early has left: what can be read is read, the rest is named. */
import {describe, expect, test} from 'vitest';
import {type JournalFile, openJournalFile} from '../../../src/intake/journal-file/index.js';
import {toExport} from './export.js';
import {bytesOf, messagesOf, objectsOf, open} from './fixtures.js';

const [data, field, entry, entryArray] = [1, 2, 3, 6];
const count = 38;
const kinds = ['regular-zstd', 'compact-zstd', 'compact-lz4', 'regular-xz'];

/** The file as it is after something was done to its bytes. */
async function damaged(kind: string, damage: (bytes: Buffer) => void): Promise<JournalFile> {
  const bytes = bytesOf(`${kind}.journal`);
  damage(bytes);
  return await openJournalFile(bytes, kind);
}
const whole = async (kind: string): Promise<Buffer> => toExport((await open(kind)).entries());
const put = (bytes: Buffer, offset: number, value: number): void => void bytes.writeBigUInt64LE(BigInt(value), offset);
const messageCount = (file: JournalFile): number =>
  [...file.values('MESSAGE')].reduce((sum, value) => sum + value.entryOffsets().length, 0);

describe.each(kinds)('%s', kind => {
  test('entries are found without the list of entries', async () => {
    const file = await damaged(kind, bytes => put(bytes, 176, 0));
    expect(toExport(file.entries()).equals(await whole(kind))).toBe(true);
    expect(file.notices()).toEqual([`${count} entries were found that the file's list does not hold`]);
    expect(messageCount(file)).toBe(count - 1);
  });

  test('the arrays of all lists gone, nothing is lost', async () => {
    const file = await damaged(kind, bytes => {
      for (const offset of objectsOf(bytes, entryArray)) bytes.fill(0xff, offset, offset + 16);
    });
    expect(toExport(file.entries()).equals(await whole(kind))).toBe(true);
    expect(messageCount(file)).toBe(count - 1);
  });

  test('a list that leads back into itself ends', async () => {
    const file = await damaged(kind, bytes => {
      for (const offset of objectsOf(bytes, entryArray)) put(bytes, offset + 16, offset);
      for (const offset of objectsOf(bytes, field)) put(bytes, offset + 24, offset);
      for (const offset of objectsOf(bytes, data)) put(bytes, offset + 32, offset);
    });
    expect(toExport(file.entries()).equals(await whole(kind))).toBe(true);
    for (const name of file.fieldNames()) for (const value of file.values(name)) value.entryOffsets();
    expect(messageCount(file)).toBe(count - 1);
    expect(file.notices().join('\n')).toMatch(/object at offset \d+ is damaged/);
  });

  test('one damaged entry is passed over, and named', async () => {
    const bytes = bytesOf(`${kind}.journal`);
    const offset = objectsOf(bytes, entry)[10] as number;
    bytes[offset] = 9;
    const file = await openJournalFile(bytes, kind);
    const messages = messagesOf((await open(kind)).entries());
    expect(messagesOf(file.entries())).toEqual(messages.toSpliced(10, 1));
    expect(file.notices()).toContain(`object at offset ${offset} is damaged`);
  });

  test('one damaged value is left out of its entry', async () => {
    const bytes = bytesOf(`${kind}.journal`);
    const value = [...(await open(kind)).values('MESSAGE')].find(each => each.text() === 'first line\nsecond line');
    put(bytes, (value?.offset ?? 0) + 8, 2 ** 40);
    const file = await openJournalFile(bytes, kind);
    const entries = [...file.entries()];
    expect(entries).toHaveLength(count);
    expect(entries.filter(each => each.fields()['MESSAGE'] === undefined)).toHaveLength(2);
    expect(file.notices()).toEqual([`object at offset ${value?.offset} is damaged`]);
    expect([...file.values('MESSAGE')].map(each => each.text())).not.toContain('first line\nsecond line');
  });

  test('a compressed value that cannot be unpacked is left out', async () => {
    const bytes = bytesOf(`${kind}.journal`);
    const packed = objectsOf(bytes, data).filter(offset => bytes[offset + 1] !== 0);
    expect(packed.length).toBeGreaterThan(1);
    for (const offset of packed) bytes.fill(0xff, offset + 72, offset + 100);
    const file = await openJournalFile(bytes, kind);
    expect([...file.entries()].map(each => each.fields())).toHaveLength(count);
    expect(file.notices()).toHaveLength(packed.length);
  });

  test('of a file that was cut, the entries before the cut are there', async () => {
    const bytes = bytesOf(`${kind}.journal`);
    const offsets = objectsOf(bytes, entry);
    const cut = offsets[20] as number;
    const file = await openJournalFile(bytes.subarray(0, cut), kind);
    expect(messagesOf(file.entries())).toEqual(messagesOf((await open(kind)).entries()).slice(0, 20));
    expect(file.notices()).toContain('the file is cut: its end is missing');
    expect(messageCount(file)).toBe(20);
  });

  test('sizes in the header that cannot be are not believed', async () => {
    for (const at of [88, 96]) {
      const file = await damaged(kind, bytes => put(bytes, at, 17));
      expect(toExport(file.entries()).equals(await whole(kind))).toBe(true);
      expect(file.notices()).toContain('the header is damaged');
    }
  });

  test('the table of field names gone, the names are found', async () => {
    const file = await damaged(kind, bytes => put(bytes, 120, 8));
    expect(file.fieldNames().toSorted()).toEqual((await open(kind)).fieldNames().toSorted());
    expect(messageCount(file)).toBe(count - 1);
  });

  test('lists of another value are not believed', async () => {
    const bytes = bytesOf(`${kind}.journal`);
    const shared = objectsOf(bytes, data).filter(offset => bytes.readBigUInt64LE(offset + 56) > 1n);
    const source = shared[0] as number;
    for (const offset of shared.slice(1)) bytes.copy(bytes, offset + 40, source + 40, source + 64);
    const file = await openJournalFile(bytes, kind);
    const expected = await open(kind);
    for (const name of expected.fieldNames()) {
      const offsetsOf = (each: JournalFile) => [...each.values(name)].map(value => value.entryOffsets());
      expect(offsetsOf(file)).toEqual(offsetsOf(expected));
    }
  });
});

describe('not closed', () => {
  test('entries that were written but not yet listed are found', async () => {
    const bytes = bytesOf('unclosed.journal');
    const expected = await open('unclosed');
    // The last entry is not in the list, nor counted.
    const last = expected.entryOffsets().at(-1) as number;
    const item = objectsOf(bytes, entryArray).flatMap(offset =>
      Array.from({length: (Number(bytes.readBigUInt64LE(offset + 8)) - 24) / 4}, (_, index) => offset + 24 + index * 4),
    );
    for (const offset of item) if (bytes.readUInt32LE(offset) === last) bytes.writeUInt32LE(0, offset);
    put(bytes, 152, count - 1);
    const file = await openJournalFile(bytes, 'unclosed');
    expect(toExport(file.entries()).equals(toExport(expected.entries()))).toBe(true);
    expect(file.notices()).toEqual(["1 entries were found that the file's list does not hold"]);
  });

  test('half an entry at the end is none', async () => {
    const bytes = bytesOf('unclosed.journal');
    const last = (await open('unclosed')).entryOffsets().at(-1) as number;
    bytes.fill(0, last + 66);
    const file = await openJournalFile(bytes, 'unclosed');
    expect(file.entryOffsets().length).toBeGreaterThanOrEqual(count - 1);
    expect(messagesOf(file.entries()).slice(0, count - 1)).toEqual(
      messagesOf((await open('unclosed')).entries()).slice(0, count - 1),
    );
  });

  test('an archived file is read like any other', async () => {
    const file = await damaged('compact-zstd', bytes => void bytes.writeUInt8(2, 16));
    expect(file.header.state).toBe('archived');
    expect(toExport(file.entries()).equals(await whole('compact-zstd'))).toBe(true);
  });
});

test('much damage is counted, not listed', async () => {
  const file = await damaged('compact-zstd', bytes => {
    for (const offset of objectsOf(bytes, data)) bytes[offset + 1] = 3;
  });
  for (const each of file.entries()) each.fields();
  expect(file.notices()).toHaveLength(9);
  expect(file.notices().at(-1)).toMatch(/^\d+ more objects are damaged$/);
});
