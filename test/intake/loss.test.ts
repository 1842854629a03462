/** Nothing of a log is lost: every line that says something is in some entry. */
import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import type {Entry} from '../../src/model/entry.js';
import {source} from '../log.js';
import {wrappers} from './wrappers.js';

const samples = new URL('../../samples/', import.meta.url);
const ids = readdirSync(samples, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
const files = ids.flatMap(id =>
  readdirSync(new URL(`${id}/`, samples))
    .filter(file => file !== 'truth.json' && file !== 'journal.export')
    .map(file => `${id}/${file}`),
);

/** Escape sequences, what no terminal shows, and what no page does. */
const unseen =
  /<\/?(?:pre|html|body)>|\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~]?)|[\0-\x20\x7f]/g;

/** Numbers of the lines that show something and are in no entry. */
async function lost(bytes: Uint8Array): Promise<number[]> {
  const heard = new Set<number>();
  await analyze(source(bytes, 1 << 16), {hears: ({line}: Entry) => heard.add(line)});
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  return lines.flatMap((line, index) => (line.replace(unseen, '') === '' || heard.has(index + 1) ? [] : [index + 1]));
}

test.each(files)('%s', async file => {
  expect(await lost(readFileSync(new URL(file, samples)))).toEqual([]);
});

test('of a journal in the export form every entry is one', async () => {
  const bytes = readFileSync(new URL('ostree-ms-move-restart/journal.export', samples));
  let entries = 0;
  await analyze(source(bytes), {hears: () => entries++});
  expect(entries).toBe(bytes.toString('latin1').split('\n__CURSOR=').length);
});

describe('whatever is around the lines', () => {
  const lines = readFileSync(new URL('fstab-missing-device/console.log', samples), 'latin1')
    .split('\n')
    .filter(line => line.replace(unseen, '') !== '');
  test.each(wrappers)('$name', async ({wrap}) => {
    expect(await lost(Buffer.from(wrap(lines).join('\n'), 'latin1'))).toEqual([]);
  });
});

test('a report of dracut', async () => {
  expect(await lost(readFileSync(new URL('../fixtures/rdsosreport/report.txt', import.meta.url)))).toEqual([]);
});
