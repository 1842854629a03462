import {readFile} from 'node:fs/promises';

/**
 * An esbuild plugin that makes @oclif/core load its modules when they are first used, not all of them at the start.
 * A run of one command needs a third of them; the rest (help, templates, globbing, prompts …) took as long as Node
 * itself takes to start.
 *
 * oclif is CommonJS as TypeScript emits it: `const x_1 = require("./x")` at the top and `x_1.name` at every use. The
 * first becomes a function that requires once, the second a call of it. Nothing else about oclif changes.
 */
export const lazyRequires = {
  name: 'lazy-requires',
  setup(build) {
    build.onLoad({filter: /[\\/]@oclif[\\/]core[\\/]lib[\\/].*\.js$/}, async ({path}) => ({
      contents: makeLazy(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** `const x_1 = require("x");`, bare or within one of TypeScript's import helpers. No other name of oclif ends in a number. */
const topLevelRequire = /^(?:const|var) (\w+_\d+) = ((?:__import(?:Default|Star)\()?require\(['"][^'"]+['"]\)\)?);$/gm;

export function makeLazy(code) {
  const names = [];
  const lazy = code.replace(topLevelRequire, (_, name, load) => {
    names.push(name);
    return `let ${name}$; const ${name}$get = () => ${name}$ ??= ${load};`;
  });
  if (names.length === 0) return code;
  const use = new RegExp(`(?<![\\w$.])(${names.join('|')})(?![\\w$])`, 'g');
  // In parentheses for the sake of `new x_1.Name()`.
  return lazy.replace(use, '($1$get())');
}
