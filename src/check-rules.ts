import {matchesIn} from './analyze.js';
import {structuralLiterals} from './boot/literals.js';
import {type Problem, RuleFileError} from './model/errors.js';
import {checkLoadedRules} from './rules/check.js';
import {compileRules} from './rules/compile.js';
import {type LoadedRule, loadRuleDirectory} from './rules/load.js';
import {createMatcher, type Matcher} from './rules/match.js';
import type {TestLine} from './rules/schema.js';

/** Everything that is wrong with the rules of a folder: their form, their references, and the tests inside them. */
export async function checkRules(directory: string): Promise<Problem[]> {
  try {
    const loaded = await loadRuleDirectory(directory);
    const {rules} = compileRules(loaded);
    const matcher = createMatcher(rules, structuralLiterals, {noise: true});
    const failures = await Promise.all(loaded.map(rule => testRule(rule, matcher)));
    return [...checkLoadedRules(loaded), ...failures.flat()];
  } catch (error) {
    if (error instanceof RuleFileError) return [...error.problems];
    throw error;
  }
}

async function testRule({id, file, content, place}: LoadedRule, matcher: Matcher): Promise<Problem[]> {
  const problems: Problem[] = [];
  const complain = (kind: 'match' | 'ignore', index: number, message: string): void =>
    void problems.push({file, ...place(['tests', kind, index]), message});
  for (const [index, test] of content.tests.match.entries()) {
    const {line, captures} = wholeTest(test);
    const match = (await matchesIn(line, matcher)).find(({rule}) => rule.id === id);
    if (match === undefined) complain('match', index, 'the rule does not match this line');
    for (const [name, value] of Object.entries(match === undefined ? {} : captures)) {
      if (match?.captures[name] !== value)
        complain(
          'match',
          index,
          `{${name}} is ${JSON.stringify(match?.captures[name])} here, not ${JSON.stringify(value)}`,
        );
    }
  }
  for (const [index, test] of content.tests.ignore.entries()) {
    const matches = await matchesIn(wholeTest(test).line, matcher);
    if (matches.some(({rule}) => rule.id === id)) complain('ignore', index, 'the rule matches this line');
  }
  return problems;
}

function wholeTest(test: TestLine): {line: string; captures: Readonly<Record<string, string>>} {
  return typeof test === 'string' ? {line: test, captures: {}} : {line: test.line, captures: test.captures ?? {}};
}
