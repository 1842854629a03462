import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {isMap, isScalar, LineCounter, parseDocument} from 'yaml';
import type {z} from 'zod';
import {type Problem, RuleFileError, UsageError} from '../model/errors.js';
import {type RuleFile, ruleSchema} from './schema.js';

/** A rule file that is of the right form; `place` finds the line and column of a part of it. */
export interface LoadedRule {
  readonly id: string;
  readonly file: string;
  readonly content: RuleFile;
  readonly place: (path: readonly (string | number)[]) => {line: number; column: number};
}

/** What a folder of rules holds: the files of the right form, and what is wrong with the others. */
export interface RuleDirectory {
  readonly rules: readonly LoadedRule[];
  /** Of all files, those of the wrong form too. */
  readonly ids: readonly string[];
  readonly problems: readonly Problem[];
}

/** All rule files below a folder. Throws RuleFileError with every problem found, UsageError when there is no such folder. */
export async function loadRuleDirectory(directory: string): Promise<readonly LoadedRule[]> {
  const {rules, problems} = await readRuleDirectory(directory);
  if (problems.length > 0) throw new RuleFileError(problems);
  return rules;
}

/** Throws UsageError when there is no such folder. */
export async function readRuleDirectory(directory: string): Promise<RuleDirectory> {
  let names: string[];
  try {
    names = await readdir(directory, {recursive: true});
  } catch (cause) {
    throw new UsageError(
      `${directory}: cannot read this rule folder (${(cause as NodeJS.ErrnoException).code ?? cause})`,
      {cause},
    );
  }
  const problems: Problem[] = [];
  const rules: LoadedRule[] = [];
  const files = new Map<string, string>();
  for (const name of names.filter(name => /\.ya?ml$/.test(name)).sort()) {
    const file = path.join(directory, name);
    const id = name
      .replace(/\.ya?ml$/, '')
      .split(path.sep)
      .join('/');
    const twin = files.get(id);
    if (twin !== undefined) {
      problems.push({file, line: 1, column: 1, message: `the id ${id} is taken by ${twin}; rename one of the two`});
      continue;
    }
    files.set(id, file);
    const rule = parseRule(await readFile(file, 'utf8'), {file, id}, problems);
    if (rule !== null) rules.push(rule);
  }
  return {rules, ids: [...files.keys()], problems};
}

/** A rule from the text of its file; null, and what is wrong with it added to `problems`, where it is not of the right form. */
export function parseRule(
  text: string,
  {file, id}: Pick<LoadedRule, 'file' | 'id'>,
  problems: Problem[],
): LoadedRule | null {
  const counter = new LineCounter();
  const document = parseDocument(text, {lineCounter: counter});
  const position = (offset: number): {line: number; column: number} => {
    const {line, col} = counter.linePos(offset);
    return {line, column: col};
  };
  for (const error of document.errors) {
    problems.push({
      file,
      ...position(error.pos[0]),
      message: error.message.split('\n')[0]?.replace(/ at line.*/, '') ?? 'not YAML',
    });
  }
  if (document.errors.length > 0) return null;
  const place = (path: readonly (string | number)[]): {line: number; column: number} => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as {range?: [number, number, number]} | undefined;
      if (node?.range) return position(node.range[0]);
    }
    return {line: 1, column: 1};
  };
  /** Of a field's name, where the field itself is what is wrong. */
  const placeOfKey = (path: readonly (string | number)[], key: string): {line: number; column: number} => {
    const map = document.getIn(path, true);
    const name = isMap(map) ? map.items.map(item => item.key).find(name => isScalar(name) && name.value === key) : null;
    const range = isScalar(name) ? name.range : null;
    return range == null ? place(path) : position(range[0]);
  };
  const result = ruleSchema.safeParse(document.toJS());
  if (result.success) return {id, file, content: result.data, place};
  for (const issue of result.error.issues) {
    const path = issue.path as (string | number)[];
    const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    problems.push({file, ...(key === undefined ? place(path) : placeOfKey(path, key)), message: describe(issue)});
  }
  return null;
}

/** What is wrong and what to write instead, in one line. */
function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  if (issue.code === 'unrecognized_keys')
    return `${where}unknown field ${issue.keys.map(key => `"${key}"`).join(', ')}; docs/writing-rules.md lists the fields`;
  if (issue.code === 'invalid_value') return `${where}write one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_union') return `${where}write a line, or {line, captures}`;
  return `${where}${issue.message.replace(/^Invalid input: /, '')}`;
}
