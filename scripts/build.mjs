// Builds what bin/run.js starts: the rules as a module, the program as a bundle, oclif's table of commands, and V8's
// code cache.
import {execFileSync} from 'node:child_process';
import {mkdir, readdir, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {Plugin} from '@oclif/core';
import {build} from 'esbuild';
import {embedPage} from './embed-page.mjs';
import {quickInk} from './ink.mjs';
import {lazyRequires} from './lazy-requires.mjs';
import {rulesAsFiles} from './rules-as-files.mjs';
import {runTypeScript} from './run-ts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where the run that fills the code cache goes through: from a console to a root cause. */
const typicalInput = 'samples/ostree-ms-move-restart/console.log';

/** A CommonJS file: Node starts it faster than ES modules, and its code can be cached. */
async function bundle(name, entryPoint, plugins) {
  const {metafile} = await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    // The code cache comes with no loader of modules; what is imported late is required late.
    supported: {'dynamic-import': false},
    outfile: `dist/bin/${name}.cjs`,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    // A NODE_ENV of the user's shell must not turn on what oclif and React do for developers.
    define: {'process.env.NODE_ENV': '"production"'},
    jsx: 'automatic',
    plugins,
    // Stay in node_modules: what only --rules or packed files need, and what oclif's development mode looks for.
    external: ['@eslint-community/regexpp', 'scslre', 'yaml', 'zod', 'fzstd', 'xz-decompress', 'typescript'],
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(`${root}/dist/meta${name === 'whyboot' ? '' : `-${name}`}.json`, JSON.stringify(metafile));
}

/** What the program loads when it needs it, as bundles of their own: the screen, and most report formats. */
const apart = {
  name: 'apart',
  setup({onResolve}) {
    onResolve({filter: /\/tui\/open\.js$/}, () => ({path: '../../bin/tui.cjs', external: true}));
    onResolve({filter: /\/other-formats\.js$/}, () => ({path: '../../bin/formats.cjs', external: true}));
  },
};

/** Names, flags and help of the commands, so that oclif need not ask their classes. */
async function writeManifest() {
  await createRequire(import.meta.url)('../dist/bin/whyboot.cjs').loadOtherCommands();
  const plugin = new Plugin({
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
    root,
    type: 'core',
  });
  await plugin.load();
  await writeFile(`${root}/oclif.manifest.json`, `${JSON.stringify(plugin.manifest, null, 2)}\n`);
}

function writeCodeCache() {
  execFileSync(process.execPath, ['scripts/code-cache.cjs', typicalInput], {cwd: root, stdio: 'ignore'});
}

/** V8 tells a cache of another bundle by its length alone: none may outlive the bundle that it was made of. */
async function removeCodeCaches() {
  await mkdir(`${root}/dist/bin`, {recursive: true});
  const caches = (await readdir(`${root}/dist/bin`)).filter(file => file.endsWith('.cache'));
  await Promise.all(caches.map(file => rm(`${root}/dist/bin/${file}`)));
}

await runTypeScript('scripts/compile-rules.ts');
await embedPage();
await removeCodeCaches();
await bundle('whyboot', 'src/main.ts', [lazyRequires, apart, rulesAsFiles('cjs')]);
await bundle('tui', 'src/tui/open.tsx', [quickInk]);
await bundle('scan-ahead', 'src/scan-ahead/worker.ts', []);
await bundle('formats', 'src/report/other-formats.ts', []);
await writeManifest();
await runTypeScript('scripts/man.ts');
writeCodeCache();
