import {string} from '@oclif/core/args';
import {Command} from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import {matchesIn} from '../../analyze.js';
import {matcherFor} from '../../authoring/check.js';
import {look} from '../../cli/output.js';
import {printError} from '../../cli/terminal.js';
import {fill, matchesGlob, type Rule} from '../../model/rule.js';
import {wrap} from '../../report/words.js';
import {loadRules} from '../../rules/packs.js';

export default class RulesList extends Command {
  static override summary = 'List what whyboot knows.';
  static override description =
    `Without words, all rules are listed; with words, those that have all of them in their id, title, explanation, fix or expressions.

On a terminal a rule takes two lines. Into a pipe it is one line of id, severity, role and title, with tabs between them.`;
  static override examples = [
    {description: 'What is known about OSTree?', command: '<%= config.bin %> <%= command.id %> --area ostree'},
    {
      description: 'Which rules speak of an EFI partition?',
      command: '<%= config.bin %> <%= command.id %> efi partition',
    },
    {
      description: 'Is this message known?',
      command:
        "<%= config.bin %> <%= command.id %> --matches 'EXT4-fs (sda2): bad geometry: block count 262144 exceeds size of device'",
    },
    {
      description: 'For a script',
      command: '<%= config.bin %> <%= command.id %> --severity fatal --json | jq -r .[].id',
    },
  ];

  static override args = {
    words: string({description: 'words to look for', multiple: true, ignoreStdin: true}),
  };

  static override flags = {
    area: Flags.string({
      helpValue: 'AREA',
      multiple: true,
      multipleNonGreedy: true,
      description: 'the first part of the id, such as ostree',
    }),
    severity: Flags.option({
      options: ['fatal', 'error', 'warning', 'info'] as const,
      multiple: true,
      multipleNonGreedy: true,
      description: 'this severity',
    })(),
    role: Flags.option({
      options: ['cause', 'symptom', 'noise', 'fact'] as const,
      multiple: true,
      multipleNonGreedy: true,
      description: 'this kind of rule',
    })(),
    matches: Flags.string({helpValue: 'LINE', description: 'rules that match this line of a log'}),
    rules: Flags.string({
      helpValue: 'DIR',
      multiple: true,
      multipleNonGreedy: true,
      description: 'the rules of this directory too',
    }),
    json: Flags.boolean({description: 'print the rules as JSON'}),
    color: Flags.boolean({allowNo: true, description: 'colour the list; by default only on a terminal'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RulesList);
    const rules = await loadRules(flags.rules ?? []);
    const matching = flags.matches === undefined ? null : await idsThatMatch(flags.matches, rules);
    const wanted = (args.words ?? []).map(word => word.toLowerCase());
    const found = rules
      .filter(({id}) => flags.area === undefined || flags.area.some(area => matchesGlob(`${area}/*`, id)))
      .filter(({severity}) => flags.severity === undefined || flags.severity.includes(severity))
      .filter(({role}) => flags.role === undefined || flags.role.includes(role))
      .filter(({id}) => matching === null || matching.has(id))
      .filter(rule => wanted.length === 0 || wanted.every(word => wordsOf(rule).includes(word)))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    if (flags.json) this.log(JSON.stringify(found.map(toJson), null, 2));
    else if (process.stdout.isTTY) this.show(found, rules.length, flags.color);
    else for (const {id, severity, role, title} of found) this.log([id, severity, role, fill(title, {})].join('\t'));
    if (found.length === 0 && flags.matches !== undefined)
      printError(`no rule knows this line; ${this.config.bin} rules new 'LINE' begins one`);
    process.exitCode = found.length === 0 ? 1 : 0;
  }

  private show(found: readonly Rule[], total: number, color: boolean | undefined): void {
    const {paint, columns} = look(color);
    for (const {id, severity, role, title} of found) {
      const kind = role === 'cause' ? severity : role;
      this.log(`${paint('cyan', id.padEnd(columns - 9))} ${paint(severity === 'fatal' ? 'red' : 'dim', kind)}`);
      for (const line of wrap(fill(title, {}), columns - 2)) this.log(`  ${line}`);
    }
    const count = found.length === total ? `${total} rules` : `${found.length} of ${total} rules`;
    this.log(paint('dim', `${found.length === 0 ? '' : '\n'}${count}; whyboot explain ID tells all about one`));
  }
}

async function idsThatMatch(line: string, rules: readonly Rule[]): Promise<Set<string>> {
  return new Set((await matchesIn(line, matcherFor(rules))).map(({rule}) => rule.id));
}

function wordsOf({id, title, match, words}: Rule): string {
  const {explain, because, fix} = words();
  const fixes = [...fix, ...because.flatMap(each => each.fix)].flatMap(each => [each.do, each.command ?? '']);
  const texts = match.flatMap(({text}) => (text === null ? [] : [text]));
  return [id, title, explain, ...because.map(({say}) => say), ...fixes, ...texts].join('\n').toLowerCase();
}

/** The rule without what only the scanner needs. */
function toJson({match, words, ...rule}: Rule): object {
  return {...rule, ...words(), match: match.map(({text, identifier, block}) => ({text, identifier, block}))};
}
