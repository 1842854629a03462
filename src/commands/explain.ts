import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {string} from '@oclif/core/args';
import {Command} from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import {look} from '../cli/output.js';
import {closest} from '../closest.js';
import {UsageError} from '../model/errors.js';
import type {Rule} from '../model/rule.js';
import {renderPageMarkdown} from '../reference/markdown.js';
import type {Page} from '../reference/page.js';
import {rulePage} from '../reference/rule-page.js';
import {findTerm, loadTerms, namesOf, type Term, termPage} from '../reference/terms.js';
import {renderPageText} from '../reference/text.js';
import {wrap} from '../report/words.js';
import {type LoadedRule, loadRuleDirectory, parseRule} from '../rules/load.js';
import {loadRules} from '../rules/packs.js';

export default class Explain extends Command {
  static override summary = 'Explain a rule, or a term of the trade.';
  static override description =
    `A rule is named by its id, as reports print it, or by the last part of the id. Terms are the words that boot logs and this program use: stateroot, switch root, 203/EXEC, SIGKILL, start-limit-hit, emergency.target … Without a name, all terms are listed.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> ostree/sysroot-directory-missing',
    '<%= config.bin %> <%= command.id %> deployment',
    '<%= config.bin %> <%= command.id %> 203',
    '<%= config.bin %> <%= command.id %> switch root',
    {
      description: 'For a ticket or a wiki',
      command: '<%= config.bin %> <%= command.id %> --format markdown storage/no-space-left',
    },
  ];

  static override args = {
    name: string({description: 'id of a rule, or a term', multiple: true, ignoreStdin: true}),
  };

  static override flags = {
    format: Flags.option({options: ['text', 'markdown'] as const, default: 'text', description: 'how to print it'})(),
    rules: Flags.string({
      helpValue: 'DIR',
      multiple: true,
      multipleNonGreedy: true,
      description: 'know the rules of this directory too',
    }),
    color: Flags.boolean({allowNo: true, description: 'colour the text; by default only on a terminal'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Explain);
    const name = (args.name ?? []).join(' ');
    const terms = await loadTerms(path.join(this.config.root, 'terms'));
    const seen = look(flags.color);
    if (name === '') {
      process.stdout.write(listOf(terms, seen.columns));
      return;
    }
    const page = await this.pageOf(name, terms, flags.rules ?? []);
    process.stdout.write(
      flags.format === 'markdown' ? renderPageMarkdown(page, {level: 2}) : renderPageText(page, seen),
    );
  }

  private async pageOf(name: string, terms: readonly Term[], directories: readonly string[]): Promise<Page> {
    const rules = await loadRules(directories);
    const id = idOf(name, rules);
    if (id !== undefined) {
      const {content} = await this.load(id, directories);
      return rulePage(id, content, rules);
    }
    const term = findTerm(name, terms);
    if (term !== undefined) return withRules(termPage(term), name, rules);
    const names = [...rules.map(rule => rule.id), ...rules.map(rule => lastPart(rule.id)), ...namesOf(terms)];
    const near = closest(name, names);
    throw new UsageError(`nothing is known of “${name}”${near === undefined ? '' : `; did you mean ${near}?`}`, {
      hint: 'whyboot rules list and whyboot explain show what there is',
    });
  }

  /** The rule's file: the last folder that has one wins, as in an analysis. */
  private async load(id: string, directories: readonly string[]): Promise<LoadedRule> {
    for (const directory of directories.toReversed()) {
      const rule = (await loadRuleDirectory(directory)).find(each => each.id === id);
      if (rule !== undefined) return rule;
    }
    const file = path.join(this.config.root, 'rules', `${id}.yaml`);
    const rule = parseRule(await readFile(file, 'utf8'), {file, id}, []);
    if (rule === null) throw new Error(`${file} is not the rule that was built in`);
    return rule;
  }
}

/** Where the name is an area of rules, how to see them. */
function withRules(page: Page, name: string, rules: readonly Rule[]): Page {
  const area = name.toLowerCase().replace(/\s+/g, '-');
  const count = rules.filter(({id}) => id.startsWith(`${area}/`)).length;
  if (count === 0) return page;
  const text = `${count} rules are about it: whyboot rules list --area ${area}`;
  return {...page, sections: [...page.sections, {heading: 'Rules', blocks: [{kind: 'text', text}]}]};
}

/** By its id, or by the last part where that is enough. */
function idOf(name: string, rules: readonly Rule[]): string | undefined {
  const ids = rules.map(({id}) => id);
  if (ids.includes(name)) return name;
  const short = ids.filter(id => lastPart(id) === name);
  return short.length === 1 ? short[0] : undefined;
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function listOf(terms: readonly Term[], columns: number): string {
  const kinds = [...new Set(terms.map(({kind}) => kind))];
  return kinds
    .map(kind => {
      const names = terms.filter(term => term.kind === kind).map(({term}) => term);
      return [kind, ...wrap(names.join(', '), columns - 2).map(line => `  ${line}`), ''].join('\n');
    })
    .join('\n');
}
