/** The whole boots that rule files name under `tests.boots`: `log` is below samples/, its console.log where it is a folder. */
import {statSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {analyze, type Boot, builtinRules, openSource} from '../src/index.js';
import {loadRuleDirectory} from '../src/rules/load.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const rules = await loadRuleDirectory(join(root, 'rules'));
const cases = rules.flatMap(({id, content}) => content.tests.boots.map(boot => ({id, ...boot})));

async function firstBoot(log: string): Promise<Boot> {
  const path = join(root, 'samples', log);
  const file = statSync(path).isDirectory() ? join(path, 'console.log') : path;
  return (await analyze(await openSource([file], process.stdin))).boots[0] as Boot;
}

/** What a rule's title can read once its captures are filled in. */
function titleOf(id: string): RegExp {
  const title = builtinRules().find(rule => rule.id === id)?.title ?? id;
  const parts = title.split(/\{[^}]*\}/).map(part => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

describe('the boots that rules name', () => {
  test.each(cases)('$id: $log', async ({log, root: leader, folds, outcome}) => {
    const boot = await firstBoot(log);
    expect(boot.rootCauses[0]?.rule ?? null).toBe(leader);
    if (outcome !== undefined) expect(boot.outcome).toBe(outcome);
    const effects = boot.rootCauses[0]?.effects.map(({title}) => title) ?? [];
    for (const id of folds ?? []) expect(effects).toContainEqual(expect.stringMatching(titleOf(id)));
  });
});
