/** `--output`: reports in files, beside the one on standard output. */
import {existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {expectOneLine, failing, healthy, temporary, whyboot} from './whyboot.js';

test('the verdict stays on standard output, and a file gets the same report in its format', () => {
  const folder = temporary();
  const [json, xml] = [join(folder, 'report.json'), join(folder, 'report.xml')];
  const {status, stdout, stderr} = whyboot(['--output', json, '-o', xml, failing]);
  expect({status, stdout, stderr}).toEqual(whyboot([failing]));
  expect(readFileSync(json, 'utf8')).toBe(whyboot(['--format', 'json', failing]).stdout);
  expect(readFileSync(xml, 'utf8')).toBe(whyboot(['--format', 'junit', failing]).stdout);
});

test('a ticket shows the lines around the evidence, of a file and of standard input', () => {
  const file = join(temporary(), 'ticket.md');
  whyboot(['-o', file, failing]);
  const ticket = readFileSync(file, 'utf8');
  expect(ticket).toContain('currently writable: 1\n');
  const {stdout} = whyboot(['--format', 'markdown'], {input: readFileSync(failing)});
  expect(stdout.replace('Standard input', `\`${failing}\``)).toBe(ticket);
});

test('a file that is there is overwritten', () => {
  const folder = temporary({'report.json': 'x'.repeat(1 << 20)});
  const file = join(folder, 'report.json');
  whyboot(['--output', file, healthy]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({schema: 'whyboot.report/1'});
});

test('a text report in a file has no colours', () => {
  const file = join(temporary(), 'report.txt');
  whyboot(['--color', '--output', file, failing]);
  expect(readFileSync(file, 'utf8')).toBe(whyboot(['--no-color', failing]).stdout);
});

test('what cannot be written is told in one line before anything is read', () => {
  const folder = temporary();
  expectOneLine(whyboot(['-o', join(folder, 'no/report.json'), failing]), 3, /report\.json: .*no such folder/);
  mkdirSync(join(folder, 'folder.json'));
  expectOneLine(whyboot(['-o', join(folder, 'folder.json'), failing]), 3, /folder\.json: .*is a folder/);
  expectOneLine(whyboot(['-o', join(folder, 'report.pdf'), failing]), 2, /report\.pdf: .*--format/);
});

test('a log that cannot be read leaves the last report as it is', () => {
  const folder = temporary({'report.json': 'old'});
  const run = whyboot(['-o', join(folder, 'report.json'), '-o', join(folder, 'new.json'), join(folder, 'no.log')]);
  expectOneLine(run, 3, /no\.log/);
  expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('old');
  expect(existsSync(join(folder, 'new.json'))).toBe(false);
});

test('a report can be sent into a device', () => {
  expect(whyboot(['-o', '/dev/null', '--format', 'json', failing]).status).toBe(1);
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('a log is not overwritten by its own report', () => {
  const log = readFileSync(failing);
  const folder = temporary();
  const file = join(folder, 'boot.txt');
  writeFileSync(file, log);
  expectOneLine(whyboot([file, '-o', file]), 2, /boot\.txt/);
  expect(readFileSync(file)).toEqual(log);
});
