/** What whoever writes a rule is told: file, line, column, and what to write instead. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {checkRules} from '../../src/check-rules.js';
import {type Problem, RuleFileError, UsageError} from '../../src/model/errors.js';
import {builtinRules} from '../../src/rules/builtin.js';
import {loadRules} from '../../src/rules/packs.js';
import {causeOf, temporaryFolder} from '../log.js';

const good = `title: The disk is full
severity: error
match:
  - text: 'no space left on (?<device>\\S+)'
explain: >-
  Nothing fits on {device} any more.
fix:
  - do: Remove something.
    command: rm SOMETHING
    risk: destructive
references:
  - {title: "errno(3)", url: "https://man7.org/linux/man-pages/man3/errno.3.html"}
tests:
  match:
    - "[   12.000000] app[300]: no space left on vda1"
    - line: "app[300]: no space left on vdb1"
      captures: {device: vdb1}
  ignore:
    - "[   12.000000] app[300]: some space left on vda1"
    - "[   12.000000] app[300]: no spaces"
`;

/** The problems of a rule that is good but for this change. */
async function problemsOf(change: (yaml: string) => string): Promise<readonly Problem[]> {
  const changed = change(good);
  expect(changed).not.toBe(good);
  return checkRules(temporaryFolder({'disk/full.yaml': changed}));
}

async function failureOf(files: Readonly<Record<string, string>>): Promise<RuleFileError> {
  const error = await loadRules([temporaryFolder(files)]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RuleFileError);
  return error as RuleFileError;
}

test('a good rule has no problems', async () => {
  expect(await checkRules(temporaryFolder({'disk/full.yaml': good}))).toEqual([]);
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
    expect(await checkRules(temporaryFolder({'disk/full.yaml': ''}))).toMatchObject([{line: 1, column: 1}]);
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

describe('the check of rules', () => {
  const expectProblem = async (change: (yaml: string) => string, place: object, message: RegExp): Promise<void> => {
    const problems = await problemsOf(change);
    expect(problems).toEqual([expect.objectContaining({...place, message: expect.stringMatching(message)})]);
  };

  test('finds a capture in the words that no variant has', () =>
    expectProblem(
      yaml => yaml.replace('on {device} any', 'on {disk} any'),
      {line: 5},
      /\{disk\}: no variant captures this/,
    ));

  test('finds a capture that not every variant has', () =>
    expectProblem(
      yaml => yaml.replace('explain:', "  - text: 'the disk is full, all of it'\nexplain:"),
      {line: 6},
      /\{device\}: not every variant captures this; write \{device\|default\}/,
    ));

  test('finds a key that is no capture', () =>
    expectProblem(
      yaml => yaml.replace('explain:', 'key: [disk]\nexplain:'),
      {line: 5, column: 7},
      /disk: no variant captures this/,
    ));

  test('finds a follow-on that is no rule', () =>
    expectProblem(
      yaml => yaml.replace('explain:', 'explains: [storage/nothing]\nexplain:'),
      {line: 5, column: 12},
      /there is no rule storage\/nothing/,
    ));

  test('knows which rule may have been meant', () =>
    expectProblem(
      yaml => yaml.replace('explain:', 'when: {seen: [disc/full]}\nexplain:'),
      {line: 5},
      /there is no rule disc\/full; did you mean disk\/full\?/,
    ));

  test('lets follow-ons be units and ends of boots', async () => {
    expect(
      await problemsOf(yaml =>
        yaml.replace(
          'explain:',
          "explains: ['unit:*.mount', 'outcome:panic', 'outcome:emergency', 'outcome:hang']\nexplain:",
        ),
      ),
    ).toEqual([]);
  });

  test('finds an end of a boot that is none', () =>
    expectProblem(
      yaml => yaml.replace('explain:', "explains: ['outcome:crash']\nexplain:"),
      {line: 5},
      /outcome:crash/,
    ));

  test('finds a broken expression in a condition', () =>
    expectProblem(
      yaml => yaml.replace('explain:', "when: {commandLine: {has: '(ro'}}\nexplain:"),
      {line: 5},
      /[Uu]nterminated group|regular expression/,
    ));

  test('finds a kind of kernel report that there is not', () =>
    expectProblem(
      yaml => yaml.replace("\\S+)'\n", "\\S+)'\n  - block: [ooops]\n").replace('{device}', '{device|it}'),
      {line: 5},
      /no such kind of kernel report: ooops; .*oops/,
    ));

  test('finds a line that the rule ought to match and does not', () =>
    expectProblem(
      yaml => yaml.replace('no space left on vda1"', 'no place left on vda1"'),
      {line: 15, column: 7},
      /does not match this line/,
    ));

  test('finds a line that the rule ought to leave alone and matches', () =>
    expectProblem(
      yaml => yaml.replace('some space left on vda1', 'no space left on vda1'),
      {line: 19, column: 7},
      /matches this line/,
    ));

  test('finds a capture that is not what the test says', () =>
    expectProblem(
      yaml => yaml.replace('device: vdb1', 'device: vdc1'),
      {line: 16},
      /\{device\} is "vdb1" here, not "vdc1"/,
    ));

  test('wants two lines that match and two that do not', async () => {
    const problems = await problemsOf(yaml => yaml.replace(/tests:[\s\S]*/, 'tests: {}\n'));
    expect(problems.map(({message}) => message)).toEqual([
      expect.stringContaining('tests.match'),
      expect.stringContaining('tests.ignore'),
    ]);
  });

  test('wants an explanation of what is shown', () =>
    expectProblem(yaml => yaml.replace(/explain: >-\n.*\n/, ''), {}, /needs `explain`/));

  test('wants a fix for what is shown', () =>
    expectProblem(yaml => yaml.replace(/fix:\n(?: {2,}.*\n)+/, ''), {}, /needs a `fix`/));

  test('finds two rules of one title', async () => {
    const problems = await checkRules(temporaryFolder({'disk/full.yaml': good, 'disk/filled.yaml': good}));
    expect(problems).toEqual([
      expect.objectContaining({message: expect.stringMatching(/^disk\/\w+ has the same title$/)}),
    ]);
  });

  test('finds rules that explain each other', async () => {
    const one = good.replace('explain:', 'explains: [disk/two]\nexplain:');
    const two = good
      .replace('explain:', 'explains: [disk/one]\nexplain:')
      .replace('The disk is full', 'The disk is fuller');
    const problems = await checkRules(temporaryFolder({'disk/one.yaml': one, 'disk/two.yaml': two}));
    expect(problems).toEqual([
      expect.objectContaining({line: 5, message: expect.stringContaining('explain each other')}),
    ]);
  });

  test('reads only files of YAML', async () => {
    expect(
      await checkRules(temporaryFolder({'disk/full.yaml': good, 'README.md': 'x: [', 'disk/notes.txt': 'x: ['})),
    ).toEqual([]);
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
      because: [],
      severity: 'error',
    });
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
    good.replace('The disk is full', `The title of ${id}`),
  ]);
  expect(
    await checkRules(temporaryFolder({[example?.[2] ?? '']: example?.[1] ?? '', ...Object.fromEntries(others)})),
  ).toEqual([]);
});
