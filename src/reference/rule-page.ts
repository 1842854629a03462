import {fill, matchesGlob, type Rule} from '../model/rule.js';
import type {RuleFile, TestLine} from '../rules/schema.js';
import type {Block, Page, Section, Step} from './page.js';

const roles: Readonly<Record<RuleFile['role'], string>> = {
  cause: 'a cause',
  symptom: 'a symptom: it points away from the cause, and is blamed only when nothing explains it',
  noise: 'harmless: it is never shown',
  fact: 'a fact: it is never shown, and only there for the conditions of other rules',
};

const maxExamples = 3;
const maxOrigins = 12;

/** All that a rule knows, in the order in which somebody reads who met it. `all` are the rules that it is used with. */
export function rulePage(id: string, rule: RuleFile, all: readonly Rule[]): Page {
  return {
    title: plain(rule.title),
    facts: [id, rule.severity, roles[rule.role], ...(rule.role === 'cause' ? [rule.confidence] : [])],
    sections: [
      section('', rule.explain === '' ? [] : [text(plain(rule.explain))]),
      section('How to tell the usual causes apart', rule.because.flatMap(reason)),
      section('What to do', rule.fix.length === 0 ? [] : [{kind: 'steps', steps: rule.fix.map(step)}]),
      section('What it looks like', [...examples(rule), ...writers(rule)]),
      section('It counts only when', conditions(rule.when).map(text)),
      section('What follows from it', consequences(rule)),
      section('What can lead to it', origins(id, all)),
      section('Read more', rule.references.length === 0 ? [] : [{kind: 'links', links: rule.references}]),
    ].filter(({blocks}) => blocks.length > 0),
  };
}

function section(heading: string, blocks: readonly Block[]): Section {
  return {heading, blocks};
}

function text(words: string): Block {
  return {kind: 'text', text: words};
}

/** Without a log there are no captures: their defaults, or their names in capitals. */
function plain(template: string): string {
  return fill(template, {}).replace(/\s+/g, ' ').trim();
}

function step({do: action, command, risk}: RuleFile['fix'][number]): Step {
  return {
    text: `${plain(action)}${risk === 'safe' ? '' : ` (${risk})`}`,
    ...(command !== undefined && {command: fill(command, {})}),
  };
}

function reason({when, say, fix}: RuleFile['because'][number]): Block[] {
  const condition = conditions(when)
    .map(sentence => lowerFirst(sentence.replace(/\.$/, '')))
    .join(', and ');
  const words = condition === '' ? `Otherwise: ${plain(say)}` : `If ${condition}: ${plain(say)}`;
  return [text(words), ...(fix.length === 0 ? [] : [{kind: 'steps' as const, steps: fix.map(step)}])];
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function examples({tests}: RuleFile): Block[] {
  const lines = tests.match.slice(0, maxExamples).map(lineOf);
  return lines.length === 0 ? [] : [{kind: 'log', lines: lines.flatMap(line => line.trimEnd().split('\n'))}];
}

function lineOf(test: TestLine): string {
  return typeof test === 'string' ? test : test.line;
}

function writers({match}: RuleFile): Block[] {
  const programs = [...new Set(match.flatMap(({program}) => (program === undefined ? [] : [program])))];
  return programs.length === 0 ? [] : [text(`Printed by ${programs.join('; ')}.`)];
}

/** Conditions as sentences. */
function conditions(when: RuleFile['when']): string[] {
  if (when === undefined) return [];
  const {phase, unit, captures, commandLine, seen, before, absent, outcome} = when;
  return [
    phase && `The line stands in ${anyOf(phase.map(name => (name === 'kernel' ? 'the kernel' : name)))}.`,
    unit && `It is of unit ${anyOf(unit.map(quoted))}.`,
    ...Object.entries(captures ?? {}).map(([name, source]) => `The message has \`${source}\` as its ${name}.`),
    commandLine?.has && `The kernel command line matches \`${commandLine.has}\`.`,
    commandLine?.lacks && `The kernel command line does not match \`${commandLine.lacks}\`.`,
    seen && `The boot shows ${anyOf(seen.map(quoted))} too.`,
    before && `${anyOf(before.map(quoted))} came before it.`,
    absent && `The boot shows ${absent.length === 1 ? 'no' : 'neither'} ${anyOf(absent.map(quoted), 'nor')}.`,
    outcome && `The boot ended in ${anyOf(outcome)}.`,
  ].filter(sentence => typeof sentence === 'string');
}

function quoted(name: string): string {
  return `\`${name}\``;
}

/** `a, b or c` */
function anyOf(names: readonly string[], word = 'or'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

function consequences({explains}: RuleFile): Block[] {
  const rules = explains.filter(pattern => !/^(?:unit|outcome):/.test(pattern));
  const units = explains.flatMap(pattern => (pattern.startsWith('unit:') ? [pattern.slice(5)] : []));
  const outcomes = explains.flatMap(pattern => (pattern.startsWith('outcome:') ? [pattern.slice(8)] : []));
  return [
    ...(rules.length === 0 ? [] : [{kind: 'names' as const, names: rules}]),
    ...(units.length === 0 ? [] : [text(`Units that fail of it: ${units.map(quoted).join(', ')}.`)]),
    ...(outcomes.length === 0 ? [] : [text(`The boot can end in ${anyOf(outcomes)}.`)]),
  ];
}

function origins(id: string, all: readonly Rule[]): Block[] {
  const names = all
    .filter(rule => rule.id !== id && rule.explains.some(pattern => matchesGlob(pattern, id)))
    .map(rule => rule.id)
    .sort();
  if (names.length === 0) return [];
  const more = names.length - maxOrigins;
  return [{kind: 'names', names: names.slice(0, maxOrigins)}, ...(more > 0 ? [text(`And ${more} more.`)] : [])];
}
