/** Large logs are scanned on another thread, which must not change what is found, and which may fail. */
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, onTestFinished, test} from 'vitest';
import {analyze} from '../src/analyze.js';
import {createLineFinder} from '../src/intake/found-lines.js';
import type {ByteSource} from '../src/model/byte-source.js';
import {createScanner} from '../src/rules/scanner.js';
import {scanAhead} from '../src/scan-ahead/index.js';
import {source} from './log.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const thread = join(root, 'dist/bin/scan-ahead.cjs');
const megabyte = 1 << 20;

/** All samples, again and again, so many bytes and more. */
function largeLog(length: number): Uint8Array {
  const samples = join(root, 'samples');
  const forms = readdirSync(samples, {withFileTypes: true, recursive: true})
    .filter(file => file.isFile() && /^(?:console\.log|journal\.short)$/.test(file.name))
    .map(file => readFileSync(join(file.parentPath, file.name)));
  const all = Buffer.concat(forms.map(bytes => (bytes.at(-1) === 10 ? bytes : Buffer.concat([bytes, Buffer.of(10)]))));
  return Buffer.concat(Array.from({length: Math.ceil(length / all.length)}, () => all));
}

/** A reader of a file lets other threads run between two reads. */
async function* pacedChunks(log: Uint8Array, chunkLength: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < log.length; at += chunkLength) {
    await new Promise(resolve => setTimeout(resolve, 20));
    yield log.slice(at, at + chunkLength);
  }
}

function paced(log: Uint8Array, chunkLength: number): ByteSource {
  return {name: 'test.log', parts: [{name: 'test.log', chunks: () => pacedChunks(log, chunkLength)}]};
}

describe.skipIf(availableParallelism() < 2)('with another thread', () => {
  test.each([megabyte, 700_001])('a report is the same, in chunks of %d bytes', async chunkLength => {
    const log = largeLog(9 * megabyte);
    const expected = await analyze(source(log, chunkLength));
    expect(await analyze(paced(log, chunkLength), {scanThread: thread})).toEqual(expected);
  });

  test.each([
    ['there is no such file', undefined],
    ['it throws', 'throw new Error("no");'],
    ['it ends', 'process.exit(1);'],
    [
      'it never answers',
      'Atomics.add(require("node:worker_threads").workerData.memory.bell, 0, 1); setInterval(() => {}, 1000);',
    ],
  ])('nor does it matter that %s', async (_what, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'whyboot-'));
    onTestFinished(() => rmSync(folder, {recursive: true}));
    const file = join(folder, 'worker.cjs');
    if (code !== undefined) writeFileSync(file, code);
    const log = largeLog(9 * megabyte);
    expect(await analyze(paced(log, megabyte), {scanThread: file})).toEqual(await analyze(source(log, megabyte)));
  });

  test('it finds lines of interest ahead, as this one would', async () => {
    const texts = ['the needle is ', 'Kernel panic - not'];
    const scanner = createScanner(texts);
    const find = createLineFinder(scanner, () => []);
    const line = 'chatter of an application, and of another one';
    const block = Buffer.from(`${`${line}\n`.repeat(5)}the needle is red\n\x1b[31mKernel\x1b[0m panic - not\n`);
    const chunk = Buffer.concat(Array.from({length: Math.floor(megabyte / block.length)}, () => block));
    const chunks = pacedChunks(Buffer.concat(Array.from({length: 20}, () => chunk)), chunk.length);
    let answered = 0;
    for await (const {bytes, found} of scanAhead(chunks, {
      file: thread,
      plan: () => scanner.plan,
    })) {
      expect(bytes.length).toBe(chunk.length);
      if (found === null) continue;
      answered++;
      const own = find(chunk.subarray(chunk.indexOf(10)), 0);
      expect(found.count).toBe(own.count);
      expect(found.lines).toBe(own.lines);
      expect(found.starts.slice(0, found.count)).toEqual(own.starts.slice(0, own.count));
      const {literals, length} = found.hits;
      expect(literals.slice(0, length)).toEqual(own.hits.literals.slice(0, own.hits.length));
    }
    expect(answered).toBeGreaterThan(0);
  });
});

test('the lines that a scan finds have numbers, ends and literals', () => {
  const find = createLineFinder(createScanner(['the needle is ']), () => []);
  const found = find(Buffer.from('\nno\nthe needle is red, the needle is blue\n\nthe needle is green'), 0);
  expect([...found.before.subarray(0, found.count)]).toEqual([1, 3]);
  expect(found).toMatchObject({count: 2, lines: 4, isCut: false, hits: {length: 3}});
  expect([...found.firstHits.subarray(0, 2)]).toEqual([0, 2]);
});
