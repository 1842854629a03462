import {readFileSync} from 'node:fs';

/** What scripts/compile-rules.ts wrote beside this file; it is all ASCII. The bundle has functions of its own (scripts/build.mjs). */
const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'latin1');

/** The built-in rules but for their words. */
export const builtinRulesJson = (): string => read('builtin.generated.json');

/** The words of each rule, a line of JSON for each. */
export const builtinWordsJson = (): string => read('builtin-words.generated.ndjson');
