import {stat} from 'node:fs/promises';
import path from 'node:path';
import {analyze, textSource} from '../analyze.js';
import {openSource} from '../intake/source.js';
import type {ByteSource} from '../model/byte-source.js';
import {InputError, type Problem} from '../model/errors.js';
import type {Boot} from '../model/report.js';
import type {Rule} from '../model/rule.js';
import type {LoadedRule} from '../rules/load.js';

type TestBoot = LoadedRule['content']['tests']['boots'][number];

/** Analyzes the captures in a rule's tests, which lie below `samples`: does the right rule lead, with the right ones under it? */
export async function testBoots(
  {file, content, place}: LoadedRule,
  {samples, rules}: {samples: string; rules: readonly Rule[]},
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [index, test] of content.tests.boots.entries()) {
    const complain = (message: string): void =>
      void problems.push({file, ...place(['tests', 'boots', index]), message: `${test.log ?? 'composed'}: ${message}`});
    try {
      const {boots} = await analyze(await sourceOf(test, samples), {rules});
      const boot = boots[0];
      if (boot === undefined) complain('the log is empty');
      else for (const message of judge(boot, test, rules)) complain(message);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      complain(`cannot be read as a capture below ${samples}`);
    }
  }
  return problems;
}

/** Of a capture that is a folder, a sample, the console is read. */
async function sourceOf({log, composed}: TestBoot, samples: string): Promise<ByteSource> {
  if (log === undefined) return textSource(composed ?? '');
  const file = path.join(samples, log);
  const isFolder = (await stat(file).catch(() => null))?.isDirectory() === true;
  return openSource([isFolder ? path.join(file, 'console.log') : file], process.stdin);
}

function* judge(boot: Boot, {root, folds, outcome}: TestBoot, rules: readonly Rule[]): Generator<string> {
  const [cause] = boot.rootCauses;
  const leader = cause === undefined ? 'nothing' : (cause.rule ?? `“${cause.title}”`);
  if ((cause?.rule ?? null) !== root) yield `${leader} leads, not ${root ?? 'a guess, or nothing'}`;
  if (outcome !== undefined && boot.outcome !== outcome) yield `the outcome is ${boot.outcome}, not ${outcome}`;
  const effects = cause?.effects.map(({title}) => title) ?? [];
  for (const id of folds ?? []) {
    const title = titleOf(id, rules);
    if (!effects.some(effect => title.test(effect))) yield `${id} is not folded under ${leader}`;
  }
}

/** What a rule's title can read once its captures are filled in. */
function titleOf(id: string, rules: readonly Rule[]): RegExp {
  const title = rules.find(rule => rule.id === id)?.title ?? id;
  const parts = title.split(/\{[^}]*\}/).map(part => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
