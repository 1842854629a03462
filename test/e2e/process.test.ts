import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {environment, expectOneLine, failing, healthy, program, root, shell, temporary, whyboot} from './whyboot.js';

test('a reader that has seen enough ends the program silently', () => {
  const {stdout, stderr} = shell(`whyboot ${failing} | head -1`);
  expect(stdout.split('\n')).toHaveLength(2);
  expect(stderr).toBe('');
});

test('a reader that is gone changes neither the status nor the silence', () => {
  const {status, stderr} = shell(`set -o pipefail; whyboot --format json ${failing} | true`);
  expect({status, stderr}).toEqual({status: 1, stderr: ''});
});

test('what is sent into the program is read from standard input', () => {
  expect(shell(`whyboot < ${healthy}`).status).toBe(0);
  expect(shell(`cat ${failing} | whyboot`).status).toBe(1);
  expect(shell(`cat ${failing} | whyboot -`).status).toBe(1);
});

test('Ctrl-C ends it, as a shell tells by 130', async () => {
  const child = spawn(process.execPath, [program], {stdio: ['pipe', 'ignore', 'pipe']});
  setTimeout(() => child.kill('SIGINT'), 500);
  expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
});

test('nothing to read and a terminal: the three commonest lines, no waiting', async () => {
  const hasScript = spawnSync('script', ['--version']).status === 0;
  if (!hasScript) return;
  const child = spawn('script', ['-qec', `${process.execPath} ${program}`, '/dev/null'], {env: environment()});
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  const [status] = await once(child, 'close');
  expect(status).toBe(2);
  expect(output).toContain('whyboot console.log');
  expect(output.match(/^ {2}\S.*$/gm)).toHaveLength(3);
});

test('it runs from anywhere and through a link, as npm installs it', () => {
  const folder = temporary();
  const link = join(folder, 'whyboot');
  symlinkSync(program, link);
  const {status, stdout} = spawnSync(process.execPath, [link, join(root, healthy)], {cwd: folder, encoding: 'utf8'});
  expect(status).toBe(0);
  expect(stdout).not.toBe('');
});

test("a developer's NODE_ENV changes nothing", () => {
  expect(whyboot([failing], {env: {NODE_ENV: 'development'}})).toEqual(whyboot([failing]));
});

test('it takes no heed of what is called like it in the home folder', () => {
  const home = temporary({'theme.json': 'not JSON'});
  expectOneLine(
    whyboot(['no-such.log'], {env: {HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home}}),
    3,
    /no-such/,
  );
});

test('what a diagnosis does not need is not loaded', () => {
  const note = `import {Module} from 'node:module';
    process.on('exit', () => console.error(Object.keys(Module._cache).join('\\n')));`;
  const preload = ['--import', `data:text/javascript,${encodeURIComponent(note)}`];
  const {stderr} = spawnSync(process.execPath, [...preload, program, failing], {cwd: root, encoding: 'utf8'});
  const loaded = stderr.trim().split('\n');
  expect(loaded).toContain(join(root, 'dist/bin/whyboot.cjs'));
  expect(
    loaded.filter(file => file !== join(root, 'dist/bin/whyboot.cjs') && !file.endsWith('bin/bundle.cjs')),
  ).toEqual([]);
});
