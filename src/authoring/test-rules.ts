import {matchesIn} from '../analyze.js';
import type {Problem} from '../model/errors.js';
import {matchesGlob, type Rule} from '../model/rule.js';
import {compileRules} from '../rules/compile.js';
import {loadRuleDirectory} from '../rules/load.js';
import {matcherFor} from './check.js';
import {testBoots} from './test-boots.js';
import {testLines} from './test-lines.js';

export interface TestOptions {
  /** Rules that are in use beside those of the folder. */
  readonly beside: readonly Rule[];
  /** Where the captures lie that `tests.boots` names. */
  readonly samples: string;
  /** Only rules whose id fits one of these globs. */
  readonly only?: readonly string[];
}

/** How the tests inside one rule file went. */
export interface RuleResult {
  readonly id: string;
  readonly lines: number;
  readonly boots: number;
  readonly problems: readonly Problem[];
}

/** Runs the tests inside rule files, whole boots too. Throws RuleFileError for files of the wrong form, UsageError when there is no such folder. */
export async function* testRules(
  directory: string,
  {beside, samples, only = ['*']}: TestOptions,
): AsyncGenerator<RuleResult> {
  const loaded = await loadRuleDirectory(directory);
  const {rules: own} = compileRules(loaded);
  const ids = new Set(own.map(({id}) => id));
  const rules = [...own, ...beside.filter(({id}) => !ids.has(id))];
  const matcher = matcherFor(rules);
  for (const rule of loaded) {
    if (!only.some(glob => matchesGlob(glob, rule.id))) continue;
    const {lines, problems} = await testLines(rule, line => matchesIn(line, matcher));
    const failures = await testBoots(rule, {samples, rules});
    yield {id: rule.id, lines, boots: rule.content.tests.boots.length, problems: [...problems, ...failures]};
  }
}
