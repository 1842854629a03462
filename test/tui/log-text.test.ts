import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {expect, onTestFinished, test} from 'vitest';
import {openSource} from '../../src/intake/source.js';
import {type LogText, recordLog} from '../../src/recording/log-text.js';
import {filterTest, scan, textTest} from '../../src/tui/log/scan.js';
import {startSieve} from '../../src/tui/log/sieve.js';
import {RowList} from '../../src/tui/log/view.js';
import {founding, recorded, sample, streamOf} from './fixtures.js';

const lines = readFileSync(sample(founding), 'latin1').split('\n');
const rowsOf = (log: LogText): string[] => Array.from({length: log.rows}, (_each, row) => log.rawOf(row));

async function foundBy(log: LogText, from: number, test: ReturnType<typeof textTest>): Promise<number[]> {
  const found: number[] = [];
  for await (const each of scan(log, from, test)) found.push(...each.found);
  return found.toSorted((a, b) => a - b);
}

function temporary(name: string, bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'log-text-'));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

test('rows are the lines of the file, however it came', async () => {
  const bytes = readFileSync(sample(founding));
  for (const source of [
    await openSource([sample(founding)], process.stdin),
    await openSource([temporary('log.gz', gzipSync(bytes))], process.stdin),
    streamOf(bytes),
    streamOf(bytes, 7),
  ]) {
    const {log} = await recorded(source);
    expect(rowsOf(log)).toEqual(lines);
    expect(log.rowOf({line: 480})).toBe(479);
    expect(log.lineOf(479)).toEqual({line: 480, source: 0});
    log.close();
  }
});

test('what is kept of a stream has no name in any folder', async () => {
  const before = readdirSync(tmpdir()).filter(name => name.startsWith('whyboot-'));
  const {log} = await recorded(streamOf(Buffer.from('one\ntwo\n')));
  expect(rowsOf(log)).toEqual(['one', 'two']);
  expect(readdirSync(tmpdir()).filter(name => name.startsWith('whyboot-'))).toEqual(before);
  log.close();
});

test('any text cut anywhere gives its lines back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('', 'a', 'fail', 'x'.repeat(300)), {maxLength: 400}),
      fc.integer({min: 1, max: 700}),
      fc.boolean(),
      async (texts, chunk, isEnded) => {
        const text = texts.join('\n') + (isEnded ? '\n' : '');
        const {log} = await recorded(streamOf(Buffer.from(text), chunk));
        const expected = text.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(rowsOf(log)).toEqual(expected);
        const wanted = expected.flatMap((line, row) => (line === 'fail' ? [row] : []));
        expect(await foundBy(log, Math.floor(log.rows / 2), textTest('fail'))).toEqual(wanted);
        log.close();
      },
    ),
    {numRuns: 30},
  );
});

test('a structured journal has a row for every entry, as journalctl would show it', async () => {
  const {log, report} = await recorded(
    await openSource([sample('fstab-missing-device/journal.export')], process.stdin),
  );
  const evidence = report.boots[0]?.rootCauses[0]?.evidence[0];
  const row = log.rowOf({line: evidence?.line ?? 0});
  expect(log.lineOf(row).line).toBe(evidence?.line);
  expect(log.textOf(row)).toMatch(/^\[ +\d+\.\d{6}\] /);
  expect(log.textOf(row)).toContain(evidence?.text);
});

test.each([['even.journal.gz'], ['even.journal.gz', 'odd.journal.gz'], ['boots']])(
  'the binary journal %s %s has a row for every entry',
  async (...names) => {
    const paths = names.map(name => fileURLToPath(new URL(`../fixtures/journal/${name}`, import.meta.url)));
    const {log, report} = await recorded(await openSource(paths, process.stdin));
    const last = report.sources?.at(-1) ?? report.source;
    expect(log.rows).toBe(report.source.lines);
    expect(log.lineOf(log.rows - 1).line).toBe(last.lines);
    expect(log.textOf(0)).toMatch(/^\[ +\d+\.\d{6}\] \S+: /);
  },
);

test('several files are one log, and evidence finds its file', async () => {
  const files = [sample('two-boots/console.log'), sample(founding)];
  const {log, report} = await recorded(await openSource(files, process.stdin));
  const cause = report.boots.at(-1)?.rootCauses[0]?.evidence[0];
  expect(cause?.source).toBe(1);
  const row = log.rowOf(cause ?? {line: 0});
  expect(log.textOf(row)).toContain("failed to MS_MOVE '/sysroot'");
  expect(log.lineOf(row)).toEqual({line: cause?.line, source: 1});
});

test('nothing of a hostile log reaches the screen as it is', async () => {
  const hostile = 'a\x1b[2Jb\x1b]0;title\x07c\x9b31md\rE\x08\x00f\u202e\tg\u2028h\n';
  const {log} = await recorded(streamOf(Buffer.from(hostile)));
  expect(log.textOf(0)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e\u2028]/);
});

test.each(['MS_MOVE', 'ms_move', 'sysroot', 'Starting initrd', '.*', 'nowhere'])(
  'a search for %s finds what a reader sees',
  async query => {
    const {log} = await recorded(await openSource([sample(founding)], process.stdin));
    const isSmall = query === query.toLowerCase();
    const wanted = Array.from({length: log.rows}, (_each, row) => row).filter(row => {
      const text = log.textOf(row);
      return (isSmall ? text.toLowerCase() : text).includes(query);
    });
    expect(await foundBy(log, 480, textTest(query))).toEqual(wanted);
  },
);

test('filters keep the lines of a unit, and what looks wrong', async () => {
  const {log} = await recorded(await openSource([sample(founding)], process.stdin));
  const ofUnit = await foundBy(log, 0, filterTest({unit: 'ostree-prepare-root.service', level: 'all'}));
  expect(ofUnit).toContain(479);
  expect(ofUnit.every(row => /ostree-prepare-ro/.test(log.textOf(row)))).toBe(true);
  const wrong = await foundBy(log, 0, filterTest({unit: null, level: 'error'}));
  expect(wrong).toContain(479);
  expect(wrong.length).toBeLessThan(log.rows / 4);
});

test('priorities are those of the journal where it has them', async () => {
  const {log} = await recorded(await openSource([sample('fstab-missing-device/journal.export')], process.stdin));
  const errors = await foundBy(log, 0, filterTest({unit: null, level: 'error'}));
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.every(row => (log.factsOf(row)?.priority ?? 9) <= 3)).toBe(true);
});

test('a search goes on in what is read after it, also in the line that had not ended', async () => {
  async function* pieces(): AsyncIterable<Uint8Array> {
    yield Buffer.from('one wanted\ntwo\nthree wan');
    yield Buffer.from('ted\nfour\nfive wanted\n');
  }
  const log = recordLog({name: '-', parts: [{name: '-', chunks: pieces}]});
  const chunks = log.source.parts[0]?.chunks()[Symbol.asyncIterator]();
  await chunks?.next();
  const sieve = startSieve(log, 0, textTest('wanted'), () => {});
  while (!sieve.isDone) await new Promise(resolve => setImmediate(resolve));
  const found = (): number[] => Array.from({length: sieve.rows.count}, (_each, index) => sieve.rows.rowAt(index));
  expect(found()).toEqual([0]);
  await chunks?.next();
  sieve.extend();
  expect(found()).toEqual([0, 2, 4]);
});

test('a list of rows stays in order whatever comes first', () => {
  const list = new RowList();
  list.add([500, 600]);
  list.add([10, 20]);
  list.add([700]);
  list.add([300]);
  expect(Array.from({length: list.count}, (_each, index) => list.rowAt(index))).toEqual([10, 20, 300, 500, 600, 700]);
  expect(list.has(300)).toBe(true);
  expect(list.has(301)).toBe(false);
  expect(list.indexOf(301)).toBe(3);
});
