import type {Confidence, Fix, Severity} from '../model/report.js';
import {fill, type Rule} from '../model/rule.js';
import {fence, label, prose} from './markdown-text.js';

export type Level = 'error' | 'warning' | 'note';

export const levels: Readonly<Record<Severity, Level>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** As GitHub's code scanning has it. */
const precisions: Readonly<Record<Confidence, string>> = {certain: 'very-high', likely: 'high', guess: 'medium'};

/** A reportingDescriptor (SARIF 2.1.0, section 3.49): what a rule knows, without a log. */
export function ruleDescriptor({id, title, severity, confidence, words}: Rule): object {
  const {explain, because, fix, references} = words();
  const name = plain(title);
  const reasons = because.map(({say}) => plain(say));
  const [reference] = references;
  return {
    id,
    name: nameOf(id),
    shortDescription: {text: name},
    fullDescription: {text: plain(explain) || name},
    ...(reference !== undefined && {helpUri: reference.url}),
    help: {
      text: paragraphs(
        plain(explain),
        ...reasons.map(reason => `- ${reason}`),
        ...fix.map(step => `* ${stepText(step)}`),
        ...references.map(each => `${each.title}: ${each.url}`),
      ),
      markdown: paragraphs(
        prose(plain(explain)),
        ...reasons.map(reason => `- ${prose(reason)}`),
        fix.length === 0 ? '' : '**What to do**',
        ...fix.map((step, index) => stepMarkdown(step, index)),
        ...references.map(each => `- [${label(each.title)}](${each.url})`),
      ),
    },
    defaultConfiguration: {level: levels[severity]},
    properties: {
      tags: ['boot', id.slice(0, id.indexOf('/'))],
      precision: precisions[confidence],
      'problem.severity': levels[severity] === 'note' ? 'recommendation' : levels[severity],
    },
  };
}

/** What stands in the place of a rule where none knows the failure and it was inferred. */
export function inferredDescriptor(id: string): object {
  const text =
    'No rule knows this failure. It was inferred from what systemd or the kernel said, and the first abnormal line is shown.';
  return {
    id,
    name: nameOf(id),
    shortDescription: {text: 'A failure that no rule knows'},
    fullDescription: {text},
    help: {text, markdown: text},
    defaultConfiguration: {level: 'error'},
    properties: {tags: ['boot', 'inferred'], precision: 'medium', 'problem.severity': 'error'},
  };
}

/** `ostree/no-init` becomes OstreeNoInit: a name in Pascal case, as section 3.49.7 wants it. */
function nameOf(id: string): string {
  return id.replace(/(?:^|[/-])([a-z\d])/g, (_all, letter: string) => letter.toUpperCase());
}

function plain(template: string): string {
  return fill(template, {}).replace(/\s+/g, ' ').trim();
}

function stepText({do: action, command, risk}: Fix): string {
  const words = `${plain(action)}${risk === 'safe' ? '' : ` (${risk})`}`;
  return command === undefined ? words : `${words} ${fill(command, {})}`;
}

function stepMarkdown({do: action, command, risk}: Fix, index: number): string {
  const words = `${index + 1}. ${prose(plain(action))}${risk === 'safe' ? '' : ` (${risk})`}`;
  if (command === undefined) return words;
  const lines = fence(fill(command, {}).split('\n'), 'sh').split('\n');
  return `${words}\n\n${lines.map(line => `   ${line}`).join('\n')}`;
}

function paragraphs(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('\n\n');
}
