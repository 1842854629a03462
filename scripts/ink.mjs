import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';

const yoga = fileURLToPath(new URL('../src/tui/yoga.ts', import.meta.url));

/** Replaces a part of a module of Ink, which has to be there: a new version of Ink may be another. */
function edited(code, from, to) {
  const result = code.replace(from, to);
  if (result === code) throw new Error(`Ink has changed: ${from} is not in it any more`);
  return result;
}

const edits = [
  {
    // Only for its developers; it awaits at the top level, which a CommonJS file cannot.
    file: /[\\/]ink[\\/]build[\\/]reconciler\.js$/,
    edit: code =>
      edited(
        edited(code, /if \(isDev\(\)\) \{\s*try \{[\s\S]*?\n\}\n(?=const diff)/, ''),
        'await loadPackageJson()',
        'null',
      ),
  },
  {
    // It keeps every text it ever measured: too much for who scrolls through millions of lines.
    file: /[\\/]ink[\\/]build[\\/]measure-text\.js$/,
    edit: code =>
      edited(
        code,
        'cache.set(text, dimensions)',
        'if (cache.size > 4096) cache.clear();\n    cache.set(text, dimensions)',
      ),
  },
  {
    file: /[\\/]ink[\\/]build[\\/]wrap-text\.js$/,
    edit: code => edited(code, 'cache[cacheKey] = wrappedText;', ''),
  },
  {
    // A cell for every character of the screen, made anew for every frame, is what a key waits for longest.
    file: /[\\/]ink[\\/]build[\\/]output\.js$/,
    edit: async () => readFile(new URL('ink-output.js', import.meta.url), 'utf8'),
  },
];

/** An esbuild plugin that makes Ink start and draw quickly. What it changes and why stands above. */
export const quickInk = {
  name: 'quick-ink',
  setup(build) {
    build.onResolve({filter: /^yoga-layout$/}, () => ({path: yoga}));
    for (const {file, edit} of edits) {
      build.onLoad({filter: file}, async ({path}) => ({
        contents: await edit(await readFile(path, 'utf8')),
        loader: 'js',
      }));
    }
  },
};
