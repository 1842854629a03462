import {didYouMean} from '../closest.js';
import type {Problem} from '../model/errors.js';
import type {LoadedRule} from '../rules/load.js';
import type {RuleFile} from '../rules/schema.js';

/** Captures that every finding has, where the log tells them. */
const alwaysKnown = new Set(['unit', 'kernel', 'root', 'ostree', 'init', 'count']);
const reportCaptures = ['title', 'function', 'module', 'process', 'pid', 'kernel', 'report'];

type Complain = (path: readonly (string | number)[], message: string) => void;

/** What is wrong within one rule beyond its form: captures that nothing captures, and gaps. */
export function checkContent({file, content, place}: LoadedRule): Problem[] {
  const problems: Problem[] = [];
  const complain: Complain = (path, message) => void problems.push({file, ...place(path), message});
  checkCaptures(content, complain);
  checkGaps(content, complain);
  return problems;
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
  const captured = [...new Set(sets.flatMap(set => [...set]))];
  const instead = (name: string): string =>
    didYouMean(name, captured) ||
    `; ${captured.length === 0 ? `write (?<${name}>…) in \`text\`` : `they capture ${captured.join(', ')}`}`;
  const check = (path: readonly (string | number)[], template: string, sure: readonly string[] = []): void => {
    const nested = /\{\w+\|[^{}]*\{/.exec(template);
    if (nested !== null) complain(path, `${nested[0]}…: a default is a text, and holds no other capture`);
    for (const [, name, other] of template.matchAll(/\{(\w+)(\|[^{}]*)?\}/g)) {
      if (!inSome(name as string)) complain(path, `{${name}}: no variant captures this${instead(name as string)}`);
      else if (other === undefined && !inAll(name as string) && !sure.includes(name as string))
        complain(path, `{${name}}: not every variant captures this; write {${name}|default}`);
    }
  };
  const checkNames = (path: readonly (string | number)[], when: RuleFile['when']): void => {
    for (const name of Object.keys(when?.captures ?? {}))
      if (!inSome(name)) complain([...path, 'captures', name], `${name}: no variant captures this${instead(name)}`);
  };
  check(['title'], content.title);
  check(['explain'], content.explain);
  content.because.forEach(({say, fix, when}, index) => {
    // What a condition asks for is there when it holds.
    const sure = Object.keys(when?.captures ?? {});
    check(['because', index, 'say'], say, sure);
    fix.forEach((each, at) => check(['because', index, 'fix', at], `${each.do} ${each.command ?? ''}`, sure));
    checkNames(['because', index, 'when'], when);
  });
  checkNames(['when'], content.when);
  content.fix.forEach((fix, index) => check(['fix', index], `${fix.do} ${fix.command ?? ''}`));
  content.key.forEach((name, index) => {
    if (!inSome(name)) complain(['key', index], `${name}: no variant captures this${instead(name)}`);
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
