import {matchesIn} from '../analyze.js';
import {structuralLiterals} from '../boot/literals.js';
import {formatProblem, type Problem} from '../model/errors.js';
import type {Rule} from '../model/rule.js';
import {tryToCompile} from '../rules/compile.js';
import {type LoadedRule, readRuleDirectory} from '../rules/load.js';
import {createMatcher, type Matcher} from '../rules/match.js';
import {checkContent} from './content.js';
import {checkExpressions} from './expressions.js';
import {checkOverlap, checkTwins, findCircles, type Meeting} from './overlap.js';
import {checkReferences} from './references.js';
import {testLines} from './test-lines.js';

export interface CheckOptions {
  /** Rules that are in use beside those of the folder: a pack may name them, and must not say the same in other words. */
  readonly beside?: readonly Rule[];
}

export interface CheckResult {
  readonly problems: readonly Problem[];
  /** How many rule files there are, and lines in their tests. */
  readonly rules: number;
  readonly lines: number;
}

/**
 * Everything that is wrong with the rules of a folder: their form, their expressions, what they refer to, which of them
 * match the same, and the lines of their tests. A file that is broken does not hide what is wrong with the others.
 *
 * @throws UsageError when there is no such folder.
 */
export async function checkRules(directory: string, {beside = []}: CheckOptions = {}): Promise<CheckResult> {
  const {rules: loaded, ids, problems: malformed} = await readRuleDirectory(directory);
  const {rules, problems: broken} = tryToCompile(loaded);
  const own = new Map(rules.map(rule => [rule.id, rule]));
  const usable = loaded.filter(({id}) => own.has(id));
  const others = beside.filter(({id}) => !ids.includes(id));
  const all = [...rules, ...others];
  const known = [...ids, ...others.map(({id}) => id)];
  const {problems: failures, meetings, lines} = await testAll(usable, matcherFor(all));
  const problems = [
    ...malformed,
    ...broken,
    ...loaded.flatMap(rule => [...checkContent(rule), ...checkReferences(rule, known)]),
    ...checkTwins(loaded),
    ...(await checkExpressions(usable)),
    ...findCircles(loaded),
    ...failures,
    ...checkOverlap(meetings, all),
  ];
  return {problems: inOrder(problems), rules: ids.length, lines};
}

/** A matcher that tells of harmless lines too. */
export function matcherFor(rules: readonly Rule[]): Matcher {
  return createMatcher(rules, structuralLiterals, {noise: true});
}

async function testAll(
  loaded: readonly LoadedRule[],
  matcher: Matcher,
): Promise<{problems: Problem[]; meetings: Meeting[]; lines: number}> {
  const problems: Problem[] = [];
  const meetings: Meeting[] = [];
  let lines = 0;
  for (const rule of loaded) {
    const result = await testLines(rule, line => matchesIn(line, matcher));
    lines += result.lines;
    problems.push(...result.problems);
    meetings.push(...result.meetings);
  }
  return {problems, meetings, lines};
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map(problem => [formatProblem(problem), problem]));
  return [...unique.values()].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}
