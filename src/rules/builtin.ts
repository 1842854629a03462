import type {Rule} from '../model/rule.js';
import {builtinRulesJson} from './builtin.generated.js';
import type {CompiledRules} from './compile.js';

let rules: readonly Rule[] | null = null;

/** The rules that whyboot ships, validated and compiled at build time. */
export function builtinRules(): readonly Rule[] {
  rules ??= (JSON.parse(builtinRulesJson) as CompiledRules).rules;
  return rules;
}
