/** Binary journal files against what journalctl -o export says of them; test/fixtures/journal/make.sh made both. */
import {describe, expect, test} from 'vitest';
import {isJournalFile, openJournalFile} from '../../../src/intake/journal-file/index.js';
import {InputError} from '../../../src/model/errors.js';
import {toExport} from './export.js';
import {bytesOf, messagesOf, open} from './fixtures.js';

const kinds = [
  'regular-xz',
  'regular-lz4',
  'regular-zstd',
  'compact-plain',
  'compact-xz',
  'compact-lz4',
  'compact-zstd',
  'unclosed',
];

describe.each(kinds)('%s', kind => {
  test('every value of every entry is what journalctl reads', async () => {
    const file = await open(kind);
    expect(toExport(file.entries()).equals(withoutSeqnum(bytesOf(`${kind}.export`)))).toBe(true);
    expect(file.notices()).toEqual([]);
  });

  test('the header tells what kind of file it is', async () => {
    const {header} = await open(kind);
    const [layout, compression] = kind.split('-');
    expect(header.state).toBe(kind === 'unclosed' ? 'online' : 'offline');
    expect(header.compact).toBe(layout !== 'regular');
    expect(header.compressions).toEqual({plain: []}[compression ?? 'zstd'] ?? [compression ?? 'zstd']);
    expect(header).toMatchObject({entryCount: 38, isCut: false, isDamaged: false});
  });

  test('every distinct value is visited once, with the entries that have it', async () => {
    const file = await open(kind);
    const expected = new Map<string, number[]>();
    for (const entry of file.entries()) {
      for (const {name, value} of entry.items()) {
        const key = `${name}=${Buffer.from(value).toString('latin1')}`;
        expected.set(key, [...(expected.get(key) ?? []), entry.offset]);
      }
    }
    const found = new Map<string, readonly number[]>();
    for (const name of file.fieldNames()) {
      for (const value of file.values(name)) {
        const key = `${name}=${value.bytes.toString('latin1', value.start, value.end)}`;
        expect(found.has(key)).toBe(false);
        found.set(key, value.entryOffsets());
      }
    }
    expect(found).toEqual(expected);
  });
});

/** Newer releases write the sequence number as a field too. */
function withoutSeqnum(text: Buffer): Buffer {
  return Buffer.from(text.toString('latin1').replace(/^__SEQNUM(?:_ID)?=.*\n/gm, ''), 'latin1');
}

describe('entries', () => {
  test('fields are text; the first of several values counts', async () => {
    const all = [...(await open('compact-zstd')).entries()].map(entry => entry.fields());
    expect(all[0]).toMatchObject({
      _TRANSPORT: 'kernel',
      PRIORITY: '5',
      __REALTIME_TIMESTAMP: expect.stringMatching(/^\d{16}$/),
      __MONOTONIC_TIMESTAMP: expect.stringMatching(/^\d+$/),
      _BOOT_ID: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(all.find(({MESSAGE}) => MESSAGE === 'Grüße, 日本語')).toMatchObject({TAG: 'one'});
    expect(all.find(({MESSAGE}) => MESSAGE === 'first line\nsecond line')).toMatchObject({EMPTY: ''});
    expect(all.at(-3)?.['MESSAGE']).toBe('broken \ufffd\ufffd text');
    expect(all.at(-2)).toMatchObject({_NOTHING: 'an entry without a message'});
    expect(all.at(-2)).not.toHaveProperty('MESSAGE');
  });

  test('only the fields that are asked for are read', async () => {
    const [first] = (await open('compact-zstd')).entries();
    expect(Object.keys(first?.fields(new Set(['MESSAGE'])) ?? {})).toEqual([
      '__REALTIME_TIMESTAMP',
      '__MONOTONIC_TIMESTAMP',
      '_BOOT_ID',
      'MESSAGE',
    ]);
  });

  test('entries are found by a value that they have', async () => {
    const file = await open('regular-lz4');
    const long = [...file.values('MESSAGE')].filter(value => value.text().startsWith('long '));
    expect(long).toHaveLength(1);
    const having = file.objectSet();
    for (const value of long) having.add(value.offset);
    const found = [...file.entries(having)];
    expect(found).toHaveLength(2);
    expect(found.map(({offset}) => offset)).toEqual(long[0]?.entryOffsets());
    expect(messagesOf(found)).toEqual(messagesOf(found.map(({offset}) => file.entryAt(offset))));
  });

  test('a file in the middle of a buffer is read as well', async () => {
    const bytes = bytesOf('compact-lz4.journal');
    const moved = Buffer.concat([Buffer.alloc(13, 0xff), bytes, Buffer.alloc(5, 0xff)]).subarray(13, 13 + bytes.length);
    const file = await openJournalFile(moved, 'moved');
    expect(toExport(file.entries()).equals(toExport((await open('compact-lz4')).entries()))).toBe(true);
  });
});

describe('what is no journal', () => {
  const refused = async (bytes: Uint8Array): Promise<string> => {
    const error = await openJournalFile(bytes, 'file').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  };

  test('is told by its first bytes', () => {
    expect(isJournalFile(Buffer.from('LPKSHHRH and more'))).toBe(true);
    for (const text of ['', 'LPKS', 'KSHHRHLP', 'Linux version 6.1'])
      expect(isJournalFile(Buffer.from(text))).toBe(false);
  });

  test('is refused in one line', async () => {
    expect(await refused(Buffer.from('Linux version 6.1'))).toBe('file: this is no journal file');
    expect(await refused(bytesOf('compact-zstd.journal').subarray(0, 100))).toMatch(/ends within its header$/);
  });

  test('a feature that does not exist yet is named', async () => {
    const bytes = bytesOf('compact-zstd.journal');
    bytes[12] = (bytes[12] as number) | 32;
    expect(await refused(bytes)).toMatch(/has features that this version does not know/);
  });

  test('a file without entries is empty, and no error', async () => {
    const bytes = bytesOf('compact-zstd.journal');
    bytes.fill(0, 152, 208);
    const file = await openJournalFile(bytes.subarray(0, Number(bytes.readBigUInt64LE(88))), 'empty');
    expect([...file.entries()]).toEqual([]);
    expect([...file.values('MESSAGE')]).toEqual([]);
  });
});
