/** Kernel reports as tests write and judge them. */
import type {Rule} from '../src/model/rule.js';
import {at, kernelStart} from './boots.js';
import {bootOf, rulesOf} from './log.js';

const kinds =
  'oops, bug, warning, kasan, kfence, kcsan, kmsan, ubsan, slab, list-corruption, stack-corruption, atomic, soft-lockup, hard-lockup, workqueue-lockup, rcu-stall, hung-task, oom, allocation-failure, lockdep';

let rules: Promise<readonly Rule[]> | null = null;

/** Rules that say of each report all that is known of it, and of the panic at the end. */
export function reportRules(): Promise<readonly Rule[]> {
  rules ??= rulesOf({
    'kernel/report': [
      "title: '{report} in {function|?} of {module|?} by {process|?} pid {pid|?} on {kernel|?}'",
      'key: [report, function, title]',
      `match: [{block: [${kinds}]}]`,
    ].join('\n'),
    'kernel/panic':
      "title: A panic\nseverity: fatal\nrole: symptom\nmatch: [{text: 'Kernel panic - not syncing: (?<why>.+)'}]",
  });
  return rules;
}

export const endTrace = '---[ end trace 0000000000000000 ]---';

/** Lines as the kernel prints them, each with its stamp, after a kernel that has started. */
export function log(
  lines: readonly string[],
  prefix = (line: string, index: number): string => at(10 + index / 1e6, line),
): string[] {
  return [...kernelStart(), ...lines.map(prefix)];
}

/** Titles of all that was reported, in the order of the lines. */
export async function reported(lines: readonly string[]): Promise<string[]> {
  const boot = await bootOf(lines, {rules: await reportRules()});
  return boot.rootCauses.flatMap(({title, effects}) => [title, ...effects.map(effect => effect.title)]);
}
