/** At home in a shell: completions in real shells, the man page, and what is said to somebody who mistyped. */
import {execFileSync, spawnSync} from 'node:child_process';
import {readFileSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {environment, expectOneLine, program, root, temporary, whyboot} from './whyboot.js';

const has = (command: string): boolean => spawnSync('which', [command]).status === 0;

/** The output of a shell's command, with whyboot on the path. */
function inShell(command: readonly [string, ...string[]]): string {
  const folder = temporary();
  symlinkSync(program, join(folder, 'whyboot'));
  const [shell, ...args] = command;
  const env = {...environment(), PATH: `${folder}:${process.env['PATH']}`};
  return execFileSync(shell, args, {cwd: root, env, encoding: 'utf8'});
}

const typed = [
  {line: 'whyboot ru', offers: 'rules'},
  {line: 'whyboot rules li', offers: 'list'},
  {line: 'whyboot --red', offers: '--redact'},
  {line: 'whyboot --format mark', offers: 'markdown'},
  {line: 'whyboot --ignore fstab/device-not', offers: 'fstab/device-not-found'},
  {line: 'whyboot explain ostree/sysroot-dir', offers: 'ostree/sysroot-directory-missing'},
  {line: 'whyboot rules list --sev', offers: '--severity'},
  {line: 'whyboot LICEN', offers: 'LICENSE'},
];

test.each(typed)('bash: $line', ({line, offers}) => {
  const words = line.split(' ').map(word => `'${word}'`);
  const script = `eval "$(whyboot completion bash)"; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _whyboot; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(inShell(['bash', '-c', script]).split('\n')).toContain(offers);
});

test.skipIf(!has('fish')).each(typed)('fish: $line', ({line, offers}) => {
  const output = inShell(['fish', '-c', `whyboot completion fish | source; complete -C '${line}'`]);
  expect(output.split('\n').map(each => each.split('\t')[0])).toContain(offers);
});

test.skipIf(!has('zsh'))('zsh takes the script and knows whom to ask', () => {
  const script =
    'autoload -U compinit; compinit -u -D; eval "$(whyboot completion zsh)"; print $_comps[whyboot]; _whyboot_rules; whence -w _whyboot_rules_list';
  expect(inShell(['zsh', '-f', '-c', `${script.replace('_whyboot_rules; ', '')}`])).toBe(
    '_whyboot\n_whyboot_rules_list: function\n',
  );
});

test('another shell is wrong usage', () => {
  expectOneLine(whyboot(['completion', 'tcsh']), 2, /tcsh.*bash, zsh, fish/);
});

test('the man page has every option and command', () => {
  const page = readFileSync(join(root, 'man/whyboot.1'), 'utf8');
  for (const said of [
    '.TH WHYBOOT 1',
    '\\-\\-redact',
    '\\-\\-fail\\-on',
    'whyboot rules list',
    'whyboot completion',
    '.B 130',
  ])
    expect(page).toContain(said);
  if (has('mandoc'))
    expect(spawnSync('mandoc', ['-T', 'lint', '-W', 'error', 'man/whyboot.1'], {cwd: root}).status).toBe(0);
});

test.each([
  {args: ['--redct', 'x'], line: /--redct; did you mean --redact\?/},
  {args: ['rules', 'lst'], line: /no command rules lst; did you mean rules list\?/},
  {args: ['rules', 'list', '--are', 'x'], line: /--are; did you mean --area\?/},
])('$args', ({args, line}) => {
  expectOneLine(whyboot(args), 2, line);
});

test('a file that is not there may be meant as a command', () => {
  expectOneLine(whyboot(['explian']), 3, /no such file; did you mean whyboot explain\?/);
  expectOneLine(whyboot(['explian.log']), 3, /no such file$/m);
});
