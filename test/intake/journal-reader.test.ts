import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {startAnalysis} from '../../src/analyze.js';
import {analyze, openSource, type Report} from '../../src/index.js';
import type {ByteSource, SourcePart} from '../../src/model/byte-source.js';
import type {Entry} from '../../src/model/entry.js';
import {part} from '../log.js';

const fixtures = join(import.meta.dirname, '../fixtures/journal');
const made = readdirSync(fixtures).filter(name => /^(?:compact|regular)-.*\.journal\.gz$/.test(name));
const boots = readdirSync(join(fixtures, 'boots'));
const bytesOf = (path: string): Buffer => gunzipSync(readFileSync(join(fixtures, path)));

/** Files as a folder would give them. */
function journal(...files: readonly Uint8Array[]): ByteSource {
  const parts = files.map((bytes, index): SourcePart => part(bytes, 1 << 16, `${index}.journal`));
  return {name: 'journal', parts: [{...(parts[0] as SourcePart), name: 'journal', journal: parts}]};
}

const read = (source: ByteSource, everyLine: boolean): Promise<Report> => startAnalysis(source, {everyLine}).run();

describe('a binary journal file', () => {
  test.each(made)('%s is known by its first bytes, and every entry of it is read', async name => {
    const {source} = await analyze(await openSource([join(fixtures, name)], process.stdin));
    expect(source).toMatchObject({formats: ['journal-file'], truncated: false});
    expect(source.lines).toBe(38);
  });
});

describe('asking each distinct message once gives the report that reading every entry gives', () => {
  test.each(boots)('%s', async name => {
    const bytes = bytesOf(`boots/${name}`);
    const every = await read(journal(bytes), true);
    expect(every.boots.length).toBeGreaterThan(0);
    expect(await read(journal(bytes), false)).toEqual(every);
    // As a stream, whose first bytes say what it is.
    const {boots: ofStream} = await analyze({name: 'x', parts: [part(bytes, 1000)]});
    expect(ofStream).toEqual(every.boots);
  });

  test('also of several files', async () => {
    const files = ['even.journal.gz', 'odd.journal.gz'].map(bytesOf);
    const every = await read(journal(...files), true);
    expect(every.boots).toHaveLength(1);
    expect(await read(journal(...files), false)).toEqual(every);
  });

  test('also of a damaged file', async () => {
    const bytes = bytesOf('boots/cascade.journal.gz');
    for (const at of [200_000, 300_000, 400_000]) {
      const damaged = Buffer.from(bytes);
      damaged.fill(0xff, at, at + 64);
      expect((await read(journal(damaged), false)).boots).toEqual((await read(journal(damaged), true)).boots);
    }
  });
});

test('whoever wants every entry gets every entry', async () => {
  const entries: Entry[] = [];
  const bytes = bytesOf('boots/cascade.journal.gz');
  const {source} = await startAnalysis(journal(bytes), {onEntry: entry => void entries.push(entry)}).run();
  expect(entries.map(({line}) => line)).toEqual(Array.from({length: source.lines}, (_, index) => index + 1));
});

test('damage is told of, and in which file', async () => {
  const [whole, damaged] = [bytesOf('even.journal.gz'), bytesOf('odd.journal.gz')];
  const {source} = await read(journal(whole, damaged.subarray(0, 50_000)), false);
  expect(source.truncated).toBe(true);
  expect(source.notices?.[0]).toMatch(/^1\.journal: the file is cut/);
});
