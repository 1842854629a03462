import {parseTextLine} from '../intake/parse-line.js';
import type {Problem} from '../model/errors.js';
import type {LoadedRule} from '../rules/load.js';
import type {Match} from '../rules/match.js';
import type {RuleFile, TestLine} from '../rules/schema.js';
import type {Meeting} from './overlap.js';

export interface LineResults {
  readonly problems: readonly Problem[];
  /** Other rules that match one of the lines that this rule is to match. */
  readonly meetings: readonly Meeting[];
  readonly lines: number;
}

/** Runs the lines in a rule's tests; `matchesIn` says which rules match somewhere in a text. */
export async function testLines(
  {id, file, content, place}: LoadedRule,
  matchesIn: (text: string) => Promise<readonly Match[]>,
): Promise<LineResults> {
  const problems: Problem[] = [];
  const meetings: Meeting[] = [];
  const {match, ignore} = content.tests;
  for (const [index, test] of match.entries()) {
    const at = {file, ...place(['tests', 'match', index])};
    const {line, captures} = wholeTest(test);
    const matches = await matchesIn(line);
    const own = matches.find(({rule}) => rule.id === id);
    if (own === undefined) problems.push({...at, message: whyNot(line, content)});
    for (const [name, value] of Object.entries(own === undefined ? {} : captures)) {
      const found = own?.captures[name];
      if (found !== value)
        problems.push({...at, message: `{${name}} is ${JSON.stringify(found)} here, not ${JSON.stringify(value)}`});
    }
    for (const {rule} of matches) if (rule.id !== id) meetings.push({...at, rules: [id, rule.id]});
  }
  for (const [index, test] of ignore.entries()) {
    const matches = await matchesIn(wholeTest(test).line);
    if (matches.some(({rule}) => rule.id === id))
      problems.push({
        file,
        ...place(['tests', 'ignore', index]),
        message: 'the rule matches this line; make `text` narrower, or move the line to `tests.match`',
      });
  }
  return {problems, meetings, lines: match.length + ignore.length};
}

function wholeTest(test: TestLine): {line: string; captures: Readonly<Record<string, string>>} {
  return typeof test === 'string' ? {line: test, captures: {}} : {line: test.line, captures: test.captures ?? {}};
}

/** What keeps a rule from matching the line that it ought to match. */
function whyNot(text: string, {match}: RuleFile): string {
  const fails = 'the rule does not match this line';
  const entries = text.split('\n').flatMap(readLine);
  for (const {message, identifier} of entries) {
    const variant = match.find(({text: source}) => source !== undefined && new RegExp(source).test(message));
    if (variant === undefined) continue;
    const {literals, identifier: wanted} = variant;
    if (literals !== undefined && !literals.some(literal => `\n${message}`.includes(literal)))
      return `${fails}: \`text\` does, but none of \`literals\` stands in it`;
    if (wanted !== undefined)
      return `${fails}: \`text\` does, but it was written by ${identifier ?? 'nobody known'}, and \`identifier\` lists ${wanted.join(', ')}`;
  }
  const message = entries.map(entry => entry.message).join(' / ');
  return match.some(({text: source}) => source !== undefined)
    ? `${fails}; \`text\` is applied to the message, which is ${JSON.stringify(message)}`
    : fails;
}

function readLine(line: string): {message: string; identifier: string | null}[] {
  const entries: {message: string; identifier: string | null}[] = [];
  parseTextLine(Buffer.from(line).toString('latin1'), 1, ({message, identifier}) =>
    entries.push({message, identifier}),
  );
  return entries;
}
