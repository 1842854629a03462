/** `whyboot rules …` and `whyboot explain`, as somebody uses them who writes rules. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {builtinRules} from '../../src/rules/builtin.js';
import {good} from '../good-rule.js';
import {expectOneLine, temporary, whyboot} from './whyboot.js';

const line = 'acmed[411]: licence /etc/acme.lic expired on 2026-11-01';

/** A folder of rules, by id. */
function folderOf(rules: Readonly<Record<string, string>>): string {
  const folder = temporary();
  for (const [id, yaml] of Object.entries(rules)) {
    mkdirSync(join(folder, id, '..'), {recursive: true});
    writeFileSync(join(folder, `${id}.yaml`), yaml);
  }
  return folder;
}

describe('rules list', () => {
  test('is one line a rule in a pipe: id, severity, role, title', () => {
    const {status, stdout, stderr} = whyboot(['rules', 'list']);
    expect({status, stderr}).toEqual({status: 0, stderr: ''});
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(builtinRules().length);
    for (const each of lines)
      expect(each).toMatch(/^[\w-]+\/[\w-]+\t(?:fatal|error|warning|info)\t(?:cause|symptom|noise|fact)\t\S[^\t]*$/);
  });

  test('finds by area, severity, role and words', () => {
    const ids = (...args: string[]): string[] =>
      whyboot(['rules', 'list', ...args])
        .stdout.trimEnd()
        .split('\n')
        .map(each => each.split('\t')[0] as string);
    expect(ids('--area', 'zfs').every(id => id.startsWith('zfs/'))).toBe(true);
    expect(ids('--area', 'ostree', '--severity', 'fatal')).toContain('ostree/sysroot-directory-missing');
    expect(ids('--role', 'noise')).not.toContain('ostree/sysroot-directory-missing');
    expect(ids('MS_MOVE', 'sysroot')).toContain('ostree/sysroot-directory-missing');
    expect(
      ids('--matches', "ostree-prepare-root[2]: failed to MS_MOVE '/sysroot' to 'sysroot': No such file or directory"),
    ).toContain('ostree/sysroot-directory-missing');
  });

  test('of nothing is nothing, and status 1', () => {
    expect(whyboot(['rules', 'list', 'no-such-word-anywhere'])).toEqual({status: 1, stdout: '', stderr: ''});
  });

  test('--json has the rules whole', () => {
    const rules = JSON.parse(whyboot(['rules', 'list', '--json', '--area', 'zfs']).stdout) as {
      id: string;
      fix: unknown[];
    }[];
    expect(rules.map(({id}) => id)).toContain('zfs/module-missing');
    for (const rule of rules) expect(rule).toMatchObject({fix: expect.any(Array), match: expect.any(Array)});
  });
});

describe('rules new', () => {
  test('writes a rule that passes the check, and can be used', () => {
    const folder = temporary();
    const {status, stdout, stderr} = whyboot(['rules', 'new', '--dir', folder, line]);
    const file = join(folder, 'acmed/licence-expired-on.yaml');
    expect({status, stdout}).toEqual({status: 0, stdout: `${file}\n`});
    expect(stderr).toMatch(/whyboot rules check/);
    expect(whyboot(['rules', 'check', folder])).toMatchObject({status: 0, stderr: ''});
    expect(whyboot(['rules', 'test', folder])).toMatchObject({
      status: 0,
      stdout: '1 rule, 4 lines, 0 boots: all hold\n',
    });
    expect(whyboot(['--rules', folder], {input: `${line}\n`}).stdout).toContain('rule acmed/licence-expired-on');
    expectOneLine(
      whyboot(['rules', 'new', '--dir', folder, '--id', 'acmed/licence-expired-on', 'acmed[4]: quite another message']),
      2,
      /is there already/,
    );
  });

  test('takes the line from standard input too', () => {
    expect(whyboot(['rules', 'new', '--print'], {input: `\n${line}\n`, cwd: temporary()})).toMatchObject({
      status: 0,
      stdout: readable(line),
    });
  });

  test('refuses what is known already', () => {
    const known = "ostree-prepare-root[208]: failed to MS_MOVE '/sysroot' to 'sysroot': No such file or directory";
    expectOneLine(
      whyboot(['rules', 'new', '--print', known], {cwd: temporary()}),
      2,
      /ostree\/sysroot-directory-missing knows this line already/,
    );
  });

  test.each(['acme', '../acme/x'])('refuses the id %s', id => {
    expectOneLine(whyboot(['rules', 'new', '--print', '--id', id, line]), 2, /is no id for a rule/);
  });
});

function readable(text: string): unknown {
  return expect.stringContaining(`- '${text}'`);
}

describe('rules check and rules test', () => {
  const broken = good.replace('{device} any', '{disk} any').replace('no space left on vda1', 'no place on vda1');

  test('tell of each problem at its place', () => {
    const folder = folderOf({'disk/full': broken});
    const {status, stdout, stderr} = whyboot(['rules', 'check', folder]);
    expect({status, stdout}).toEqual({status: 2, stdout: `${folder}: 1 rule, 4 test lines, 2 problems\n`});
    for (const each of stderr.trimEnd().split('\n')) expect(each).toMatch(/^\S+full\.yaml:\d+:\d+: \S/);
    expect(whyboot(['rules', 'test', folder])).toMatchObject({
      status: 2,
      stdout: '1 rule, 4 lines, 0 boots: 1 failed\n',
    });
  });

  test('--json has the same for a program', () => {
    const folder = folderOf({'disk/full': broken});
    const result = JSON.parse(whyboot(['rules', 'check', '--json', folder]).stdout);
    expect(result).toMatchObject({
      rules: 1,
      lines: 4,
      problems: [
        {line: 5, column: 10},
        {line: 15, column: 7},
      ],
    });
  });

  test('a pack may name built-in rules, and is told when one of them knows the line', () => {
    const pack = good.replaceAll('no space left on', 'No space left on device').replace('some space', 'Some space');
    const {stderr} = whyboot(['rules', 'check', folderOf({'disk/full': pack})]);
    expect(stderr).toMatch(/storage\/no-space-left matches this line too/);
    const named = good.replace('explain:', 'explains: [storage/no-space-left]\nexplain:');
    expect(whyboot(['rules', 'check', folderOf({'disk/full': named})])).toMatchObject({status: 0, stderr: ''});
  });

  test('a boot can be put together in the rule file', () => {
    const composed = (root: string): string =>
      `${good}  boots:\n    - composed: |\n        [    3.000000] app[300]: no space left on vda1\n      root: ${root}\n`;
    const run = (root: string) => whyboot(['rules', 'test', folderOf({'disk/full': composed(root)})]);
    expect(run('disk/full').stdout).toBe('1 rule, 4 lines, 1 boot: all hold\n');
    expect(run('disk/empty').stderr).toMatch(/composed: disk\/full leads, not disk\/empty/);
  });

  test('whole boots are analyzed with the pack', () => {
    const boots = (root: string): string =>
      `${good}  boots:\n    - {log: ostree-ms-move/console.log, root: ${root}, outcome: emergency}\n`;
    const run = (root: string) =>
      whyboot(['rules', 'test', folderOf({'disk/full': boots(root)}), '--samples', 'samples', '--verbose']);
    expect(run('ostree/sysroot-directory-missing')).toMatchObject({
      status: 0,
      stdout: '✔ disk/full 4 lines, 1 boot\n1 rule, 4 lines, 1 boot: all hold\n',
    });
    const {status, stderr} = run('disk/full');
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /full\.yaml:22:7: ostree-ms-move\/console\.log: ostree\/sysroot-directory-missing leads, not disk\/full/,
    );
  });

  test('a capture that is not there is told of', () => {
    const folder = folderOf({'disk/full': `${good}  boots:\n    - {log: nowhere.log, root: null}\n`});
    expect(whyboot(['rules', 'test', folder]).stderr).toMatch(/nowhere\.log: cannot be read as a capture below/);
  });

  test.each(['check', 'test'])('rules %s of a folder that is not there', command => {
    expectOneLine(whyboot(['rules', command, 'no-such-folder']), 2, /no-such-folder: cannot read this rule folder/);
  });
});

describe('explain', () => {
  test.each([
    {
      args: ['ostree/sysroot-directory-missing'],
      says: ['The OSTree deployment has no sysroot directory', 'What to do', 'mkdir TREE/sysroot', '│ ['],
    },
    {args: ['sysroot-directory-missing'], says: ['ostree/sysroot-directory-missing · fatal']},
    {args: ['stateroot'], says: ['A group of deployments']},
    {args: ['switch', 'root'], says: ['the initrd hands over']},
    {args: ['203'], says: ['203/EXEC', 'could not be executed']},
    {args: ['zfs'], says: ['whyboot rules list --area zfs']},
    {args: [], says: ['203/EXEC', 'stateroot', 'SIGKILL']},
  ])('$args', ({args, says}) => {
    const {status, stdout, stderr} = whyboot(['explain', ...args]);
    expect({status, stderr}).toEqual({status: 0, stderr: ''});
    for (const each of says) expect(stdout).toContain(each);
  });

  test('--format markdown', () => {
    const {stdout} = whyboot(['explain', '--format', 'markdown', 'ostree/sysroot-directory-missing']);
    expect(stdout).toMatch(
      /^## The OSTree deployment has no sysroot directory\n\n`ostree\/sysroot-directory-missing` · fatal/,
    );
    expect(stdout).toContain('```sh\n   mkdir TREE/sysroot');
  });

  test('knows the rules of a pack, which come before the built-in ones', () => {
    const folder = folderOf({
      'disk/full': good,
      'zfs/module-missing': good.replace('The disk is full', 'Our own words'),
    });
    expect(whyboot(['explain', '--rules', folder, 'disk/full']).stdout).toContain('The disk is full');
    expect(whyboot(['explain', '--rules', folder, 'zfs/module-missing']).stdout).toContain('Our own words');
  });

  test.each([
    ['ostree/sysroot-directory-mising', 'ostree/sysroot-directory-missing'],
    ['statroot', 'stateroot'],
    ['SIGKIL', 'SIGKILL'],
  ])('%s: did you mean %s?', (name, meant) => {
    expectOneLine(whyboot(['explain', name]), 2, new RegExp(`did you mean ${meant}\\?`));
  });
});
