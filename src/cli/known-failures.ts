import {didYouMean} from '../closest.js';
import {UsageError} from '../model/errors.js';
import {matchesGlob, type Rule} from '../model/rule.js';

/** Throws a UsageError for a pattern of `--ignore` that names no rule; one with a colon is a fingerprint, and may. */
export function checkIgnored(patterns: readonly string[], rules: readonly Rule[]): void {
  for (const pattern of patterns) {
    if (pattern.includes(':') || rules.some(({id}) => matchesGlob(pattern, id))) continue;
    const ids = rules.map(({id}) => id);
    const near = didYouMean(pattern, [...ids, ...ids.map(id => `${id.slice(0, id.indexOf('/'))}/*`)]);
    throw new UsageError(`--ignore ${pattern}: there is no such rule${near}`, {hint: 'whyboot rules list shows all'});
  }
}
