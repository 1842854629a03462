/** When a rule's text alone is not enough: phase, unit, command line, other findings, outcome. */
import {describe, expect, test} from 'vitest';
import type {Boot} from '../../src/model/report.js';
import {at, begun, failure, finished, healthy, initrd, kernelStart, pid1, switchRoot, userspace} from '../boots.js';
import {bootOf, reportOf, rulesOf} from '../log.js';

const line = (seconds: number, message: string): string => at(seconds, `app[300]: ${message}`);

/** Whether a rule with this condition finds its line in the log. */
async function holds(
  when: string,
  log: readonly string[],
  others: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const {rootCauses, notices} = await diagnosed(when, log, others);
  return [...rootCauses, ...notices].some(({rule}) => rule === 'test/rule');
}

async function diagnosed(
  when: string,
  log: readonly string[],
  others: Readonly<Record<string, string>> = {},
): Promise<Boot> {
  const rules = await rulesOf({'test/rule': `match: [{text: 'the needle is here'}]\nwhen: ${when}`, ...others});
  return bootOf(log, {rules});
}

const needle = (seconds: number): string => line(seconds, 'the needle is here');

describe('the manager of a user', () => {
  const exec = 'app-acme@autostart.service: Failed at step EXEC spawning /usr/bin/acme: No such file or directory';
  const ended = 'app-acme@autostart.service: Main process exited, code=exited, status=203/EXEC';
  const user = [at(15, `systemd[1453]: ${exec}`), at(15.1, `systemd[1452]: ${ended}`)];

  test('does not tell of the boot', async () => {
    expect(await bootOf([...begun, ...user, ...finished])).toMatchObject({outcome: 'healthy', rootCauses: []});
  });

  test('does not hide a unit of the system', async () => {
    const system = user.map(line => line.replace('systemd[1452]', 'systemd[1]'));
    const boot = await bootOf([...begun, ...system, ...finished]);
    expect(boot).toMatchObject({outcome: 'degraded', rootCauses: [{rule: 'unit/executable-cannot-run'}]});
  });
});

describe('phase', () => {
  const inKernel = [...kernelStart().slice(0, 4), at(1.9, 'the needle is here'), ...kernelStart().slice(4)];
  const inInitrd = [...kernelStart(), ...initrd, needle(5)];
  const inUserspace = [...begun, needle(12), ...finished];

  test.each([
    ['[kernel]', inKernel],
    ['[initrd]', inInitrd],
    ['[userspace]', inUserspace],
    ['[kernel, initrd]', inInitrd],
  ])('%s holds there', async (phases, log) => {
    expect(await holds(`{phase: ${phases}}`, log)).toBe(true);
  });

  test.each([
    ['[kernel]', inInitrd],
    ['[initrd]', inUserspace],
    ['[userspace]', inKernel],
    ['[firmware, switch-root]', inInitrd],
  ])('%s does not hold elsewhere', async (phases, log) => {
    expect(await holds(`{phase: ${phases}}`, log)).toBe(false);
  });

  test('holds in an excerpt that does not tell it', async () => {
    expect(await holds('{phase: [initrd]}', [needle(5)])).toBe(true);
  });

  test('is none of the boot in an excerpt of a machine that has been up for days', async () => {
    expect(await holds('{phase: [kernel, initrd]}', [needle(4_842_592)])).toBe(false);
    expect(await holds('{phase: [userspace]}', [needle(4_842_592)])).toBe(true);
  });
});

describe('unit', () => {
  const by = (unit: string): string[] => [`Sun 2026-11-22 21:06:35 UTC host ${unit}[311]: the needle is here`];

  test.each([
    ['[foo.service]', 'foo.service', true],
    ['["*.mount"]', 'data.mount', true],
    ['["foo-*.service", bar.service]', 'bar.service', true],
    ['["*.mount"]', 'foo.service', false],
    ['[foo.service]', 'foo2.service', false],
  ])('%s is asked of %s: %s', async (globs, unit, expected) => {
    expect(await holds(`{unit: ${globs}}`, by(unit))).toBe(expected);
  });

  test('holds where the unit is not known', async () => {
    expect(await holds('{unit: [foo.service]}', [needle(5)])).toBe(true);
  });
});

describe('what was captured', () => {
  const rule = (when: string): string =>
    `match: [{text: 'the needle (?:is (?<where>\\w+)|was lost)'}]\nwhen: ${when}\nexplain: It is so.`;

  async function found(when: string, message: string): Promise<boolean> {
    const {rootCauses} = await bootOf([...begun, line(12, message), ...finished], {
      rules: await rulesOf({'test/rule': rule(when)}),
    });
    return rootCauses.some(({rule}) => rule === 'test/rule');
  }

  test.each([
    ['{captures: {where: here}}', 'the needle is here', true],
    ['{captures: {where: "^(?:here|there)$"}}', 'the needle is there', true],
    ['{captures: {where: "^here$"}}', 'the needle is there', false],
    ['{captures: {where: ""}}', 'the needle was lost', false],
  ])('%s is asked of “%s”: %s', async (when, message, expected) => {
    expect(await found(when.replace('""', '"^"'), message)).toBe(expected);
  });
});

describe('the kernel command line', () => {
  const log = (commandLine: string): string[] => [...kernelStart(commandLine), needle(3)];

  test.each([
    ['{has: "(?:^| )ro(?: |$)"}', 'root=LABEL=x ro quiet', true],
    ['{has: "(?:^| )ro(?: |$)"}', 'root=LABEL=x rw quiet', false],
    ['{lacks: "ostree="}', 'root=LABEL=x ro', true],
    ['{lacks: "ostree="}', 'root=LABEL=x ostree=/ostree/boot.1', false],
    ['{has: quiet, lacks: splash}', 'root=LABEL=x quiet', true],
    ['{has: quiet, lacks: splash}', 'root=LABEL=x quiet splash', false],
  ])('%s is asked of “%s”: %s', async (condition, commandLine, expected) => {
    expect(await holds(`{commandLine: ${condition}}`, log(commandLine))).toBe(expected);
  });

  test.each(['{has: "ro"}', '{lacks: "ostree="}'])(
    '%s does not hold where the command line is not known',
    async condition => {
      expect(await holds(`{commandLine: ${condition}}`, [needle(3)])).toBe(false);
    },
  );

  test('is asked, not the line that prints it', async () => {
    expect(await holds('{commandLine: {has: "ommand"}}', log('root=LABEL=x ro'))).toBe(false);
    expect(await holds('{commandLine: {has: "^root="}}', log('root=LABEL=x ro'))).toBe(true);
  });
});

describe('other findings', () => {
  const other = {'test/other': "match: [{text: 'another thing'}]\nrole: fact"};
  const [before, here, after] = [line(12, 'another thing'), needle(13), line(14, 'another thing')];

  test.each([
    ['{seen: [test/other]}', [before, here], true],
    ['{seen: [test/other]}', [here, after], true],
    ['{seen: ["test/*"]}', [here, after], true],
    ['{seen: [test/other]}', [here], false],
    ['{before: [test/other]}', [before, here], true],
    ['{before: [test/other]}', [here, after], false],
    ['{absent: [test/other]}', [here], true],
    ['{absent: [test/other]}', [here, after], false],
    ['{absent: ["test/*"]}', [here], true],
    ['{seen: [test/none, test/other]}', [before, here], true],
  ])('%s', async (when, lines, expected) => {
    expect(await holds(when, [...begun, ...lines, ...finished], other)).toBe(expected);
  });

  test('count only in the same boot', async () => {
    const rules = await rulesOf({
      'test/rule': "match: [{text: 'the needle is here'}]\nwhen: {seen: [test/other]}",
      ...other,
    });
    const lines = [...healthy, before, at(100, 'reboot: Restarting system'), ...begun, here, ...finished];
    const {boots} = await reportOf(lines, {rules});
    expect(boots.map(({rootCauses}) => rootCauses.length)).toEqual([0, 0]);
  });

  test('count only where their own conditions hold', async () => {
    const elsewhere = {'test/other': "match: [{text: 'another thing'}]\nrole: fact\nwhen: {phase: [initrd]}"};
    expect(await holds('{seen: [test/other]}', [...begun, before, here, ...finished], elsewhere)).toBe(false);
    expect(await holds('{absent: [test/other]}', [...begun, before, here, ...finished], elsewhere)).toBe(true);
  });
});

describe('the outcome', () => {
  const panic = at(14, 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000200');

  test('holds where the boot ended so', async () => {
    expect(await holds('{outcome: [panic]}', [...begun, needle(12), panic])).toBe(true);
  });

  test('does not hold where it ended otherwise', async () => {
    expect(await holds('{outcome: [panic]}', [...begun, needle(12), ...finished])).toBe(false);
  });
});

describe('the likely cause', () => {
  const rule = [
    "match: [{text: 'the needle is (?<what>\\w+)'}]",
    'explain: It is {what}.',
    'because:',
    '  - when: {commandLine: {has: rootdelay}}',
    '    say: The delay is to blame.',
    '    fix: [{do: Remove the delay., risk: safe}]',
    '  - when: {seen: [test/other]}',
    '    say: The other thing is to blame for {what}.',
    '  - say: Nobody knows why.',
    '    fix: [{do: "Ask for {what}.", risk: caution}]',
    'fix: [{do: Mend it., risk: safe}]',
  ].join('\n');
  const other = "match: [{text: 'another thing'}]\nrole: fact";
  const diagnosis = async (log: readonly string[]): Promise<Boot> =>
    bootOf(log, {rules: await rulesOf({'test/rule': rule, 'test/other': other})});

  test.each([
    [
      'the first whose condition holds',
      [...kernelStart('root=x rootdelay=9'), line(3, 'another thing'), needle(4)],
      'It is here. The delay is to blame.',
      ['Remove the delay.', 'Mend it.'],
    ],
    [
      'a later one where the first does not hold',
      [...kernelStart('root=x'), line(3, 'another thing'), needle(4)],
      'It is here. The other thing is to blame for here.',
      ['Mend it.'],
    ],
    [
      'the one without a condition where no other holds',
      [...kernelStart('root=x'), needle(4)],
      'It is here. Nobody knows why.',
      ['Ask for here.', 'Mend it.'],
    ],
  ])('is %s', async (_what, log, explanation, fixes) => {
    const {rootCauses} = await diagnosis(log);
    expect(rootCauses[0]?.explanation).toBe(explanation);
    expect(rootCauses[0]?.fix.map(fix => fix.do)).toEqual(fixes);
  });
});

describe('all conditions of a rule', () => {
  test.each([
    [[...kernelStart('root=x ro'), ...initrd, needle(5)], true],
    [[...kernelStart('root=x rw'), ...initrd, needle(5)], false],
    [[...kernelStart('root=x ro'), ...initrd, ...switchRoot, ...userspace, needle(12)], false],
  ])('must hold (%#)', async (log, expected) => {
    expect(await holds('{phase: [initrd], commandLine: {has: "\\\\bro\\\\b"}}', log)).toBe(expected);
  });

  test('a unit whose failure such a rule would explain is a cause of its own where they do not', async () => {
    const boot = await diagnosed('{phase: [initrd]}', [
      ...begun,
      pid1(12, 'Starting foo.service - Foo...'),
      at(12.1, 'foo[311]: error: the needle is here'),
      ...failure(13, 'foo.service', 'Foo'),
      ...finished,
    ]);
    expect(boot.rootCauses).toMatchObject([{rule: null, unit: 'foo.service'}]);
    expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('the needle is here');
  });
});
