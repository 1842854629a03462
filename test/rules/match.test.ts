/** Which lines a rule takes: by its text, by who wrote them, by kernel report. */
import {describe, expect, test} from 'vitest';
import type {Cause} from '../../src/model/report.js';
import {at, begun, finished} from '../boots.js';
import {bootOf, rulesOf} from '../log.js';

async function found(rule: string, ...lines: readonly string[]): Promise<readonly Cause[]> {
  const rules = await rulesOf({'test/rule': rule});
  const {rootCauses, notices} = await bootOf([...begun, ...lines, ...finished], {rules});
  return [...rootCauses, ...notices].filter(({rule: id}) => id === 'test/rule');
}

const is = async (rule: string, ...lines: readonly string[]): Promise<boolean> =>
  (await found(rule, ...lines)).length > 0;

describe('the text of a rule', () => {
  const rule = "match: [{text: '^the (?<what>needle|pin) is in the haystack'}]\ntitle: '{what}'";

  test.each([
    ['journald on a console', at(12, 'app[300]: the needle is in the haystack')],
    ['journalctl', 'Nov 22 21:06:35 host app[300]: the needle is in the haystack'],
    ['the kernel', at(12, 'the needle is in the haystack')],
    ['nobody that is known', 'the needle is in the haystack'],
    ['a console in colour', at(12, 'app[300]: \x1b[0;1;31mthe needle is in the haystack\x1b[0m\r')],
    ['a status line', '[FAILED] the needle is in the haystack'],
  ])('is asked of the message alone, by %s', async (_what, line) => {
    expect((await found(rule, line)).map(({title}) => title)).toEqual(['needle']);
  });

  test('minds the case', async () => {
    expect(await is(rule, at(12, 'app[300]: The Needle is in the haystack'))).toBe(false);
  });

  test('may be one of several variants', async () => {
    const variants = "match: [{text: 'the old wording of it'}, {text: 'the new wording of it'}]";
    expect(await is(variants, at(12, 'app[1]: the old wording of it'))).toBe(true);
    expect(await is(variants, at(12, 'app[1]: the new wording of it'))).toBe(true);
    expect(await is(variants, at(12, 'app[1]: the odd wording of it'))).toBe(false);
  });

  test('counts a line once, though two variants match it', async () => {
    const causes = await found(
      "match: [{text: 'the needle is'}, {text: 'is in the haystack'}]",
      at(12, 'app[1]: the needle is in the haystack'),
    );
    expect(causes.map(({evidence}) => evidence.length)).toEqual([1]);
  });

  test('with letters beyond ASCII finds them', async () => {
    expect(await is("match: [{text: 'Gerät nicht gefunden'}]", at(12, 'app[1]: Gerät nicht gefunden'))).toBe(true);
  });

  test('is found where a colour stands in the middle of it', async () => {
    expect(
      await is(
        "match: [{text: 'Failed to start needle\\.service'}]",
        '[\x1b[0;1;31mFAILED\x1b[0m] Failed to start \x1b[0;1;39mneedle.service\x1b[0m - N.\r\r',
      ),
    ).toBe(true);
  });

  test.each([
    ['a colour stands', 'dracut: cannot \x1b[1mfind\x1b[0m the_needle'],
    ['a colour stands whose ESC is written out', 'dracut: cannot ^[[1mfind^[[0m the_needle'],
    ['a colour stands whose ESC is written in octal', 'dracut: cannot #033[1mfind#033[0m the_needle'],
    ['a colour stands whose ESC was lost', 'dracut: cannot [0;1;39mfind[0m the_needle'],
    ['the title of a window is set', 'dracut: cannot find\x1b]0;title\x07 the_needle'],
    ['somebody mistyped', 'dracut: cannot fimd\b\bnd the_needle'],
    ['a NUL stands', 'dracut: cannot fi\0nd the_needle'],
    ['Markdown has its backslash', 'dracut: cannot find the\\_needle'],
    ['a page has an entity', 'dracut: cannot find the&#95;needle'],
    ['a page has a tag', 'dracut: cannot find <span class="x">the_needle</span>'],
  ])('is found where %s in the middle of all that is looked for', async (_what, line) => {
    expect(await is("match: [{text: 'cannot find the_needle'}]", line)).toBe(true);
  });

  test('is found where the log changes its form, and no ESC tells of what cuts it', async () => {
    const plain = Array.from({length: 3000}, (_, index) =>
      at(12 + index / 1000, 'usb 1-4: reset high-speed USB device'),
    );
    expect(
      await is(
        "match: [{text: 'cannot find the_needle'}]",
        ...plain,
        '[[0;32m  OK  [0m] Reached target multi-user.target.',
        'dracut: cannot [0;1;39mfind[0m the_needle',
      ),
    ).toBe(true);
  });

  test('listed literals make an expression that no string can be derived from a rule', async () => {
    const rule =
      "match: [{text: '(?<what>\\w+) is (?:lost|gone)', literals: ['keys is lost', 'ring is gone']}]\ntitle: '{what}'";
    expect((await found(rule, at(12, 'app[1]: keys is lost'))).map(({title}) => title)).toEqual(['keys']);
    expect(await is(rule, at(12, 'app[1]: hope is lost'))).toBe(false);
  });
});

describe('the writer that a rule asks for', () => {
  const rule = (...names: readonly string[]): string =>
    `match: [{text: 'the needle is here', identifier: [${names.join(', ')}]}]`;

  test.each([
    ['that program', ['finder'], at(12, 'finder[300]: the needle is here'), true],
    ['another program', ['finder'], at(12, 'loser[300]: the needle is here'), false],
    ['the kernel', ['finder'], at(12, 'the needle is here'), false],
    ['the kernel, if asked for', ['kernel'], at(12, 'the needle is here'), true],
    ['a program, if the kernel is asked for', ['kernel'], at(12, 'finder[300]: the needle is here'), false],
    ['one of several', ['a', 'finder'], at(12, 'finder[300]: the needle is here'), true],
    ['nobody that is known', ['finder'], 'the needle is here', true],
    ['a name that systemd cut', ['systemd-timesyncd'], at(12, '(imesyncd)[300]: the needle is here'), true],
    ['a name that begins with @', ['systemctl'], at(12, '@ystemctl[300]: the needle is here'), true],
    ['a name that merely ends alike', ['systemd-timesyncd'], at(12, 'imesyncd[300]: the needle is here'), false],
  ])('may be %s', async (_what, names, line, expected) => {
    expect(await is(rule(...names), line)).toBe(expected);
  });
});

describe('a rule on kernel reports', () => {
  const oops = [
    'BUG: kernel NULL pointer dereference, address: 0000000000000008',
    'Oops: 0000 [#1] SMP',
    'CPU: 0 PID: 9 Comm: a Not tainted 6.1.0 #1',
    'RIP: 0010:foo+0x1/0x2',
    '---[ end trace 0000000000000000 ]---',
  ].map((line, index) => at(12 + index / 1e3, line));

  test('takes those of its kinds', async () => {
    expect((await found("match: [{block: [bug, oops]}]\ntitle: '{report}'", ...oops)).map(({title}) => title)).toEqual([
      'oops',
    ]);
    expect(await is('match: [{block: [warning]}]', ...oops)).toBe(false);
  });

  test('asks its text of the title', async () => {
    expect(await is("match: [{block: [oops], text: 'NULL pointer'}]", ...oops)).toBe(true);
    expect(await is("match: [{block: [oops], text: 'page fault'}]", ...oops)).toBe(false);
    expect(await is("match: [{block: [oops], text: 'Comm: a'}]", ...oops)).toBe(false);
  });
});
