/**
 * Compiles rules/ into src/rules/builtin.generated.ts, so that a start neither reads nor validates YAML; and into
 * dist/bin/rules.json and rule-words.ndjson, which the bundle reads in its place (scripts/build.mjs).
 */
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {structuralLiterals} from '../src/boot/literals.js';
import {RuleFileError} from '../src/model/errors.js';
import type {Rule} from '../src/model/rule.js';
import type {BuiltinRules} from '../src/rules/builtin.js';
import {compileRuleDirectory} from '../src/rules/compile.js';
import {type BlockCounts, countBlocks, rarestWindow} from '../src/rules/scanner.js';

const target = 'src/rules/builtin.generated.ts';

/** JSON in ASCII alone, which V8 keeps in half the memory and reads in half the time. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The logs that the scanner's windows are measured on: what is rare in them is worth looking for. */
async function readSamples(): Promise<Buffer> {
  const names = (await readdir('samples', {recursive: true})).filter(name =>
    /console\.log$|journal\.short$/.test(name),
  );
  return Buffer.concat(await Promise.all(names.sort().map(name => readFile(`samples/${name}`))));
}

function builtinOf(rules: readonly Rule[], counts: BlockCounts): BuiltinRules {
  const windowsOf = (literals: readonly string[]) => literals.map(literal => rarestWindow(literal, counts));
  return {
    rules: rules.map(({words: _, ...rule}) => ({
      ...rule,
      match: rule.match.map(variant => ({...variant, windows: windowsOf(variant.literals)})),
    })),
    structuralWindows: windowsOf(structuralLiterals),
  };
}

try {
  const {rules} = await compileRuleDirectory('rules');
  const json = asciiJson(builtinOf(rules, countBlocks(await readSamples())));
  const words = rules.map(rule => asciiJson(rule.words())).join('\n');
  await mkdir('dist/bin', {recursive: true});
  await writeFile('dist/bin/rules.json', json);
  await writeFile('dist/bin/rule-words.ndjson', words);
  await writeFile(
    target,
    `// Written by scripts/compile-rules.ts from rules/; not in git.
/** The built-in rules but for their words, as \`JSON.parse\` takes them: that is faster than evaluating the same object. */
export const builtinRulesJson = (): string => ${JSON.stringify(json)};
/** The words of each rule, a line of JSON for each. */
export const builtinWordsJson = (): string => ${JSON.stringify(words)};
`,
  );
} catch (error) {
  if (!(error instanceof RuleFileError)) throw error;
  console.error(error.message);
  process.exit(1);
}
