/** Logs whose lines are there only after decoding: UTF-16, and consoles in the JSON of an API. */
import {readFileSync, writeFileSync} from 'node:fs';
import {Readable} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import {openSource} from '../../src/intake/source.js';
import type {Report} from '../../src/model/report.js';
import {reportOf, temporaryFolder} from '../log.js';

const console = readFileSync(new URL('../../samples/ostree-ms-move-restart/console.log', import.meta.url));
const text = console.toString('utf8');
const lines = text.split('\n');

async function read(bytes: Uint8Array, chunk = 1 << 16): Promise<Report> {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += chunk) pieces.push(bytes.subarray(at, at + chunk));
  return analyze(await openSource(['-'], Readable.from(pieces)));
}

const told = ({boots, source}: Report) => ({
  lines: source.lines,
  boots: boots.map(({outcome, rootCauses}) => [
    outcome,
    rootCauses.map(({fingerprint, evidence}) => [fingerprint, evidence[0]]),
  ]),
});

const bigEndian = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
const timed = (index: number): string => new Date(Date.UTC(2026, 10, 22, 21, 0, 0, index * 3)).toISOString();
const entry = (line: string, index: number): object => ({
  insertId: `a${index}`,
  logName: 'projects/p/logs/serialconsole.googleapis.com%2Fserial_port_1_output',
  resource: {type: 'gce_instance', labels: {zone: 'z'}},
  textPayload: `${line}\n`,
  timestamp: timed(index),
});
const full = lines.filter(line => line.trim() !== '');

const forms: [name: string, bytes: Buffer, sample?: string][] = [
  ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 without', Buffer.from(text, 'utf16le')],
  ['UTF-16, big endian', bigEndian(Buffer.from(`\ufeff${text}`, 'utf16le'))],
  ['UTF-16, big endian, without a mark', bigEndian(Buffer.from(text, 'utf16le'))],
  [
    'aws ec2 get-console-output',
    Buffer.from(JSON.stringify({InstanceId: 'i-1', Output: text, Timestamp: timed(0)}, null, 4)),
  ],
  [
    'the same of the API, in base64',
    Buffer.from(JSON.stringify({InstanceId: 'i-1', Output: console.toString('base64')})),
  ],
  [
    'GCP, getSerialPortOutput',
    Buffer.from(JSON.stringify({kind: 'compute#serialPortOutput', contents: text, start: '0', next: '1'})),
  ],
  ['OpenStack', Buffer.from(JSON.stringify({output: text}))],
  [
    'gcloud logging read, the newest first',
    Buffer.from(JSON.stringify(full.map(entry).reverse(), null, 2)),
    full.join('\n'),
  ],
];

describe.each(forms)('%s', (_name, bytes, sample = text) => {
  test('says what the console says, on the lines of the console', async () => {
    expect(told(await read(bytes))).toEqual(told(await read(Buffer.from(sample))));
  });

  test.each([1, 7, 1000])('says so in chunks of %i bytes', async chunk => {
    expect((await read(bytes.subarray(0, 40_000), chunk)).boots).toEqual((await read(bytes.subarray(0, 40_000))).boots);
  });
});

test('entries of Cloud Logging, one a line, are read', async () => {
  const report = await read(Buffer.from(full.map((line, index) => JSON.stringify(entry(line, index))).join('\n')));
  expect(report.boots[0]?.rootCauses[0]?.rule).toBe('ostree/sysroot-directory-missing');
});

test('JSON of which the end is missing is read as text, and that is said', async () => {
  const report = await read(Buffer.from(JSON.stringify({InstanceId: 'i-1', Output: text}).slice(0, -40)));
  expect(report.source.notices?.join()).toMatch(/not whole/);
});

test('a file in UTF-16 is a log of a folder', async () => {
  const folder = temporaryFolder({'readme.md': 'no log'});
  writeFileSync(`${folder}/console.txt`, Buffer.from(`\ufeff${text}`, 'utf16le'));
  writeFileSync(`${folder}/aws.json`, JSON.stringify({InstanceId: 'i-1', Output: 'no log\n'}));
  const report = await analyze(await openSource([folder], Readable.from([])));
  expect(report.boots[0]?.rootCauses[0]?.rule).toBe('ostree/sysroot-directory-missing');
});

test('what a live log shows first is not waited for', async () => {
  let give: (bytes: Uint8Array | null) => void = () => {};
  const stream = new Readable({read: () => {}});
  give = bytes => stream.push(bytes);
  const [part] = (await openSource(['-'], stream)).parts;
  const chunks = part?.chunks()[Symbol.asyncIterator]();
  for (const line of ['[  OK  ] a\n', '{"__CURSOR":"s"}\n', 'login: ']) {
    give(Buffer.from(line));
    expect(Buffer.from((await chunks?.next())?.value ?? []).toString()).toBe(line);
  }
  give(null);
});

test('journal entries in JSON are not taken for a console', async () => {
  const path = new URL('../../samples/ostree-ms-move-restart/journal.json', import.meta.url);
  expect(told(await read(readFileSync(path)))).toEqual(told(await reportOf(readFileSync(path))));
});
