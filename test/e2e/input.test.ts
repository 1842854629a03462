import {chmodSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {expectOneLine, failing, healthy, report, root, temporary, whyboot} from './whyboot.js';

const log = readFileSync(join(root, failing));
const firstCause = /failed to MS_MOVE '\/sysroot' to 'sysroot'/;

test('a file: the verdict, the root cause with its line, and status 1', () => {
  const {status, stdout, stderr} = whyboot([failing]);
  expect(stderr).toBe('');
  expect(status).toBe(1);
  expect(stdout).toMatch(firstCause);
});

test('the command may be named', () => {
  expect(whyboot(['analyze', failing])).toEqual(whyboot([failing]));
});

test('a healthy boot is status 0', () => {
  const {status, stderr} = whyboot([healthy]);
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
});

test('a pipe gives the same diagnosis as the file', () => {
  const {boots} = report([failing]);
  expect(report([], {input: log}).boots).toEqual(boots);
  expect(report(['-'], {input: log}).boots).toEqual(boots);
  expect(boots[0]?.rootCauses[0]?.evidence[0]?.text).toMatch(firstCause);
});

test('a log cut off in the middle of a line is read to where it ends', () => {
  const cut = log.subarray(0, Math.floor(log.length * 0.9));
  expect(report([], {input: cut}).boots[0]?.rootCauses[0]?.evidence[0]?.text).toMatch(firstCause);
});

test('a log that ends before init says that it cannot tell', () => {
  const {status, stdout, stderr} = whyboot([], {input: log.subarray(0, 12_000)});
  expect({status, stderr}).toEqual({status: 4, stderr: ''});
  expect(stdout.split('\n')[0]).not.toBe('');
});

test('an empty log says so, and that it cannot tell', () => {
  const {status, stdout, stderr} = whyboot([], {input: ''});
  expect({status, stderr}).toEqual({status: 4, stderr: ''});
  expect(stdout).toMatch(/^[^\n]*empty[^\n]*\n$/);
});

test('a missing file', () => {
  expectOneLine(whyboot(['no-such.log']), 3, /^whyboot: no-such\.log: .*no such file/);
});

test('one missing file among several', () => {
  expectOneLine(whyboot([healthy, 'no-such.log']), 3, /no-such\.log/);
});

test('a folder', () => {
  expectOneLine(whyboot(['samples']), 3, /^whyboot: samples: .*folder/);
});

test('a path that goes through a file', () => {
  expectOneLine(whyboot(['package.json/console.log']), 3, /package\.json\/console\.log/);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read', () => {
  const file = join(temporary({'secret.log': 'x'}), 'secret.log');
  chmodSync(file, 0);
  expectOneLine(whyboot([file]), 3, /secret\.log: .*permission denied/);
});

const nobody = 65534;

test('a journal that may not be read names the groups that may', () => {
  const folder = temporary({'system.journal': 'x'});
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'system.journal'), 0);
  const uid = process.getuid?.() === 0 ? nobody : undefined;
  for (const path of [folder, join(folder, 'system.journal')])
    expectOneLine(
      whyboot([path], {...(uid !== undefined && {uid})}),
      3,
      /system\.journal: cannot read it: permission denied \(join the group systemd-journal or adm/,
    );
});

test('binary data', () => {
  const image = new Uint8Array(100_000).map((_, index) => (index * index * 7919 + (index >> 3)) & 0xff);
  expectOneLine(whyboot([], {input: image}), 3, /binary/);
});

test('several files are read as one', () => {
  const {sources, boots} = report([failing, healthy]);
  expect(sources?.map(({name}) => name)).toEqual([failing, healthy]);
  expect(boots).toHaveLength(2);
});
