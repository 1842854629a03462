/** Which real captures fire which rules: `npm run coverage:rules [-- FOLDER…]`, samples/ and those folders. `--json` for a program. */
import {readdir, stat} from 'node:fs/promises';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {analyze, matchesInSource} from '../src/analyze.js';
import {matcherFor} from '../src/authoring/check.js';
import {openSource} from '../src/intake/source.js';
import {InputError} from '../src/model/errors.js';
import {builtinRules} from '../src/rules/builtin.js';

const rules = builtinRules();
const matcher = matcherFor(rules);
const {values, positionals} = parseArgs({
  args: process.argv.slice(3),
  options: {json: {type: 'boolean', default: false}},
  allowPositionals: true,
});

interface Coverage {
  /** Captures in which a line is matched. */
  readonly matched: string[];
  /** Those of them in which the rule is a root cause. */
  readonly led: string[];
}

const coverage = new Map<string, Coverage>(rules.map(({id}) => [id, {matched: [], led: []}]));
let captures = 0;
for (const folder of ['samples', ...positionals]) {
  for (const file of await capturesIn(folder)) {
    try {
      await read(file, path.relative(path.dirname(path.resolve(folder)), path.resolve(file)));
      captures++;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      console.error(error.message);
    }
  }
}
process.stdout.write(values.json ? `${JSON.stringify(Object.fromEntries(coverage), null, 2)}\n` : table());

async function capturesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, {recursive: true});
  const files = names
    .filter(name => !/(?:^|\/)truth\.json$|\.(?:md|jsonl|sh)$/.test(name))
    .map(name => path.join(folder, name))
    .sort();
  const isFile = await Promise.all(files.map(async file => (await stat(file)).isFile()));
  return files.filter((_file, index) => isFile[index]);
}

async function read(file: string, name: string): Promise<void> {
  const open = () => openSource([file], process.stdin);
  const matched = new Set((await matchesInSource(await open(), matcher)).map(({rule}) => rule.id));
  const {boots} = await analyze(await open());
  const led = new Set(boots.flatMap(({rootCauses}) => rootCauses.map(({rule}) => rule)));
  for (const id of matched) coverage.get(id)?.matched.push(name);
  for (const id of led) if (id !== null) coverage.get(id)?.led.push(name);
}

function table(): string {
  const all = [...coverage].sort(([a], [b]) => (a < b ? -1 : 1));
  const fired = all.filter(([, {matched}]) => matched.length > 0);
  const never = all.filter(([, {matched}]) => matched.length === 0).map(([id]) => id);
  const leading = fired.filter(([, {led}]) => led.length > 0).length;
  const width = Math.max(...all.map(([id]) => id.length));
  return `${captures} captures, ${rules.length} rules: ${fired.length} are fired by a real capture and ${leading} of these lead one; ${never.length} only by the lines of their own tests.

${row(width, 'area', 'lead', 'fired', 'rules')}
${areas(width, all)}

${row(width, 'rule', 'leads', 'matches', '')}  for example
${fired.map(([id, {led, matched}]) => `${row(width, id, led.length, matched.length, '')}  ${led[0] ?? matched[0]}`).join('\n')}

Only the lines of their own tests have ever fired these:
${never.map(id => `  ${id}`).join('\n')}
`;
}

function areas(width: number, all: readonly (readonly [string, Coverage])[]): string {
  const names = new Set(all.map(([id]) => id.split('/')[0] as string));
  return [...names]
    .map(name => {
      const ofArea = all.filter(([id]) => id.startsWith(`${name}/`)).map(([, each]) => each);
      const led = ofArea.filter(each => each.led.length > 0).length;
      return row(width, name, led, ofArea.filter(({matched}) => matched.length > 0).length, ofArea.length);
    })
    .join('\n');
}

function row(width: number, name: string, ...figures: (string | number)[]): string {
  return `${name.padEnd(width)}${figures.map(figure => String(figure).padStart(8)).join('')}`.trimEnd();
}
