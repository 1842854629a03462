import type {Rule} from '../model/rule.js';
import {builtinRules} from './builtin.js';

/**
 * The built-in rules and those of further folders; a rule there replaces the built-in one with the same id.
 *
 * @throws RuleFileError with every problem found, UsageError for a folder that cannot be read.
 */
export async function loadRules(directories: readonly string[]): Promise<readonly Rule[]> {
  if (directories.length === 0) return builtinRules();
  const rules = new Map(builtinRules().map(rule => [rule.id, rule]));
  const {compileRuleDirectory} = await import('./compile.js');
  for (const directory of directories) {
    for (const rule of (await compileRuleDirectory(directory)).rules) rules.set(rule.id, rule);
  }
  return [...rules.values()];
}
