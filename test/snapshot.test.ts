/** Looking at an analysis while it runs. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {analyze, startAnalysis} from '../src/analyze.js';
import type {ByteSource} from '../src/model/byte-source.js';
import type {Entry} from '../src/model/entry.js';

const read = (file: string): Buffer => readFileSync(join(fileURLToPath(new URL('../samples', import.meta.url)), file));

/** A log that comes in pieces of `length` bytes; `between` is called after each. */
function inPieces(bytes: Buffer, length: number, between: () => void = () => {}): ByteSource {
  async function* chunks(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += length) {
      yield bytes.subarray(at, at + length);
      between();
    }
  }
  return {name: 'log', parts: [{name: 'log', chunks}]};
}

test.each([
  'ostree-ms-move-restart/console.log',
  'two-boots/console.log',
  'kernel-oops-trixie/console.log',
  'fstab-missing-device/journal.export',
  'cascade/journal.short',
])('looking at the analysis of %s changes nothing', async file => {
  const bytes = read(file);
  const expected = await analyze(inPieces(bytes, 20_000));
  let looks = 0;
  const analysis = startAnalysis(
    inPieces(bytes, 20_000, () => {
      analysis.snapshot();
      looks++;
    }),
  );
  expect(await analysis.run()).toEqual(expected);
  expect(looks).toBeGreaterThan(1);
});

test('the cause is known as soon as its line was read', async () => {
  const bytes = read('ostree-ms-move-restart/console.log');
  const upTo = bytes.indexOf("failed to MS_MOVE '/sysroot'");
  const titles: (string | undefined)[] = [];
  const analysis = startAnalysis(
    inPieces(bytes.subarray(0, upTo + 4000), 4000, () => {
      analysis.settle();
      titles.push(analysis.snapshot().boots[0]?.rootCauses[0]?.title);
    }),
  );
  await analysis.run();
  expect(titles[0]).toBeUndefined();
  expect(titles.at(-1)).toBe('The OSTree deployment has no sysroot directory');
});

test('a stream that pauses is read as far as it came', async () => {
  const bytes = read('ostree-ms-move-restart/console.log').subarray(0, 5000);
  const seen: number[] = [];
  const analysis = startAnalysis(
    inPieces(bytes, 2500, () => {
      seen.push(analysis.snapshot().source.lines);
      analysis.settle();
      seen.push(analysis.snapshot().source.lines);
    }),
  );
  await analysis.run();
  expect(seen[0]).toBe(0);
  expect(seen[1]).toBeGreaterThan(5);
});

test('entries of a structured form are handed to who wants them, lines are not', async () => {
  const entriesOf = async (file: string): Promise<Entry[]> => {
    const entries: Entry[] = [];
    await analyze(inPieces(read(file), 1 << 16), {onEntry: entry => entries.push(entry)});
    return entries;
  };
  expect(await entriesOf('two-boots/console.log')).toEqual([]);
  const entries = await entriesOf('fstab-missing-device/journal.export');
  expect(entries.length).toBeGreaterThan(400);
  expect(entries[0]?.kind).toBe('entry');
});
