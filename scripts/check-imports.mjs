// Checks who imports whom in src/. Lines of a log go one way through the house, and so do imports.
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';

/** What a folder or file of src may import: other folders and files, and packages. The longest name that fits counts. */
const allowedImports = {
  model: [],
  intake: ['model', 'split2'],
  'intake/journal-file': ['model', 'intake', 'fzstd', 'node:zlib'],
  'intake/unpack': ['model', 'fzstd', 'xz-decompress', 'node:zlib'],
  'intake/folder.ts': ['model', 'node:fs', 'node:fs/promises', 'node:path'],
  'intake/source.ts': ['model', 'intake', 'node:fs', 'node:fs/promises', 'node:path', 'node:stream'],
  boot: ['model'],
  rules: ['model', '@eslint-community/regexpp', 'yaml', 'zod', 'node:fs', 'node:fs/promises', 'node:path'],
  diagnose: ['model'],
  report: ['model', 'node:util'],
  authoring: [
    'model',
    'intake',
    'boot',
    'rules',
    'report',
    'analyze.ts',
    'closest.ts',
    'scslre',
    'node:fs',
    'node:path',
  ],
  'closest.ts': ['leven'],
  reference: ['model', 'rules', 'diagnose', 'report', 'node:fs/promises', 'node:path', 'yaml'],
  'scan-ahead': ['model', 'intake', 'rules', 'node:os', 'node:worker_threads'],
  // A log that can be read a second time; its rows are read with the words that the analysis reads them with.
  recording: ['model', 'intake', 'boot', 'node:fs', 'node:os', 'node:path'],
  'analyze.ts': ['model', 'intake', 'boot', 'rules', 'scan-ahead', 'diagnose', 'recording', 'report', 'version.ts'],
  'version.ts': [],
  'index.ts': ['model', 'intake', 'rules', 'report', 'analyze.ts', 'version.ts'],
  cli: ['model', 'report', 'closest.ts', 'node:fs', 'node:path', 'node:tty'],
  'cli/ticket.ts': ['model', 'report', 'recording'],
  tui: ['model', 'report', 'recording', 'analyze.ts', 'chalk', 'ink', 'react', 'node:events', 'node:fs', 'node:tty'],
  'tui/text.ts': ['string-width'],
  'tui/yoga.ts': ['yoga-layout'],
  'tui/log': ['tui', 'model', 'intake', 'boot', 'recording'],
  commands: [
    'model',
    'intake',
    'rules',
    'diagnose',
    'report',
    'authoring',
    'analyze.ts',
    'cli',
    'tui/open.ts',
    '@oclif/core',
  ],
  'commands/rules': [
    'model',
    'rules',
    'diagnose',
    'report',
    'authoring',
    'analyze.ts',
    'cli',
    '@oclif/core',
    'node:fs/promises',
    'node:path',
    'node:stream',
  ],
  'commands/explain.ts': [
    'model',
    'rules',
    'report',
    'reference',
    'cli',
    'closest.ts',
    '@oclif/core',
    'node:fs/promises',
    'node:path',
  ],
  'commands/completion.ts': ['shell', '@oclif/core'],
  shell: [],
  'other-commands.ts': ['commands', '@oclif/core'],
  'main.ts': ['cli', 'commands', 'other-commands.ts', 'analyze.ts', 'intake', '@oclif/core', '../package.json'],
};

/** `from 'x'`, `import 'x'` and `import('x')`, but for those in comments. */
const importLine = /^(?! *[*/]).*\b(?:from|import) *\(? *'([^']+)'/gm;
const src = fileURLToPath(new URL('../src', import.meta.url));

/** The entry of allowedImports that a path in src belongs to; undefined for one that has no place. */
function placeOf(path) {
  const fits = Object.keys(allowedImports).filter(place => path === place || path.startsWith(`${place}/`));
  return fits.sort((a, b) => b.length - a.length)[0];
}

function isAllowed(from, specifier) {
  const allowed = allowedImports[placeOf(from)] ?? [];
  if (!specifier.startsWith('.')) {
    return allowed.some(name => specifier === name || specifier.startsWith(`${name}/`));
  }
  const target = join(dirname(from), specifier).split(sep).join('/').replace(/\.js$/, '.ts');
  const sameFolder = target.split('/')[0] === from.split('/')[0];
  return sameFolder || allowed.some(name => target === name || target.startsWith(`${name}/`));
}

const files = readdirSync(src, {recursive: true}).filter(
  file => /\.tsx?$/.test(file) && !file.endsWith('.generated.ts'),
);
const problems = files.flatMap(file => {
  const from = relative(src, join(src, file)).split(sep).join('/');
  if (placeOf(from) === undefined)
    return [`src/${from} has no place in the house: add it to scripts/check-imports.mjs`];
  const imports = [...readFileSync(join(src, file), 'utf8').matchAll(importLine)].map(match => match[1]);
  return imports.filter(specifier => !isAllowed(from, specifier)).map(to => `src/${from} must not import ${to}`);
});

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
