/** Compiles rules/ into src/rules/builtin.generated.ts, so that a start neither reads nor validates YAML. */
import {writeFile} from 'node:fs/promises';
import {RuleFileError} from '../src/model/errors.js';
import {compileRuleDirectory} from '../src/rules/compile.js';

const target = 'src/rules/builtin.generated.ts';

try {
  const json = JSON.stringify(await compileRuleDirectory('rules'));
  await writeFile(
    target,
    `// Written by scripts/compile-rules.ts from rules/; not in git.\n/** The built-in rules, as \`JSON.parse\` takes them: parsing JSON is faster than evaluating the same object. */\nexport const builtinRulesJson = ${JSON.stringify(json)};\n`,
  );
} catch (error) {
  if (!(error instanceof RuleFileError)) throw error;
  console.error(error.message);
  process.exit(1);
}
