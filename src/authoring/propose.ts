import {matchesIn} from '../analyze.js';
import {parseTextLine} from '../intake/parse-line.js';
import type {Entry} from '../model/entry.js';
import {formatProblem, type Problem, RuleFileError, UsageError} from '../model/errors.js';
import type {Rule} from '../model/rule.js';
import {compileRules} from '../rules/compile.js';
import {deriveLiterals} from '../rules/literals.js';
import {type LoadedRule, parseRule} from '../rules/load.js';
import {matcherFor} from './check.js';
import {checkContent} from './content.js';
import {checkExpressions} from './expressions.js';
import {anotherOf, expressionOf, generalize, type Piece, templateOf} from './generalize.js';
import {testLines} from './test-lines.js';

/** A rule to begin with. */
export interface Proposal {
  /** `area/failure`, the path of the file in a folder of rules. */
  readonly id: string;
  readonly yaml: string;
  /** Rules, harmless ones among them, that match the line already. */
  readonly known: readonly Rule[];
}

const longestTitle = 120;

/**
 * Makes a rule of a line of log: its fixed words become the expression, numbers, paths and ids become captures. The
 * words are left to be written; as it stands it passes the check.
 *
 * @throws UsageError when too little of the line is fixed to know it by.
 */
export async function proposeRule(line: string, {rules, id}: {rules: readonly Rule[]; id?: string}): Promise<Proposal> {
  const entry = readEntry(line);
  const pieces = fixEnough(generalize(withoutName(entry)));
  const proposed = id ?? proposeId(entry, pieces);
  const yaml = write(entry, pieces);
  const problems: Problem[] = [];
  const loaded = parseRule(yaml, {file: `${proposed}.yaml`, id: proposed}, problems);
  if (loaded === null) throw new RuleFileError(problems);
  const own = compileRules([loaded]).rules[0] as Rule;
  const matches = await matchesIn(line, matcherFor(rules));
  problems.push(...checkContent(loaded), ...(await checkExpressions([loaded])), ...(await failuresOf(loaded, own)));
  // A line of a form that was not thought of: better no rule than one that does not hold.
  if (problems.length > 0)
    throw new UsageError(`no rule can be made of this line: ${formatProblem(problems[0] as Problem)}`);
  return {id: proposed, yaml, known: matches.map(({rule}) => rule).filter(({role}) => role !== 'fact')};
}

async function failuresOf(loaded: LoadedRule, rule: Rule): Promise<readonly Problem[]> {
  const matcher = matcherFor([rule]);
  return (await testLines(loaded, text => matchesIn(text, matcher))).problems;
}

function readEntry(line: string): Entry {
  const entries: Entry[] = [];
  parseTextLine(Buffer.from(line).toString('latin1'), 1, entry => entries.push(entry));
  const [entry] = entries;
  if (entry === undefined || entry.message.trim() === '')
    throw new UsageError('this line has no message', {hint: 'give a whole line of a log, in quotes'});
  return entry;
}

/** Many programs repeat their name: `fsck[300]: fsck: …`. On a console that is the only place where it stands. */
function withoutName(entry: Entry): string {
  const text = entry.message.trim();
  const program = programOf(entry);
  return program !== null && text.startsWith(`${program}: `) ? text.slice(program.length + 2).trim() : text;
}

/** Who wrote it: the identifier, or a name at the beginning of a message that has none. */
function programOf({identifier, kernel, message}: Entry): string | null {
  if (identifier !== null || kernel) return identifier;
  return /^\s*([a-z][\w+-]{1,40}): \S/.exec(message)?.[1] ?? null;
}

/** Where too little is fixed, what differs is fixed too, the shortest pieces last. */
function fixEnough(pieces: readonly Piece[]): Piece[] {
  const fixed = [...pieces];
  while (deriveLiterals(expressionOf(fixed)) === null) {
    const open = fixed.filter(({expression}) => expression !== null);
    const next = open.sort((a, b) => b.text.length - a.text.length)[0];
    if (next === undefined)
      throw new UsageError(
        'the message is too short to be known by: a rule needs 10 characters that are always the same',
      );
    fixed[fixed.indexOf(next)] = {text: next.text, expression: null, name: null};
  }
  return fixed;
}

function proposeId(entry: Entry, pieces: readonly Piece[]): string {
  const area = entry.kernel ? 'kernel' : slug(programOf(entry) ?? 'log');
  const words = pieces.flatMap(({text, expression}) => (expression === null ? slug(text).split('-') : []));
  const name = words
    .filter(word => word.length > 1 && word !== area)
    .slice(0, 5)
    .join('-');
  return `${area || 'log'}/${name || 'failure'}`;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function write(entry: Entry, pieces: readonly Piece[]): string {
  const {kernel} = entry;
  const program = programOf(entry);
  // A process that has not become the program yet carries the end of its name, in parentheses.
  const writer = program?.startsWith('(') === true ? null : program;
  const who = kernel ? 'The kernel' : (writer ?? 'A program');
  const [near, far] = misses(entry, pieces);
  return `# The path of this file is the id of the rule. ${describe(pieces)}
title: ${quote(titleOf(pieces))} # what is wrong, in the present tense
severity: error # fatal, error, warning or info
match:
  - text: ${quote(expressionOf(pieces))}
${writer === null ? '' : `    identifier: [${/^[\w.-]+$/.test(writer) ? writer : quote(writer)}]\n`}explains: [] # what follows from it: ids of rules, unit:NAME.service, outcome:emergency
explain: >-
  ${who} reported this failure.
  Say in two or three sentences what happened and why.
${reasonsOf(pieces)}fix:
  - do: Say what to do about it, first things first.
    risk: safe # caution, if it changes the system; destructive, if it can lose data
references: []
tests:
  match:
    - ${quote(entry.text.trim())}
    - ${quote(inAnotherForm(entry, anotherOf(pieces)))}
  ignore: # near misses: lines that look alike and mean something else
    - ${quote(near)}
    - ${quote(far)}
`;
}

/** Where the message ends in an error of the system, what that one means is a reason of its own. */
function reasonsOf(pieces: readonly Piece[]): string {
  const error = pieces.find(({name}) => name === 'error');
  if (error === undefined) return '';
  return `because: # the first that fits is added to the explanation; one without when is the default
  - when: {captures: {error: ${quote(error.text)}}}
    say: Say what this error means here.
`;
}

function describe(pieces: readonly Piece[]): string {
  const names = pieces.flatMap(({name}) => (name === null ? [] : [`{${name}}`]));
  return names.length === 0 ? 'It captures nothing.' : `Its captures: ${names.join(', ')}.`;
}

/** The message as a sentence, cut between words where it is too long. */
function titleOf(pieces: readonly Piece[]): string {
  const text = templateOf(pieces)
    .replace(/\s+/g, ' ')
    .replace(/[.!:]+$/, '')
    .trim();
  const words = text.split(' ');
  while (words.join(' ').length > longestTitle && words.length > 1) words.pop();
  const title = words.join(' ').slice(0, longestTitle);
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** A console's line becomes one of the journal, anything else one of a console. */
function inAnotherForm(entry: Entry, message: string, program = programOf(entry) ?? 'program'): string {
  const {kernel, text} = entry;
  const isConsole = /^\[ *\d+\.\d+\]/.test(text);
  // systemd of another number is the manager of a user.
  const tag = kernel ? '' : `${program}[${program === 'systemd' ? 1 : 312}]: `;
  return isConsole ? `Nov 22 21:07:08 host ${kernel ? 'kernel: ' : tag}${message}` : `[   12.345678] ${tag}${message}`;
}

/** Two lines that the rule must not match: its message broken off, and the same of another program or another that begins like it. */
function misses(entry: Entry, pieces: readonly Piece[]): [string, string] {
  const last = pieces.findLastIndex(({text, expression}) => expression === null && /\w/.test(text));
  const fixed = (pieces[last] as Piece).text;
  const blank = fixed.trimEnd().lastIndexOf(' ');
  const cut = blank >= 0 ? blank : Math.floor(fixed.length / 2);
  const before =
    pieces
      .slice(0, last)
      .map(({text}) => text)
      .join('') + fixed.slice(0, cut);
  const broken = before.trim() === '' ? fixed.slice(0, Math.ceil(fixed.length / 2)) : before;
  const writer = programOf(entry);
  if (!entry.kernel && writer !== null && !writer.startsWith('('))
    return [inAnotherForm(entry, broken.trimEnd()), inAnotherForm(entry, anotherOf(pieces), 'another')];
  const first = entry.message.trim().split(/\s+/)[0] as string;
  const harmless = ' reported nothing unusual';
  const other = new RegExp(expressionOf(pieces)).test(first + harmless) ? 'This' : first;
  return [inAnotherForm(entry, broken.trimEnd()), inAnotherForm(entry, other + harmless)];
}

/** A scalar of YAML in single quotes, which knows no escapes but for the quote itself. */
function quote(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}
