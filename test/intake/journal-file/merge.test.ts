/** Several files as one journal, against journalctl of the same files. */
import {describe, expect, test} from 'vitest';
import {listBoots, mergeJournals, openJournalFile} from '../../../src/intake/journal-file/index.js';
import {toExport} from './export.js';
import {bytesOf, messagesOf, open} from './fixtures.js';

describe('several files', () => {
  test('are read in one order, and what stands in both comes once', async () => {
    const [even, odd] = [await open('even'), await open('odd')];
    const expected = bytesOf('merged.export')
      .toString('latin1')
      .replace(/^__(?:SEQNUM|SEQNUM_ID|CURSOR)=.*\n/gm, '');
    for (const files of [
      [even, odd],
      [odd, even],
    ]) {
      const merged = toExport(mergeJournals(files))
        .toString('latin1')
        .replace(/^__CURSOR=.*\n/gm, '');
      expect(merged).toBe(expected);
    }
    expect(even.entryOffsets().length + odd.entryOffsets().length).toBe(31);
    expect([...mergeJournals([even, odd])]).toHaveLength(30);
  });

  test('a file and its copy are one', async () => {
    const file = await open('compact-zstd');
    expect(messagesOf(mergeJournals([file, await open('compact-zstd'), await open('compact-zstd')]))).toEqual(
      messagesOf(file.entries()),
    );
  });

  test('sequence numbers of one source count more than clocks', async () => {
    const [first, second] = [bytesOf('even.journal'), bytesOf('even.journal')];
    // The same source, later numbers, an earlier clock: a boot after the battery ran out.
    const offsets = (await open('even')).entryOffsets();
    for (const offset of offsets) {
      second.writeBigUInt64LE(second.readBigUInt64LE(offset + 16) + 1000n, offset + 16);
      second.writeBigUInt64LE(1_000_000n, offset + 24);
      second.fill(0xab, offset + 40, offset + 56);
    }
    const files = [await openJournalFile(second, 'second'), await openJournalFile(first, 'first')];
    const names = [...mergeJournals(files)].map(({file}) => file.name);
    expect(names).toEqual([...offsets.map(() => 'first'), ...offsets.map(() => 'second')]);
    expect(listBoots(files).map(({bootId, entries}) => [bootId.slice(0, 4), entries])).toEqual([
      [expect.not.stringMatching(/^abab/), offsets.length],
      ['abab', offsets.length],
    ]);
  });

  test('none are nothing', () => {
    expect([...mergeJournals([])]).toEqual([]);
    expect(listBoots([])).toEqual([]);
  });
});
