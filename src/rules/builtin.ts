import type {Rule} from '../model/rule.js';
import {builtinRulesJson} from './builtin.generated.js';

/** What the build makes of the rules folder. */
export interface BuiltinRules {
  readonly rules: readonly Rule[];
  /** Where the scanner's windows of the structural literals begin. */
  readonly structuralWindows: readonly number[];
}

let builtin: BuiltinRules | null = null;

function load(): BuiltinRules {
  builtin ??= JSON.parse(builtinRulesJson) as BuiltinRules;
  return builtin;
}

/** The rules that whyboot ships, validated and compiled at build time. */
export function builtinRules(): readonly Rule[] {
  return load().rules;
}

export function structuralWindows(): readonly number[] {
  return load().structuralWindows;
}
