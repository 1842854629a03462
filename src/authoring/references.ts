import {closest} from '../closest.js';
import type {Problem} from '../model/errors.js';
import {matchesGlob} from '../model/rule.js';
import type {LoadedRule} from '../rules/load.js';
import {conditionsOf} from '../rules/schema.js';

type Path = readonly (string | number)[];

/** What a rule names that there is not. */
export function checkReferences({file, content, place}: LoadedRule, ids: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const complain = (path: Path, message: string): void => void problems.push({file, ...place(path), message});
  const check = (path: Path, pattern: string): void => {
    if (!ids.some(id => matchesGlob(pattern, id)))
      complain(path, `there is no rule ${pattern}${suggestion(pattern, ids)}`);
  };
  content.explains.forEach((pattern, index) => {
    if (pattern.startsWith('unit:')) return;
    if (!pattern.startsWith('outcome:')) check(['explains', index], pattern);
    else if (!/^outcome:(?:panic|emergency|hang)$/.test(pattern))
      complain(
        ['explains', index],
        `no boot ends so: ${pattern}; write outcome:panic, outcome:emergency or outcome:hang`,
      );
  });
  for (const [path, condition] of conditionsOf(content)) {
    for (const name of ['seen', 'before', 'absent'] as const)
      condition?.[name]?.forEach((pattern, index) => check([...path, name, index], pattern));
  }
  return problems;
}

/** The same name in another area, or one that is spelled much alike. */
function suggestion(pattern: string, ids: readonly string[]): string {
  const last = pattern.split('/').at(-1) as string;
  const near =
    ids.find(id => id.endsWith(`/${last}`)) ??
    closest(pattern, ids) ??
    ids.find(id => id.split('/').at(-1)?.includes(last));
  return near === undefined ? '' : `; did you mean ${near}?`;
}
