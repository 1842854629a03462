import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {expect, test} from 'vitest';
import {expectOneLine, failing, healthy, report, root, temporary, twoBoots, whyboot} from './whyboot.js';

const colorCode = '\u001B[';

test.each([failing, healthy, twoBoots])('--format json of %s is what the schema promises', file => {
  const schema = JSON.parse(readFileSync(join(root, 'schema/report.schema.json'), 'utf8'));
  const validate = new Ajv2020({strict: true, allErrors: true, allowUnionTypes: true}).compile(schema);
  validate(report([file]));
  expect(validate.errors).toBeNull();
});

test('the last boot decides the status, and --boot another one', () => {
  expect(whyboot([twoBoots]).status).toBe(0);
  expect(whyboot(['--boot', '-1', twoBoots]).status).toBe(1);
  expect(whyboot(['--boot=all', twoBoots]).status).toBe(1);
});

test('--boot shows that boot only', () => {
  expect(report([twoBoots]).boots.map(({index}) => index)).toEqual([0, 1]);
  expect(report(['--boot', '-1', twoBoots]).boots.map(({index}) => index)).toEqual([0]);
});

test('--boot of a boot that is not there', () => {
  expectOneLine(whyboot(['--boot', '7', twoBoots]), 2, /no boot 7 in .*two-boots.* 2 boots/);
});

test('--fail-on never', () => {
  expect(whyboot(['--fail-on', 'never', failing]).status).toBe(0);
});

test('no colour into a pipe, unless asked for', () => {
  expect(whyboot([failing]).stdout).not.toContain(colorCode);
  expect(whyboot(['--color', failing]).stdout).toContain(colorCode);
  expect(whyboot([failing], {env: {FORCE_COLOR: '1'}}).stdout).toContain(colorCode);
  expect(whyboot(['--no-color', failing], {env: {FORCE_COLOR: '1'}}).stdout).not.toContain(colorCode);
});

test('--no-tui changes nothing of a report', () => {
  expect(whyboot(['--no-tui', failing])).toEqual(whyboot([failing]));
});

test('--version', () => {
  const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const {status, stdout} = whyboot(['--version']);
  expect({status, stdout}).toEqual({status: 0, stdout: expect.stringMatching(`^whyboot/${version} `)});
});

test.each([['--help'], ['-h'], ['help'], ['analyze', '--help']])('%s %s', (...args) => {
  const {status, stdout, stderr} = whyboot(args);
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  for (const said of ['USAGE', '--format', '--fail-on', 'journalctl -b']) expect(stdout).toContain(said);
});

test.each([
  {args: ['--hlep'], line: /--hlep/},
  {args: ['--format', 'yaml', failing], line: /--format=yaml.*text, json/},
  {args: ['--fail-on'], line: /--fail-on.*fatal, error, warning, never/},
  {args: ['--boot'], line: /--boot expects a value/},
])('$args is wrong usage', ({args, line}) => {
  expectOneLine(whyboot(args), 2, line);
});

const rule = `title: The lamp does not burn
severity: error
match:
  - text: "lamp: no oil in (?<room>\\\\w+)"
explain: There is no oil in the lamp of {room}.
fix:
  - {do: Pour some., risk: safe}
tests:
  match: ["lamp: no oil in kitchen", "lamp: no oil in hall"]
  ignore: ["lamp: no oil can", "lamp: oil in kitchen"]
`;

test('--rules adds the rules of a folder', () => {
  const rules = temporary({'lamp.yaml': rule});
  const input = '[    1.000000] Linux version 6.1.0\n[    2.000000] lamp: no oil in cellar\n';
  const {boots} = report(['--rules', rules], {input});
  expect(boots[0]?.rootCauses[0]).toMatchObject({rule: 'lamp', explanation: expect.stringContaining('lamp of cellar')});
});

test('the files may follow --rules', () => {
  const rules = temporary({'lamp.yaml': rule});
  expect(report(['--rules', rules, '--rules', rules, failing]).boots).toEqual(report([failing]).boots);
});

test('a broken rule is told by its place, and nothing is analyzed', () => {
  const rules = temporary({'lamp.yaml': rule.replace('severity: error', 'severity: urgent')});
  expectOneLine(whyboot(['--rules', rules, failing]), 2, /lamp\.yaml:2:\d+: .*severity/);
});

test('all problems of all rules are told at once', () => {
  const rules = temporary({
    'lamp.yaml': rule.replace('severity: error', 'severity: urgent').replace('no oil in (', 'no oil in (('),
    'wick.yaml': 'title: [',
  });
  const {status, stdout, stderr} = whyboot(['--rules', rules, failing]);
  expect({status, stdout}).toEqual({status: 2, stdout: ''});
  expect(stderr).toMatch(/^\S*lamp\.yaml:\d+:\d+: /m);
  expect(stderr).toMatch(/^\S*wick\.yaml:\d+:\d+: /m);
});

test('a rule folder that is not there is wrong usage', () => {
  expectOneLine(whyboot(['--rules', 'no-such-rules', failing]), 2, /no-such-rules/);
});

test('--ignore: a known failure is shown as such, and not counted', () => {
  const known = whyboot(['--ignore', 'ostree/sysroot-directory-missing', failing]);
  expect(known.status).toBe(0);
  expect(known.stdout).toMatch(/Known, not counted \(--ignore\)\n.*The OSTree deployment has no sysroot directory/);
  expect(whyboot(['--ignore', 'ostree/*', failing]).status).toBe(0);
  expect(whyboot(['--ignore', 'fstab/*', failing]).status).toBe(1);
});

test('--ignore of a rule that there is not', () => {
  const run = whyboot(['--ignore', 'ostree/sysroot-directory-mising', failing]);
  expectOneLine(run, 2, /no such rule; did you mean ostree\/sysroot-directory-missing\?/);
});

test('--redact hides the host, learned where the report does not show it', () => {
  const input = [
    '[    0.000000] Linux version 6.1.0',
    '[    1.000000] systemd[1]: Hostname set to <zeus>.',
    '[    2.000000] systemd[1]: Starting acme.service - Acme...',
    '[    3.000000] acme[7]: error: zeus has no licence',
    "[    4.000000] systemd[1]: acme.service: Failed with result 'exit-code'.",
    '',
  ].join('\n');
  const {status, stdout} = whyboot(['--redact'], {input});
  expect(status).toBe(1);
  expect(stdout).toContain('acme[7]: error: host-1 has no licence');
  expect(stdout).toMatch(/Hidden in this report\n {2}×\d+ +host name +1 different/);
  expect(stdout).not.toContain('zeus');
  expect(report(['--redact'], {input}).redactions).toMatchObject([{kind: 'host name', different: 1}]);
});
