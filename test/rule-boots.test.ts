/** The whole boots that rule files name under `tests.boots`: `log` is below samples/, its console.log where it is a folder. */
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {testBoots} from '../src/authoring/test-boots.js';
import {builtinRules} from '../src/index.js';
import {loadRuleDirectory} from '../src/rules/load.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const loaded = (await loadRuleDirectory(join(root, 'rules'))).filter(({content}) => content.tests.boots.length > 0);

describe('the boots that rules name', () => {
  test.each(loaded)('$id', async rule => {
    const problems = await testBoots(rule, {samples: join(root, 'samples'), rules: builtinRules()});
    expect(problems.map(({message}) => message)).toEqual([]);
  });
});
