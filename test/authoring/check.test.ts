/** What whoever writes a rule is told beyond its form: file, line, column, and what to write instead. */
import {describe, expect, test} from 'vitest';
import {checkRules} from '../../src/authoring/check.js';
import {compileRules} from '../../src/rules/compile.js';
import {loadRuleDirectory} from '../../src/rules/load.js';
import {good, problemsIn, problemsOf} from '../good-rule.js';
import {temporaryFolder} from '../log.js';

/** A second rule, of another message. */
const other = good
  .replaceAll('no space left', 'no room is left')
  .replaceAll('some space left', 'some room is left')
  .replace('The disk is full', 'There is no room');

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

test('finds a capture in the default of another', () =>
  expectProblem(
    yaml => yaml.replace('on {device} any', 'on {device|the disk {device}} any'),
    {line: 5},
    /\{device\|the disk \{…: a default is a text/,
  ));

test('finds a capture that not every variant has', () =>
  expectProblem(
    yaml => yaml.replace('explain:', "  - text: 'the disk is full, all of it'\nexplain:"),
    {line: 6},
    /\{device\}: not every variant captures this; write \{device\|default\}/,
  ));

test('finds a condition on a capture that no variant has', () =>
  expectProblem(
    yaml => yaml.replace('explain:', 'because: [{when: {captures: {disk: vda}}, say: It is the first.}]\nexplain:'),
    {line: 5},
    /disk: no variant captures this/,
  ));

test('finds a condition on a capture that cannot be read', () =>
  expectProblem(
    yaml =>
      yaml.replace('explain:', "because: [{when: {captures: {device: 'vd[a'}}, say: It is the first.}]\nexplain:"),
    {line: 5},
    /not a regular expression: \/vd\[a\//,
  ));

test('finds a whole boot that is neither a capture nor composed', () =>
  expectProblem(
    yaml => `${yaml}  boots: [{root: disk/full}]\n`,
    {line: 21},
    /name a capture \(log\), or put one together/,
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
    /no boot ends so: outcome:crash; write outcome:panic/,
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
    /write one of oops, /,
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
  const problems = await problemsIn({
    'disk/full.yaml': good,
    'disk/filled.yaml': other.replace('There is no room', 'The disk is full'),
  });
  expect(problems).toEqual([
    expect.objectContaining({message: expect.stringMatching(/^disk\/\w+ has the same title/)}),
  ]);
});

test('reads only files of YAML', async () => {
  expect(await problemsIn({'disk/full.yaml': good, 'README.md': 'x: [', 'disk/notes.txt': 'x: ['})).toEqual([]);
});

const placed = (line: number, message: RegExp) =>
  expect.objectContaining({line, message: expect.stringMatching(message)});

test('a broken file does not hide what is wrong with another', async () => {
  const problems = await problemsIn({
    'disk/bad.yaml': good.replace('severity: error', 'severity: bad'),
    'disk/full.yaml': other.replace('{device}', '{disk}').replace('explain:', 'explains: [disk/bad]\nexplain:'),
  });
  expect(problems.map(({file, message}) => `${file.split('/').at(-1)} ${message}`)).toEqual([
    expect.stringMatching(/^bad.yaml severity: write one of/),
    expect.stringMatching(/^full.yaml \{disk\}: no variant captures this; they capture device/),
  ]);
});

test('finds two files of one id', async () => {
  const [problem] = await problemsIn({'disk/full.yaml': good, 'disk/full.yml': other});
  expect(problem).toMatchObject({
    line: 1,
    message: expect.stringMatching(/the id disk\/full is taken by .*full\.yaml/),
  });
});

test('finds a circle of any length, and shows it', async () => {
  const rule = (n: number, next: string) =>
    good
      .replace('The disk is full', `The disk is full ${n}`)
      .replaceAll('space left', `space left (${n})`)
      .replace('no space left (', 'no space left \\(')
      .replace(`${n}) on (?<`, `${n}\\) on (?<`)
      .replace('explain:', `explains: [${next}]\nexplain:`);
  const problems = await problemsIn({
    'a/one.yaml': rule(1, 'a/two'),
    'a/two.yaml': rule(2, 'a/three'),
    'a/three.yaml': rule(3, 'a/one'),
  });
  expect(problems).toEqual([placed(5, /explain each other: a\/one → a\/two → a\/three → a\/one/)]);
});

describe('two rules that match the same line', () => {
  const wide = other.replace('no room is left on (?<device>', '(?:space|room is) left on (?<device>');
  const both = (narrow: string, broad: string) =>
    problemsIn({
      'disk/full.yaml': narrow,
      'disk/wide.yaml': broad.replace('some room is left on', 'some rooms left on'),
    });

  test('are told of at the line, once', async () => {
    expect(await both(good, wide)).toEqual([
      placed(15, /disk\/wide matches this line too; let one name the other under `explains`/),
    ]);
  });

  test.each([
    ['one explains the other', 'explains: [disk/wide]'],
    ['one explains the other by a wildcard', "explains: ['disk/*']"],
    ['one waits for the other to be absent', 'when: {absent: [disk/wide]}'],
    ['one is a fact', 'role: fact'],
  ])('may, when %s', async (_why, line) => {
    expect(await both(good.replace('explain:', `${line}\nexplain:`), wide)).toEqual([]);
  });

  test('may, when they look in different phases', async () => {
    const inPhase = (yaml: string, phase: string) => yaml.replace('explain:', `when: {phase: [${phase}]}\nexplain:`);
    expect(await both(inPhase(good, 'initrd'), inPhase(wide, 'userspace'))).toEqual([]);
    expect(await both(inPhase(good, 'initrd'), inPhase(wide, 'initrd'))).toHaveLength(1);
  });

  test('may not, when one calls harmless what the other blames', async () => {
    expect(await both(good, wide.replace('severity: error', 'severity: info\nrole: noise'))).toEqual([
      placed(15, /disk\/wide calls this line harmless, so disk\/full is never shown for it/),
    ]);
  });

  test('may not, when both call it harmless', async () => {
    const noise = (yaml: string) => yaml.replace('severity: error', 'severity: info\nrole: noise');
    expect(await both(noise(good), noise(wide))).toEqual([placed(16, /calls this line harmless already/)]);
  });

  test('may be one of the folder and a built-in one', async () => {
    const folder = temporaryFolder({'disk/full.yaml': good});
    const {rules} = compileRules(await loadRuleDirectory(temporaryFolder({'storage/full.yaml': good})));
    expect((await checkRules(folder, {beside: rules})).problems).toEqual([
      placed(15, /storage\/full matches this line/),
    ]);
    expect((await checkRules(folder, {beside: rules.map(rule => ({...rule, id: 'disk/full'}))})).problems).toEqual([]);
  });
});

test('finds the same expression twice', async () => {
  expect(
    await problemsOf(yaml => yaml.replace("\\S+)'\n", "\\S+)'\n  - text: 'no space left on (?<device>\\S+)'\n")),
  ).toEqual([placed(5, /another variant has the same expression/)]);
});

test.each([
  [
    'two repetitions that share characters',
    'no space left on (?<device>\\S+)\\w*:',
    /quadratic time: \\S\+ and \\w\* can match the same/,
  ],
  ['a repetition at the beginning', '(?<device>\\w+) has no space left on', /quadratic time: \\w\+ is tried anew/],
  ['a repetition of a repetition', 'no space left on (?<device>(?:\\w+)*):', /exponential time/],
])('finds an expression that takes too long: %s', async (_what, expression, message) => {
  const problems = await problemsOf(yaml => yaml.replace('no space left on (?<device>\\S+)', expression));
  expect(problems).toContainEqual(placed(4, message));
});

describe('a line that the rule does not match is told why', () => {
  test.each([
    [
      'the text',
      (yaml: string) => yaml.replace('no space left on vda1', 'no space on vda1'),
      /applied to the message, which is "no space on vda1"/,
    ],
    [
      'the writer',
      (yaml: string) => yaml.replace("\\S+)'\n", "\\S+)'\n    identifier: [cp]\n"),
      /it was written by app, and `identifier` lists cp/,
    ],
    [
      'the literals',
      (yaml: string) => yaml.replace("\\S+)'\n", "\\S+)'\n    literals: [no space at all]\n"),
      /none of `literals` stands in it/,
    ],
  ])('%s', async (_what, change, message) => {
    expect((await problemsOf(change))[0]).toEqual(placed(expect.any(Number) as unknown as number, message));
  });
});

test('says how many rules and lines were looked at', async () => {
  expect(await checkRules(temporaryFolder({'disk/full.yaml': good}))).toEqual({problems: [], rules: 1, lines: 4});
});
