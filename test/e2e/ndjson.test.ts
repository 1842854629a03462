import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {Ajv2020} from 'ajv/dist/2020.js';
import {expect, test} from 'vitest';
import {environment, failing, program, report, root, shell, twoBoots, whyboot} from './whyboot.js';

const schemas = ['report', 'boot'].map(
  name => JSON.parse(readFileSync(`${root}schema/${name}.schema.json`, 'utf8')) as Record<string, unknown>,
);

const linesOf = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);

test.each([failing, twoBoots, 'samples/two-boots/journal.json'])('%s: a boot a line, as --format json has it', file => {
  const lines = linesOf(whyboot(['--format', 'ndjson', file]).stdout);
  const {boots, tool} = report([file]);
  expect(lines.map(({boot}) => boot)).toEqual(boots);
  for (const line of lines) expect(line).toMatchObject({schema: 'whyboot.boot/1', tool, source: {name: file}});
});

test('each line keeps to the schema', () => {
  const validate = new Ajv2020({strict: true, allErrors: true, allowUnionTypes: true, schemas}).getSchema(
    'urn:whyboot:boot:1',
  );
  for (const line of linesOf(whyboot(['--format', 'ndjson', twoBoots]).stdout)) {
    validate?.(line);
    expect(validate?.errors).toBeNull();
  }
});

test('the exit status and --boot are those of other formats', () => {
  expect(whyboot(['--format', 'ndjson', twoBoots]).status).toBe(0);
  const {status, stdout} = whyboot(['--format', 'ndjson', '--boot', '-1', twoBoots]);
  expect({status, lines: linesOf(stdout).length}).toEqual({status: 1, lines: 1});
});

test('of a stream, a boot is printed when the next one begins', async () => {
  const log = readFileSync(`${root}${twoBoots}`);
  const second = log.lastIndexOf('Linux version ');
  const child = spawn(process.execPath, [program, '--format', 'ndjson'], {cwd: root, env: environment()});
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  child.stdin.write(log.subarray(0, second + 4000));
  const first = JSON.parse((await lines.next()).value as string) as {boot: {outcome: string}};
  expect(first.boot.outcome).toBe('panic');
  child.stdin.end(log.subarray(second + 4000));
  const last = JSON.parse((await lines.next()).value as string) as {boot: {outcome: string}};
  expect(last.boot.outcome).toBe('healthy');
  expect((await lines.next()).done).toBe(true);
});

test('a short stream that pauses is read as far as it came', async () => {
  const child = spawn(process.execPath, [program, '--format', 'ndjson'], {cwd: root, env: environment()});
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const panic = '[    1.000000] Kernel panic - not syncing: sysrq triggered crash\n';
  child.stdin.write(`[    0.000000] Linux version 6.1.0\n${panic}[    0.000000] Linux version 6.1.0\n`);
  expect(JSON.parse((await lines.next()).value as string)).toMatchObject({boot: {index: 0, outcome: 'panic'}});
  child.stdin.end();
  await once(child, 'close');
});

test('a reader that has seen enough ends the stream silently', () => {
  const endless = `while :; do cat ${twoBoots} || exit; done`;
  const {stdout, stderr} = shell(`(${endless}) 2>/dev/null | timeout 60 node ${program} --format ndjson | head -1`);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stderr).toBe('');
});
