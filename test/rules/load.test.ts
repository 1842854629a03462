/** What whoever writes a rule is told: file, line, column, and what to write instead. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {RuleFileError, UsageError} from '../../src/model/errors.js';
import {builtinRules} from '../../src/rules/builtin.js';
import {loadRules} from '../../src/rules/packs.js';
import {good, problemsIn, problemsOf} from '../good-rule.js';
import {causeOf, temporaryFolder} from '../log.js';

async function failureOf(files: Readonly<Record<string, string>>): Promise<RuleFileError> {
  const error = await loadRules([temporaryFolder(files)]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RuleFileError);
  return error as RuleFileError;
}

test('a good rule has no problems', async () => {
  expect(await problemsIn({'disk/full.yaml': good})).toEqual([]);
});

describe('a rule of the wrong form is refused', () => {
  type Row = [what: string, change: (yaml: string) => string, line: number, column: number, message: RegExp];
  async function isRefused(
    _what: string,
    change: Row[1],
    line: number,
    column: number,
    message: RegExp,
  ): Promise<void> {
    const [problem, ...more] = await problemsOf(change);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({line, column, message: expect.stringMatching(message)});
    expect(problem?.file).toMatch(/disk\/full\.yaml$/);
    expect(problem?.message).not.toContain('\n');
  }

  test.each<Row>([
    [
      'an unknown field',
      yaml => yaml.replace('explain:', 'cause: x\nexplain:'),
      5,
      1,
      /unknown field "cause".*writing-rules/,
    ],
    [
      'an unknown field within another',
      yaml => yaml.replace('    risk: destructive', '    risk: destructive\n    danger: high'),
      11,
      5,
      /unknown field "danger"/,
    ],
    [
      'a condition that there is not',
      yaml => yaml.replace('match:', 'when: {kernel: 6}\nmatch:'),
      3,
      8,
      /unknown field "kernel"/,
    ],
  ])('%s', isRefused);

  test.each<Row>([
    [
      'a severity that there is not',
      yaml => yaml.replace('severity: error', 'severity: critical'),
      2,
      11,
      /severity: .*fatal, error, warning, info/,
    ],
    [
      'a risk that there is not',
      yaml => yaml.replace('risk: destructive', 'risk: high'),
      10,
      11,
      /risk: .*safe, caution, destructive/,
    ],
    [
      'a role that there is not',
      yaml => yaml.replace('severity: error', 'severity: error\nrole: reason'),
      3,
      7,
      /role: .*cause, symptom, noise, fact/,
    ],
    [
      'a phase that there is not',
      yaml => yaml.replace('match:', 'when: {phase: [early]}\nmatch:'),
      3,
      16,
      /phase.*initrd/,
    ],
    [
      'a missing severity',
      yaml => yaml.replace('severity: error\n', ''),
      1,
      1,
      /severity: .*(?:required|fatal, error, warning, info)/,
    ],
    ['a missing match', yaml => yaml.replace(/match:\n.*\n/, ''), 1, 1, /match: /],
    ['no variants', yaml => yaml.replace(/match:\n.*\n/, 'match: []\n'), 3, 8, /match: /],
    [
      'text where a list must be',
      yaml => yaml.replace(/match:\n.*\n/, 'match: no space left\n'),
      3,
      8,
      /match: .*array/,
    ],
    ['a fix without a risk', yaml => yaml.replace('    risk: destructive\n', ''), 8, 5, /risk: /],
    [
      'a reference that is no address',
      yaml => yaml.replace('https://man7.org/linux/man-pages/man3/errno.3.html', 'errno'),
      12,
      30,
      /url: .*URL/i,
    ],
    [
      'a literal that is too short',
      yaml => yaml.replace("\\S+)'\n", "\\S+)'\n    literals: [space]\n"),
      5,
      16,
      /literals/,
    ],
    [
      'a number where text must be',
      yaml => yaml.replace('title: The disk is full', 'title: 12345'),
      1,
      8,
      /title: .*string/,
    ],
  ])('%s', isRefused);

  test.each<[string, (yaml: string) => string, number]>([
    ['a bracket that is not closed', yaml => yaml.replace('risk: destructive', 'risk: [destructive'), 11],
    ['a wrong indent', yaml => yaml.replace('    command: rm', '   command: rm'), 9],
    ['a key given twice', yaml => yaml.replace('severity: error', 'severity: error\nseverity: fatal'), 3],
    ['a tab for an indent', yaml => yaml.replace('    command: rm', '\tcommand: rm'), 9],
  ])('%s is no YAML', async (_what, change, line) => {
    const [problem] = await problemsOf(change);
    expect(Math.abs((problem?.line ?? 0) - line)).toBeLessThanOrEqual(2);
    expect(problem?.message).toMatch(/\S/);
    expect(problem?.message).not.toContain('\n');
  });

  test.each<[string, (yaml: string) => string, RegExp]>([
    [
      'a broken regular expression',
      yaml => yaml.replace('no space left on (?<device>\\S+)', 'no space left on (?<device>\\S+'),
      /not a regular expression: (?!.*Invalid regular expression)/,
    ],
    [
      'a capture given twice',
      yaml => yaml.replace('on (?<device>\\S+)', 'on (?<device>\\S+) (?<device>x)'),
      /not a regular expression/,
    ],
    [
      'an expression that every line could match',
      yaml => yaml.replace('no space left on (?<device>\\S+)', '(?<device>\\S+) \\w+ full'),
      /no fixed part of at least \d+ characters.*literals/,
    ],
    [
      'one of whose alternatives every line could match',
      yaml => yaml.replace('no space left on (?<device>\\S+)', '(?:no space left on|full:) (?<device>\\S+)'),
      /no fixed part/,
    ],
  ])('%s', async (_what, change, message) => {
    const problems = await problemsOf(change);
    expect(problems).toMatchObject([{line: 4, column: 11, message: expect.stringMatching(message)}]);
  });

  test('a variant of neither text nor block', async () => {
    const problems = await problemsOf(yaml =>
      yaml
        .replace(/text: '.*'/, 'program: any')
        .replace('{device}', 'it')
        .replace(/tests:[\s\S]*/, 'tests: {}\n'),
    );
    expect(problems[0]).toMatchObject({line: 4, message: expect.stringMatching(/needs `text`, or `block`/)});
  });

  test('an empty file', async () => {
    expect(await problemsIn({'disk/full.yaml': ''})).toMatchObject([{line: 1, column: 1}]);
  });

  test('all files are told of, and all that is wrong with each', async () => {
    const error = await failureOf({
      'disk/one.yaml': good.replace('severity: error', 'severity: bad').replace('risk: destructive', 'risk: bad'),
      'disk/two.yaml': good.replace('title:', 'titel:'),
      'disk/three.yaml': good,
    });
    expect(error.problems.filter(({file}) => file.endsWith('one.yaml'))).toHaveLength(2);
    expect(error.problems.filter(({file}) => file.endsWith('two.yaml')).length).toBeGreaterThanOrEqual(1);
    expect(error.problems.filter(({file}) => file.endsWith('three.yaml'))).toEqual([]);
    expect(error.exitStatus).toBe(2);
    for (const line of error.message.split('\n')) expect(line).toMatch(/^\S+\.yaml:\d+:\d+: \S/);
  });

  test('a folder that is not there', async () => {
    const error = await loadRules(['/no/such/folder']).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).toMatch(/^\/no\/such\/folder: [^\n]+$/);
  });
});

describe('rules of one’s own', () => {
  const log = ['[   12.000000] app[300]: no space left on vda1'];

  test('come on top of the built-in ones', async () => {
    const rules = await loadRules([temporaryFolder({'mine/full.yaml': good})]);
    expect(rules).toHaveLength(builtinRules().length + 1);
    expect(rules.map(({id}) => id)).toContain('mine/full');
  });

  test('are asked', async () => {
    const pack = good.replaceAll('no space left', 'nothing is left').replace('some space left', 'something is left');
    const rules = await loadRules([temporaryFolder({'mine/full.yaml': pack})]);
    expect(await causeOf([(log[0] as string).replace('no space left', 'nothing is left')], {rules})).toMatchObject({
      rule: 'mine/full',
      title: 'The disk is full',
      explanation: 'Nothing fits on vda1 any more.',
    });
  });

  test('replace the built-in rule of the same id', async () => {
    const id = builtinRules()[0]?.id ?? '';
    const rules = await loadRules([temporaryFolder({[`${id}.yaml`]: good})]);
    expect(rules).toHaveLength(builtinRules().length);
    expect(rules.find(rule => rule.id === id)?.title).toBe('The disk is full');
  });

  test('of a later folder replace those of an earlier one', async () => {
    const rules = await loadRules([
      temporaryFolder({'mine/full.yaml': good}),
      temporaryFolder({'mine/full.yaml': good.replace('The disk is full', 'The later one')}),
    ]);
    expect(rules.filter(({id}) => id === 'mine/full').map(({title}) => title)).toEqual(['The later one']);
  });

  test('may end in .yml', async () => {
    expect((await loadRules([temporaryFolder({'mine/full.yml': good})])).map(({id}) => id)).toContain('mine/full');
  });

  test('without any, the built-in ones are all', async () => {
    expect(await loadRules([])).toBe(builtinRules());
  });

  test('get every default filled in', async () => {
    const rule = (await loadRules([temporaryFolder({'mine/full.yaml': good})])).find(({id}) => id === 'mine/full');
    expect(rule).toMatchObject({
      role: 'cause',
      confidence: 'certain',
      key: [],
      when: null,
      explains: [],
      severity: 'error',
    });
    expect(rule?.words()).toMatchObject({because: []});
    expect(rule?.match).toEqual([
      {text: 'no space left on (?<device>\\S+)', literals: ['no space left on '], identifier: null, block: null},
    ]);
  });
});

test('the example of the documentation is a good rule', async () => {
  const guide = readFileSync(join(fileURLToPath(new URL('../..', import.meta.url)), 'docs/writing-rules.md'), 'utf8');
  const example = /```yaml\n(# rules\/(\S+)\n[\s\S]*?)```/.exec(guide);
  const others = ['ostree/leftover-of-an-earlier-run', 'switch-root/not-an-os-tree'].map(id => [
    `${id}.yaml`,
    good.replace('The disk is full', `The title of ${id}`).replaceAll('space left', `space left by ${id}`),
  ]);
  expect(await problemsIn({[example?.[2] ?? '']: example?.[1] ?? '', ...Object.fromEntries(others)})).toEqual([]);
});
