/** What `npm pack` makes: what is in it, whether it can be installed, run, imported and type-checked. */
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {checkPackage, createPackageFromTarballData} from '@arethetypeswrong/core';
import {publint} from 'publint';
import {formatMessage} from 'publint/utils';
import {afterAll, describe, expect, test} from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'whyboot-package-'));
afterAll(() => rmSync(folder, {recursive: true}));

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly {readonly path: string}[];
}

// The tests have built what is packed; the packing itself needs no scripts and no network.
const npm = ['pack', '--ignore-scripts', '--offline', '--json', '--pack-destination', folder];
const [packed] = JSON.parse(
  execFileSync('npm', npm, {cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}),
) as [Packed];
const tarball = join(folder, packed.filename);

/** A project that depends on the package as npm would have installed it, with its dependencies and no others. */
const project = join(folder, 'project');
const installed = join(project, 'node_modules/whyboot');
mkdirSync(installed, {recursive: true});
execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
for (const name of dependencies()) {
  mkdirSync(dirname(join(project, 'node_modules', name)), {recursive: true});
  symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
}
writeFileSync(join(project, 'package.json'), '{"name": "project", "private": true, "type": "module"}');
cpSync(join(root, 'samples/ostree-ms-move/console.log'), join(project, 'console.log'));

/** Packages that package-lock.json has for the program, not for its development. */
function dependencies(): string[] {
  const {packages} = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, {dev?: boolean; devOptional?: boolean}>;
  };
  return Object.entries(packages)
    .filter(([path, {dev}]) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path) && dev !== true)
    .map(([path]) => path.slice('node_modules/'.length));
}

function run(args: readonly string[]): {status: number | null; stdout: string; stderr: string} {
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {cwd: project, encoding: 'utf8', input: ''});
  return {status, stdout, stderr};
}

const whyboot = (...args: string[]) => run([join(installed, 'bin/run.js'), ...args]);

test('holds what it needs, and nothing else', () => {
  const allowed =
    /^(?:package\.json|README\.md|LICENSE|oclif\.manifest\.json|bin\/[\w.]+|dist\/bin\/[\w.-]+\.[cm]?js|dist\/lib\/[\w/.-]+\.(?:js|d\.ts)|dist\/lib\/rules\/builtin(?:-words)?\.generated\.(?:nd)?json|rules\/[\w-]+\/[\w-]+\.yaml|terms\/[\w-]+\.yaml|man\/whyboot\.1|schema\/[\w.]+\.json)$/;
  expect(packed.files.map(({path}) => path).filter(path => !allowed.test(path))).toEqual([]);
});

test('is no larger than it has to be', () => {
  expect(packed.size).toBeLessThan(1_500_000);
  expect(packed.unpackedSize).toBeLessThan(5_500_000);
});

test('publint has nothing to say', async () => {
  const {messages, pkg} = await publint({pkgDir: installed, strict: true});
  expect(messages.map(message => formatMessage(message, pkg))).toEqual([]);
});

test('its types are found as its code is: arethetypeswrong has nothing to say about ES modules', async () => {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  const problems = 'problems' in result ? result.problems : [{kind: 'NoTypes'}];
  // It is an ES module; CommonJS can require it from Node 20.19 on.
  expect(problems.map(({kind}) => kind).filter(kind => kind !== 'CJSResolvesToESM')).toEqual([]);
});

describe('installed in an empty folder', () => {
  test('it diagnoses', () => {
    const {status, stdout, stderr} = whyboot('--no-color', 'console.log');
    expect({status, stderr}).toEqual({status: 1, stderr: ''});
    expect(stdout).toContain('rule ostree/sysroot-directory-missing');
  });

  test('every command is there', () => {
    expect(whyboot('explain', 'ostree/sysroot-directory-missing')).toMatchObject({status: 0, stderr: ''});
    expect(whyboot('explain', 'stateroot')).toMatchObject({status: 0, stderr: ''});
    expect(whyboot('rules', 'list', '--area', 'ostree')).toMatchObject({status: 0, stderr: ''});
    expect(whyboot('rules', 'new', 'acmed[4]: licence of /etc/acme expired')).toMatchObject({status: 0});
    expect(whyboot('rules', 'check')).toMatchObject({status: 0, stderr: ''});
    expect(whyboot('--rules', 'rules', 'console.log')).toMatchObject({status: 1, stderr: ''});
    expect(whyboot('--help')).toMatchObject({status: 0, stderr: ''});
  });

  test('it can be imported, and its schemas too', () => {
    const use = 'analyze(await openSource(["console.log"], process.stdin))';
    const imported = run([
      '--input-type=module',
      '-e',
      `import {analyze, openSource} from 'whyboot'; console.log((await ${use}).boots[0].rootCauses[0].rule)`,
    ]);
    expect(imported).toEqual({status: 0, stdout: 'ostree/sysroot-directory-missing\n', stderr: ''});
    const schema = run(['-p', 'require("whyboot/schema/rule.schema.json").title']);
    expect(schema.stdout).toBe('A rule of whyboot\n');
  });

  test('its types hold in a strict project', () => {
    writeFileSync(
      join(project, 'use.ts'),
      `import {analyze, type Boot, type ByteSource, builtinRules, type Cause, loadRules, openSource, type Report, renderHtml, renderJson, renderMarkdown, renderText, RuleFileError} from 'whyboot';

const report: Report = await analyze(await openSource(['console.log'], process.stdin), {rules: await loadRules([])});
const boot: Boot | undefined = report.boots.at(-1);
const cause: Cause | undefined = boot?.rootCauses[0];
const text: string = renderText(report, {color: false, width: 80}) + renderJson(report) + renderMarkdown(report) + renderHtml(report);
const bytes: ByteSource = {name: 'x', parts: [{name: 'x', async *chunks() { yield new Uint8Array(); }}]};
const rule: string | null | undefined = cause?.rule;
// @ts-expect-error: an outcome is one of a few words
const wrong: Boot['outcome'] = 'fine';
export {text, bytes, rule, wrong, RuleFileError, builtinRules};
`,
    );
    const options = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      skipLibCheck: false,
      noEmit: true,
      target: 'es2023',
      module: 'nodenext',
      types: ['node'],
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({compilerOptions: options, files: ['use.ts']}));
    mkdirSync(join(project, 'node_modules/@types'), {recursive: true});
    for (const name of ['@types/node', 'undici-types']) {
      if (!dependencies().includes(name))
        symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
    }
    const {status, stdout} = run([join(root, 'node_modules/typescript/bin/tsc'), '-p', '.']);
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});
