/** What `whyboot rules new` makes of a line. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {checkRules} from '../../src/authoring/check.js';
import {expressionOf, generalize} from '../../src/authoring/generalize.js';
import {proposeRule} from '../../src/authoring/propose.js';
import {UsageError} from '../../src/model/errors.js';
import {builtinRules} from '../../src/rules/builtin.js';
import {temporaryFolder} from '../log.js';

const rules = builtinRules();
const line = 'Nov 22 21:05:45 host acmed[411]: licence /etc/acme.lic expired on 2026-11-01';

test('the fixed words stay, what differs becomes a capture', async () => {
  const {id, yaml, known} = await proposeRule(line, {rules});
  expect({id, known}).toEqual({id: 'acmed/licence-expired-on', known: []});
  expect(yaml).toContain("title: 'Licence {path} expired on {date}'");
  expect(yaml).toContain('identifier: [acmed]');
  expect(yaml).toContain(`- '${line}'`);
});

test('an error of the system at its end becomes a capture, and a reason of its own', async () => {
  const {yaml} = await proposeRule('acmed[411]: cannot open /dev/acme0: Device or resource busy', {rules});
  expect(yaml).toContain("title: 'Cannot open {path}: {error}'");
  expect(yaml).toContain("when: {captures: {error: 'Device or resource busy'}}");
});

test('a name at the beginning of a line without an identifier is the program', async () => {
  const {id, yaml} = await proposeRule('acmed: lost contact with 10.4.0.17 for 30 s', {rules});
  expect(id).toBe('acmed/lost-contact-with-for');
  expect(yaml).toContain('identifier: [acmed]');
  expect(yaml).not.toContain('acmed: lost contact with (?<');
});

test.each([
  line,
  'acmed: lost contact with 10.4.0.17 for 30 s',
  'acmed[411]: cannot open /dev/acme0: Device or resource busy (owner 12)',
  '[   12.345678] widget 0000:00:1f.2: frobnication of sda1 went wrong (error -5)',
  "foo.service: Failed to frobnicate '/var/lib/foo': No such file or directory",
  '[FAILED] Failed to frobnicate the widgets of 10.0.0.1',
  '[   81.831263] (imesyncd)[301]: systemd-timesyncd.service: Frobnication of 3f6e1a52-9d7b-4b0e-8f7d-0123456789ab failed',
])('what is made of %s passes the check', async text => {
  const {id, yaml} = await proposeRule(text, {rules});
  expect(await checkRules(temporaryFolder({[`${id}.yaml`]: yaml}), {beside: rules})).toMatchObject({problems: []});
});

test('of any line of a real log a rule can be made that holds', async () => {
  const log = readFileSync(fileURLToPath(new URL('../../samples/cascade/console.log', import.meta.url)), 'utf8');
  const lines = log.split('\n').filter((text, index) => text.trim() !== '' && index % 9 === 0);
  expect(lines.length).toBeGreaterThan(50);
  for (const text of lines) {
    const failure = await proposeRule(text, {rules: []}).then(
      () => null,
      (error: unknown) => (error as Error).message,
    );
    expect([null, expect.stringMatching(/too short/)], text).toContainEqual(failure);
  }
});

test('says which rule knows the line already', async () => {
  const {known} = await proposeRule(
    "ostree-prepare-root[2]: failed to MS_MOVE '/sysroot' to 'sysroot': No such file or directory",
    {rules},
  );
  expect(known.map(({id}) => id)).toEqual(['ostree/sysroot-directory-missing']);
});

test.each(['', '   ', '[   12.345678] '])('refuses a line without a message: “%s”', async text => {
  await expect(proposeRule(text, {rules})).rejects.toThrow(UsageError);
});

test('refuses a message that is too short', async () => {
  await expect(proposeRule('acmed[411]: failed', {rules})).rejects.toThrow(/too short .* 10 characters/);
});

describe('what differs from log to log', () => {
  test.each([
    ['uuid 3f6e1a52-9d7b-4b0e-8f7d-0123456789ab', 'uuid', '3f6e1a52-9d7b-4b0e-8f7d-0123456789ab'],
    ['cannot open /dev/disk/by-label/data: x', 'path', '/dev/disk/by-label/data'],
    ['cannot mount nvme0n1p2 there', 'device', 'nvme0n1p2'],
    ['needs home-alice.mount to go on', 'unit', 'home-alice.mount'],
    ['cannot reach 192.0.2.1 there', 'address', '192.0.2.1'],
    ['cannot reach fe80::1:2:3:4 there', 'address', 'fe80::1:2:3:4'],
    ['cannot fetch https://example.org/a?b=c there', 'url', 'https://example.org/a?b=c'],
    ['built for 6.1.0-50-amd64 only', 'version', '6.1.0-50-amd64'],
    ['killed with status=203 there', 'status', '203'],
    ['lost at line 12 of it', 'line', '12'],
    ['link of enp0s3 is down', 'interface', 'enp0s3'],
  ])('%s', (message, name, value) => {
    const pieces = generalize(message);
    expect(new RegExp(`^${expressionOf(pieces)}$`).exec(message)?.groups).toEqual({[name]: value});
  });

  test('the number in a name is part of the name', () => {
    expect(expressionOf(generalize('EXT4-fs: ipv6 on x86_64'))).toBe('EXT4-fs: ipv6 on x86_64');
  });

  test('two of a kind have two names', () => {
    expect(generalize('from /a/b to /c/d').map(({name}) => name)).toEqual([null, 'path', null, 'path2']);
  });
});
