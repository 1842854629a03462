/**
 * An esbuild plugin for bundles in a folder of dist/: the compiled rules stay the files that they are in dist/lib/rules. As a
 * part of the program's bundle they would be read twice, with it and with its code cache. `format`: of the bundle.
 */
export const rulesAsFiles = format => ({
  name: 'rules-as-files',
  setup({onLoad}) {
    const here = format === 'esm' ? 'import.meta.url' : 'pathToFileURL(__filename)';
    onLoad({filter: /[\\/]rules[\\/]builtin-files\.ts$/}, () => ({
      contents: `
        import {readFileSync} from 'node:fs';
        import {pathToFileURL} from 'node:url';
        const read = name => readFileSync(new URL('../lib/rules/' + name, ${here}), 'latin1');
        export const builtinRulesJson = () => read('builtin.generated.json');
        export const builtinWordsJson = () => read('builtin-words.generated.ndjson');`,
      loader: 'js',
    }));
  },
});
