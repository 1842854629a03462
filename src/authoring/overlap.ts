import type {Problem} from '../model/errors.js';
import {type Condition, matchesGlob, type Rule} from '../model/rule.js';
import type {LoadedRule} from '../rules/load.js';

/** Two rules that match the same line of a test. */
export interface Meeting extends Omit<Problem, 'message'> {
  /** Ids: the rule whose test it is, and the other. */
  readonly rules: readonly [string, string];
}

/** Rules that match the same line without a word about which of them leads: both would be told of. */
export function checkOverlap(meetings: readonly Meeting[], all: readonly Rule[]): Problem[] {
  const byId = new Map(all.map(rule => [rule.id, rule]));
  const told = new Set<string>();
  return meetings.flatMap(({rules, ...at}) => {
    const pair = rules.toSorted().join(' ');
    const [one, other] = rules.map(id => byId.get(id)) as [Rule, Rule];
    if (told.has(pair)) return [];
    told.add(pair);
    const message = complaint(one, other, all);
    return message === null ? [] : [{...at, message}];
  });
}

function complaint(one: Rule, other: Rule, all: readonly Rule[]): string | null {
  const roles = [one.role, other.role];
  if (roles.includes('fact')) return null;
  if (one.role === 'noise' && other.role === 'noise')
    return `${other.id} calls this line harmless already; leave it to one of the two`;
  if (roles.includes('noise')) {
    const [noise, loud] = one.role === 'noise' ? [one, other] : [other, one];
    if (loud.when !== null || noise.when !== null) return null;
    return `${noise.id} calls this line harmless, so ${loud.id} is never shown for it; narrow one of the two, or say \`when\` it is not`;
  }
  if (isDecided(one, other, all)) return null;
  return `${other.id} matches this line too; let one name the other under \`explains\`, keep them apart with \`when\`, or make one \`text\` narrower`;
}

/** Something says which of two rules leads, or that no boot shows both. */
function isDecided(one: Rule, other: Rule, all: readonly Rule[]): boolean {
  return (
    leadsTo(one, other.id, all) ||
    leadsTo(other, one.id, all) ||
    conditionsOf(one).some(condition => names(condition, other.id)) ||
    conditionsOf(other).some(condition => names(condition, one.id)) ||
    excludesEachOther(one.when, other.when)
  );
}

/** By `explains`, over any number of steps. */
function leadsTo(from: Rule, id: string, all: readonly Rule[]): boolean {
  const seen = new Set([from.id]);
  const queue = [from];
  for (let rule = queue.pop(); rule !== undefined; rule = queue.pop()) {
    const {explains} = rule;
    if (explains.some(pattern => matchesGlob(pattern, id))) return true;
    for (const next of all) {
      if (seen.has(next.id) || !explains.some(pattern => matchesGlob(pattern, next.id))) continue;
      seen.add(next.id);
      queue.push(next);
    }
  }
  return false;
}

function conditionsOf({when, words}: Rule): Condition[] {
  return [when, ...words().because.map(each => each.when)].filter(condition => condition !== null);
}

function names({seen = [], before = [], absent = []}: Condition, id: string): boolean {
  return [...seen, ...before, ...absent].some(pattern => matchesGlob(pattern, id));
}

/** In different phases, or one waits for what the other must not have, or both wait for something else than this line. */
function excludesEachOther(one: Condition | null, other: Condition | null): boolean {
  if (one === null || other === null) return false;
  const {phase: here} = one;
  const {phase: there} = other;
  if (here !== undefined && there !== undefined && !here.some(phase => there.includes(phase))) return true;
  const isEither = (a: Condition, b: Condition): boolean =>
    [...(a.seen ?? []), ...(a.before ?? [])].some(id => b.absent?.some(pattern => matchesGlob(pattern, id)));
  if (isEither(one, other) || isEither(other, one)) return true;
  const waits = ({seen, before}: Condition): boolean => seen !== undefined || before !== undefined;
  return waits(one) && waits(other);
}

/** The same title or the same expression twice. */
export function checkTwins(rules: readonly LoadedRule[]): Problem[] {
  const problems: Problem[] = [];
  const titles = new Map<string, string>();
  const texts = new Map<string, string>();
  for (const {id, file, content, place} of rules) {
    const {title, match} = content;
    const twin = titles.get(title);
    if (twin !== undefined)
      problems.push({
        file,
        ...place(['title']),
        message: `${twin} has the same title; say what is different about this one`,
      });
    else titles.set(title, id);
    for (const [index, {text, identifier = [], block = []}] of match.entries()) {
      if (text === undefined || content.role === 'fact') continue;
      const key = JSON.stringify([text, identifier.toSorted(), block.toSorted(), content.when ?? null]);
      const owner = texts.get(key);
      if (owner !== undefined)
        problems.push({
          file,
          ...place(['match', index, 'text']),
          message: `${owner === id ? 'another variant' : owner} has the same expression; leave it to one of the two`,
        });
      else texts.set(key, id);
    }
  }
  return problems;
}

/** Rules that explain each other, over any number of steps: whichever stood first in a log would win. Wildcards do not count. */
export function findCircles(rules: readonly LoadedRule[]): Problem[] {
  const named = new Map(rules.map(rule => [rule.id, rule]));
  const problems: Problem[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (rule: LoadedRule): void => {
    path.push(rule.id);
    rule.content.explains.forEach((id, index) => {
      const next = named.get(id);
      const start = path.indexOf(id);
      if (start >= 0) {
        const circle = [...path.slice(start), id].join(' → ');
        const at = {file: rule.file, ...rule.place(['explains', index])};
        problems.push({...at, message: `rules explain each other: ${circle}; take one of these steps out`});
      } else if (next !== undefined && !done.has(id)) visit(next);
    });
    path.pop();
    done.add(rule.id);
  };
  for (const rule of rules) if (!done.has(rule.id)) visit(rule);
  return problems;
}
