import type {Rule, RuleWords} from '../model/rule.js';
import {builtinRulesJson, builtinWordsJson} from './builtin-files.js';

/** What the build makes of the rules folder, but for the rules' words. */
export interface BuiltinRules {
  readonly rules: readonly Omit<Rule, 'words'>[];
  /** Where the scanner's windows of the structural literals begin. */
  readonly structuralWindows: readonly number[];
}

interface Loaded {
  readonly rules: readonly Rule[];
  readonly structuralWindows: readonly number[];
}

let loaded: Loaded | null = null;

function load(): Loaded {
  if (loaded !== null) return loaded;
  const {rules, structuralWindows} = JSON.parse(builtinRulesJson()) as BuiltinRules;
  // Line by line as the rules, so that only what is asked for is parsed.
  let lines: readonly string[] | null = null;
  const wordsAt = (index: number): RuleWords => {
    lines ??= builtinWordsJson().split('\n');
    return JSON.parse(lines[index] as string) as RuleWords;
  };
  loaded = {
    rules: rules.map((rule, index) => {
      let words: RuleWords | null = null;
      return Object.assign(rule, {
        words: () => {
          words ??= wordsAt(index);
          return words;
        },
      });
    }),
    structuralWindows,
  };
  return loaded;
}

/** The rules that whyboot ships, validated and compiled at build time. */
export function builtinRules(): readonly Rule[] {
  return load().rules;
}

export function structuralWindows(): readonly number[] {
  return load().structuralWindows;
}
