/** Compiles rules/ into src/rules/builtin.generated.ts, so that a start neither reads nor validates YAML. */
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {structuralLiterals} from '../src/boot/literals.js';
import {RuleFileError} from '../src/model/errors.js';
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

async function compileBuiltinRules(counts: BlockCounts): Promise<BuiltinRules> {
  const {rules} = await compileRuleDirectory('rules');
  const windowsOf = (literals: readonly string[]) => literals.map(literal => rarestWindow(literal, counts));
  return {
    rules: rules.map(rule => ({
      ...rule,
      match: rule.match.map(variant => ({...variant, windows: windowsOf(variant.literals)})),
    })),
    structuralWindows: windowsOf(structuralLiterals),
  };
}

try {
  const json = asciiJson(await compileBuiltinRules(countBlocks(await readSamples())));
  await writeFile(
    target,
    `// Written by scripts/compile-rules.ts from rules/; not in git.
/** The built-in rules, as \`JSON.parse\` takes them: that is faster than evaluating the same object. */
export const builtinRulesJson: string = ${JSON.stringify(json)};
`,
  );
} catch (error) {
  if (!(error instanceof RuleFileError)) throw error;
  console.error(error.message);
  process.exit(1);
}
