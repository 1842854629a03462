/** What the documents show is what there is. */
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {expect, onTestFinished, test} from 'vitest';
import {checkRules} from '../src/authoring/check.js';
import {documentsOf} from '../src/reference/documents.js';
import {loadTerms} from '../src/reference/terms.js';
import {compileRules} from '../src/rules/compile.js';
import {loadRuleDirectory} from '../src/rules/load.js';
import {ruleJsonSchema} from '../src/rules/schema.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'samples/README.md',
  ...readdirSync(join(root, 'docs'), {recursive: true, encoding: 'utf8'})
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
];

/** Plain JavaScript, without types. */
const {withOutput} = (await import(pathToFileURL(join(root, 'scripts/readme.mjs')).href)) as {
  withOutput: (text: string) => string;
};

test('README shows what the program prints: npm run docs brings it up to date', () => {
  expect(read('README.md')).toBe(withOutput(read('README.md')));
});

test('the pages about rules and terms are those of today: npm run docs brings them up to date', async () => {
  const loaded = await loadRuleDirectory(join(root, 'rules'));
  const made = documentsOf(loaded, compileRules(loaded).rules, await loadTerms(join(root, 'terms')));
  const stale = [...made].filter(
    ([name, text]) => !existsSync(join(root, 'docs', name)) || read(`docs/${name}`) !== text,
  );
  expect(stale.map(([name]) => name)).toEqual([]);
  const known = readdirSync(join(root, 'docs/rules')).filter(name => !made.has(`rules/${name}`));
  expect(known).toEqual([]);
});

test('the schema for editors is that of the rules: npm run docs brings it up to date', () => {
  expect(JSON.parse(read('schema/rule.schema.json'))).toEqual(JSON.parse(JSON.stringify(ruleJsonSchema())));
});

test('links from rule to rule lead to a place on the page', () => {
  const pages = documents.filter(name => name.startsWith('docs/rules/') || name === 'docs/terms.md');
  const idsOf = new Map(
    pages.map(page => [page, new Set([...read(page).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id))]),
  );
  const links = pages.flatMap(page =>
    [...read(page).matchAll(/\]\(((?:[\w-]+\/)*[\w-]*(?:\.md)?)#([^)\s]+)\)/g)].map(([, file, id]) => ({
      page: file === '' ? page : join(dirname(page), file as string),
      id,
    })),
  );
  expect(links.length).toBeGreaterThan(500);
  expect(links.filter(({page, id}) => !idsOf.get(page)?.has(id))).toEqual([]);
});

test.each(documents)('every file that %s links to is there', document => {
  // Lines of logs are no links.
  const text = read(document)
    .replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '')
    .replace(/`[^`\n]+`/g, '');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link as string);
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
