import type {Problem} from '../model/errors.js';
import {matchesGlob} from '../model/rule.js';
import type {LoadedRule} from './load.js';
import type {RuleFile} from './schema.js';

/** Captures that every finding has, where the log tells them. */
const alwaysKnown = new Set(['unit', 'kernel', 'root', 'ostree', 'init', 'count']);
const reportCaptures = ['title', 'function', 'module', 'process', 'pid', 'kernel', 'report'];
const reportKinds = new Set(
  'oops bug warning kasan kfence kcsan kmsan ubsan slab list-corruption stack-corruption atomic soft-lockup hard-lockup workqueue-lockup rcu-stall hung-task oom allocation-failure mce lockdep'.split(
    ' ',
  ),
);

/** What is wrong with rules beyond their form: references, captures, gaps. Their tests are run by `check-rules.ts`. */
export function checkLoadedRules(rules: readonly LoadedRule[]): Problem[] {
  const problems: Problem[] = [];
  const ids = rules.map(({id}) => id);
  const titles = new Map<string, string>();
  for (const rule of rules) {
    const {id, file, content, place} = rule;
    const complain: Complain = (path, message) => problems.push({file, ...place(path), message});
    const twin = titles.get(content.title);
    if (twin !== undefined) complain(['title'], `${twin} has the same title`);
    titles.set(content.title, id);
    checkReferences(content, ids, complain);
    checkCaptures(content, complain);
    checkGaps(content, complain);
    content.match.forEach((variant, index) => {
      for (const kind of variant.block ?? [])
        if (!reportKinds.has(kind))
          complain(
            ['match', index, 'block'],
            `no such kind of kernel report: ${kind}; write one of ${[...reportKinds].join(', ')}`,
          );
    });
  }
  return [...problems, ...findCircles(rules)];
}

type Complain = (path: readonly (string | number)[], message: string) => void;

function checkReferences(content: RuleFile, ids: readonly string[], complain: Complain): void {
  const check = (path: readonly (string | number)[], pattern: string): void => {
    if (!ids.some(id => matchesGlob(pattern, id)))
      complain(path, `there is no rule ${pattern}${suggestion(pattern, ids)}`);
  };
  content.explains.forEach((pattern, index) => {
    if (/^outcome:(?:panic|emergency|hang)$/.test(pattern) || pattern.startsWith('unit:')) return;
    check(['explains', index], pattern);
  });
  const conditions: [readonly (string | number)[], RuleFile['when']][] = [
    [['when'], content.when],
    ...content.because.map(
      (because, index) => [['because', index, 'when'], because.when] as [(string | number)[], RuleFile['when']],
    ),
  ];
  for (const [path, condition] of conditions) {
    for (const name of ['seen', 'before', 'absent'] as const)
      condition?.[name]?.forEach((pattern, index) => check([...path, name, index], pattern));
    for (const name of ['has', 'lacks'] as const) {
      try {
        new RegExp(condition?.commandLine?.[name] ?? '');
      } catch (error) {
        complain([...path, 'commandLine', name], (error as Error).message);
      }
    }
  }
}

function suggestion(pattern: string, ids: readonly string[]): string {
  const last = pattern.split('/').at(-1) as string;
  const near = ids.find(id => id.endsWith(`/${last}`)) ?? ids.find(id => id.split('/').at(-1)?.includes(last));
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function checkCaptures(content: RuleFile, complain: Complain): void {
  const sets = content.match.map(
    ({text, block}) =>
      new Set(
        [...(text ?? '').matchAll(/\(\?<(\w+)>/g)]
          .map(match => match[1] as string)
          .concat(block === undefined ? [] : reportCaptures),
      ),
  );
  const inAll = (name: string): boolean => alwaysKnown.has(name) || sets.every(set => set.has(name));
  const inSome = (name: string): boolean => alwaysKnown.has(name) || sets.some(set => set.has(name));
  const check = (path: readonly (string | number)[], template: string): void => {
    for (const [, name, other] of template.matchAll(/\{(\w+)(\|[^{}]*)?\}/g)) {
      if (!inSome(name as string)) complain(path, `{${name}}: no variant captures this`);
      else if (other === undefined && !inAll(name as string))
        complain(path, `{${name}}: not every variant captures this; write {${name}|default}`);
    }
  };
  check(['title'], content.title);
  check(['explain'], content.explain);
  content.because.forEach(({say}, index) => check(['because', index, 'say'], say));
  content.fix.forEach((fix, index) => check(['fix', index], `${fix.do} ${fix.command ?? ''}`));
  content.key.forEach((name, index) => {
    if (!inSome(name)) complain(['key', index], `${name}: no variant captures this`);
  });
}

function checkGaps(content: RuleFile, complain: Complain): void {
  const isShown = content.role === 'cause' || content.role === 'symptom';
  if (isShown && content.explain === '') complain(['role'], 'a rule that is shown needs `explain`');
  if (isShown && content.fix.length === 0 && content.severity !== 'info')
    complain(['role'], 'a rule that is shown needs a `fix`');
  if (content.role === 'noise' && content.explain === '')
    complain(['role'], 'noise needs `explain`: why it is harmless');
  if (content.tests.match.length < 2) complain(['tests'], 'needs at least two lines under `tests.match`');
  if (content.tests.ignore.length < 2)
    complain(['tests'], 'needs at least two lines under `tests.ignore`, one of them a near miss');
}

/** Rules that declare each other as follow-ons: whichever stood first in a log would win. */
function findCircles(rules: readonly LoadedRule[]): Problem[] {
  const named = new Map(rules.map(rule => [rule.id, rule]));
  const problems: Problem[] = [];
  for (const {id, file, content, place} of rules) {
    content.explains.forEach((other, index) => {
      if (other === id || (named.get(other)?.content.explains.includes(id) && id < other)) {
        problems.push({file, ...place(['explains', index]), message: `${id} and ${other} explain each other`});
      }
    });
  }
  return problems;
}
