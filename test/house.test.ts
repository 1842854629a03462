/** What holds of the repository as a whole. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {COMMANDS, loadOtherCommands, otherWords} from '../src/main.js';
import {version} from '../src/version.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'}).map(file => join(folder, file));

const sources = filesBelow('src').filter(file => /\.tsx?$/.test(file) && !file.endsWith('.generated.ts'));
const packageJson = JSON.parse(read('package.json'));

test('the version is that of package.json', () => {
  expect(version).toBe(packageJson.version);
});

test('every file of src/commands is a command that the program knows, and the program loads it by its first word', async () => {
  const files = filesBelow('src/commands').filter(file => file.endsWith('.ts'));
  const ids = files.map(file => relative('src/commands', file).replace(/\.ts$/, '').split(sep).join(':'));
  expect(Object.keys(COMMANDS)).toEqual(['analyze']);
  await loadOtherCommands();
  expect(Object.keys(COMMANDS).sort()).toEqual(ids.sort());
  expect([...new Set(ids.map(id => id.split(':')[0]))].sort()).toEqual(['analyze', ...otherWords].sort());
});

test('every source file can be read at one sitting', () => {
  expect(sources.filter(file => read(file).split('\n').length > 300)).toEqual([]);
});

test('versions of dependencies are exact', () => {
  const versions = Object.values({...packageJson.dependencies, ...packageJson.devDependencies});
  for (const each of versions) expect(each).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
});

test('the lock file names no host to fetch from', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved"/);
});

test('every dependency of the program is imported by it', () => {
  const code = sources.map(read).join('\n');
  for (const name of Object.keys(packageJson.dependencies))
    expect(code).toMatch(new RegExp(`(?:from |import\\()\\s*'${name}`));
});

test('the run that fills the code cache has a log to read', () => {
  const log = /typicalInput = '([^']+)'/.exec(read('scripts/build.mjs'))?.[1];
  expect(existsSync(join(root, log ?? ''))).toBe(true);
});
