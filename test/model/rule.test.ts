import fc from 'fast-check';
import {expect, test} from 'vitest';
import {matchesGlob} from '../../src/model/rule.js';

test.each([
  ['ostree/no-karg', 'ostree/no-karg', true],
  ['ostree/no-karg', 'ostree/no-karg-2', false],
  ['ostree/*', 'ostree/no-karg', true],
  ['ostree/*', 'ostree', false],
  ['*', 'anything', true],
  ['*', '', true],
  ['*.mount', 'data.mount', true],
  ['*.mount', 'data.mount.d', false],
  ['systemd-fsck@*.service', 'systemd-fsck@dev-vdb.service', true],
  ['systemd-fsck@*.service', 'systemd-fsck@.service', true],
  ['systemd-fsck@*.service', 'systemd-fsck.service', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a1b2c', true],
  ['a*b*c', 'a1c2b', false],
  ['a*b*b', 'ab', false],
  ['*b*', 'abc', true],
  ['**', 'x', true],
  ['dev-disk-by\\x2duuid-*.device', 'dev-disk-by\\x2duuid-0a1b.device', true],
  ['a.c', 'abc', false],
])('%s matches %s: %s', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

test('a glob matches what its stars are put in place of', () => {
  const parts = fc.array(fc.string({unit: fc.constantFrom('a', 'b', '.', '-')}), {minLength: 1, maxLength: 5});
  fc.assert(
    fc.property(
      parts,
      fc.array(fc.string({unit: fc.constantFrom('a', 'b', '.')}), {minLength: 4, maxLength: 4}),
      (fixed, between) => {
        const text = fixed.map((part, index) => (index === 0 ? part : `${between[index - 1]}${part}`)).join('');
        expect(matchesGlob(fixed.join('*'), text)).toBe(true);
      },
    ),
  );
});
