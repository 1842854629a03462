/** What the documents show is what there is. */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {expect, onTestFinished, test} from 'vitest';
import {checkRules} from '../src/authoring/check.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'samples/README.md',
  ...readdirSync(join(root, 'docs')).map(name => `docs/${name}`),
];

/** Plain JavaScript, without types. */
const {withOutput} = (await import(pathToFileURL(join(root, 'scripts/readme.mjs')).href)) as {
  withOutput: (text: string) => string;
};

test('README shows what the program prints: node scripts/readme.mjs brings it up to date', () => {
  expect(read('README.md')).toBe(withOutput(read('README.md')));
});

test.each(documents)('every file that %s links to is there', document => {
  const links = [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link as string);
  expect(links.filter(link => !existsSync(join(root, dirname(document), link)))).toEqual([]);
});

test.each(['README.md', 'docs/writing-rules.md'])('the first rule in %s is a good one', async document => {
  const yaml = /```yaml\n(# rules\/(.+\.yaml)\n[\s\S]*?)```/.exec(read(document));
  const folder = mkdtempSync(join(tmpdir(), 'whyboot-docs-'));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  const file = join(folder, yaml?.[2] as string);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, yaml?.[1] as string);
  const problems = (await checkRules(folder)).problems.map(({message}) => message);
  // Alone in its folder, a rule cannot name others.
  expect(problems.filter(message => !message.startsWith('there is no rule '))).toEqual([]);
});

test('samples/README.md lists every sample', () => {
  const listed = [...read('samples/README.md').matchAll(/^\| `([^`]+)`/gm)].map(([, id]) => id);
  const samples = readdirSync(join(root, 'samples'), {withFileTypes: true});
  expect(listed.toSorted()).toEqual(samples.flatMap(entry => (entry.isDirectory() ? [entry.name] : [])).toSorted());
});
