import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {validateXML} from 'xmllint-wasm';
import type {Report} from '../../src/model/report.js';
import {ignoring} from '../../src/report/ignore.js';
import {junitParts} from '../../src/report/junit.js';
import {reportOf} from '../log.js';
import {analyzeSample} from './samples.js';

const schema = readFileSync(fileURLToPath(new URL('../fixtures/schemas/junit.xsd', import.meta.url)), 'utf8');

/** The document, after a look whether it keeps to the schema. */
async function junit(report: Report): Promise<string> {
  const contents = [...junitParts(report)].join('');
  const {errors} = await validateXML({xml: {fileName: 'report.xml', contents}, schema});
  expect(errors.map(({message}) => message)).toEqual([]);
  return contents;
}

const casesOf = (xml: string): string[] =>
  [...xml.matchAll(/<testcase [^>]*name="([^"]*)"/g)].map(([, name]) => name as string);

test.each([
  'ostree-ms-move-restart/console.log',
  'ostree-no-usrmerge/console.log',
  'ostree-readonly/journal.json',
  'two-boots/console.log',
  'sysrq-panic/console.log',
  'healthy-bookworm/console.log',
  'cascade/journal.short',
  'initrd-truncated/console.log',
])('%s keeps to the schema', async sample => {
  expect(await junit(await analyzeSample(sample))).toContain('<testsuites name="whyboot"');
});

test('a boot is a suite, a root cause a case that fails, with all that somebody needs', async () => {
  const xml = await junit(await analyzeSample('ostree-ms-move-restart/console.log'));
  expect(xml).toContain('tests="1" failures="1" errors="0"');
  expect(casesOf(xml)).toEqual(['The OSTree deployment has no sysroot directory (ostree/sysroot-directory-missing)']);
  for (const said of ['480 │ [   89.562219] ostree-prepare-root', '×13', 'mkdir TREE/sysroot', 'fingerprint ostree/'])
    expect(xml).toContain(said);
});

test('of two boots each has its suite, and the names of their cases tell them apart', async () => {
  const xml = await junit(await analyzeSample('two-boots/console.log'));
  expect(
    [...xml.matchAll(/<testsuite name="[^"]*console.log (boot \d)" tests="1" failures="(\d)"/g)].map(
      ([, ...each]) => each,
    ),
  ).toEqual([
    ['boot 1', '1'],
    ['boot 2', '0'],
  ]);
  expect([...xml.matchAll(/classname="[^"]*(boot \d)"/g)].map(([, boot]) => boot)).toEqual(['boot 1', 'boot 2']);
});

test('a healthy boot passes', async () => {
  const xml = await junit(await analyzeSample('healthy-bookworm/console.log'));
  expect(xml).toMatch(/<testcase classname="[^"]*" name="boot"\/>/);
});

test('a known failure is skipped', async () => {
  const xml = await junit(ignoring(await analyzeSample('ostree-ms-move-restart/console.log'), ['ostree/*']));
  expect(xml).toContain('failures="0" errors="0" skipped="1"');
  expect(xml).toContain('<skipped message="known, ignored: The OSTree');
});

test('where it cannot be told how the boot went, that is an error', async () => {
  expect(await junit(await reportOf(''))).toContain('<error message="Nothing was read');
  expect(await junit(await reportOf('[    0.000000] Linux version 6.1.0\n'))).toContain('errors="1"');
});

test('no text of a log is markup', async () => {
  const evil = ']]></failure><x a="b">&lt;\ufffe & `"\'';
  const log = [
    '[    0.000000] Linux version 6.1.0',
    `[    1.000000] acme[7]: error: ${evil}`,
    "[    2.000000] systemd[1]: acme.service: Failed with result 'exit-code'.",
    '',
  ];
  const xml = await junit(await reportOf(log.join('\n')));
  expect(xml).toContain(']]&gt;&lt;/failure&gt;&lt;x a=&quot;b&quot;&gt;');
  expect(xml).not.toMatch(/\ufffe/);
});
