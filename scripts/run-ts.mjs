// Runs a TypeScript file of this repository: node scripts/run-ts.mjs scripts/check-rules.ts [ARGUMENT…]
import {parse} from 'node:path';
import {argv} from 'node:process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {rulesAsFiles} from './rules-as-files.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles the file (packages stay outside) and imports it. */
export async function runTypeScript(file) {
  const outfile = `${root}/dist/scripts/${parse(file).name}.mjs`;
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'inline',
    plugins: [rulesAsFiles('esm')],
    logLevel: 'warning',
  });
  await import(pathToFileURL(outfile).href);
}

if (argv[1] === fileURLToPath(import.meta.url)) await runTypeScript(argv[2]);
