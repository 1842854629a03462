/**
 * Compiles rules/ so that a start neither reads nor validates YAML: into files beside src/rules/builtin-files.ts, and where
 * the library has that.
 */
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {structuralLiterals} from '../src/boot/literals.js';
import {RuleFileError} from '../src/model/errors.js';
import type {Rule} from '../src/model/rule.js';
import type {BuiltinRules} from '../src/rules/builtin.js';
import {compileRuleDirectory} from '../src/rules/compile.js';
import {type BlockCounts, countBlocks, rarestWindow} from '../src/rules/scanner.js';

const targets = ['src/rules', 'dist/lib/rules'];

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
  for (const folder of targets) {
    await mkdir(folder, {recursive: true});
    await writeFile(`${folder}/builtin.generated.json`, json);
    await writeFile(`${folder}/builtin-words.generated.ndjson`, words);
  }
} catch (error) {
  if (!(error instanceof RuleFileError)) throw error;
  console.error(error.message);
  process.exit(1);
}
