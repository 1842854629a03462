import path from 'node:path';
import {string} from '@oclif/core/args';
import {Command} from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import {type RuleResult, testRules} from '../../authoring/test-rules.js';
import {look} from '../../cli/output.js';
import {printError} from '../../cli/terminal.js';
import {formatProblem} from '../../model/errors.js';
import {count} from '../../report/words.js';
import {builtinRules} from '../../rules/builtin.js';

export default class RulesTest extends Command {
  static override summary = 'Run the tests inside rule files.';
  static override description =
    `A rule must match the lines of its tests.match and leave those of tests.ignore alone, and the captures of tests.boots must be diagnosed as they say. The built-in rules are in use beside those of the folder.

What fails is told in one line each, FILE:LINE:COLUMN first. Exit status: 0 when all tests hold, 2 when one fails.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> our-rules --samples our-captures',
    "<%= config.bin %> <%= command.id %> --only 'ostree/*' --verbose",
  ];

  static override args = {
    dir: string({description: 'folder with rule files', default: 'rules', ignoreStdin: true}),
  };

  static override flags = {
    only: Flags.string({
      helpValue: 'ID',
      multiple: true,
      multipleNonGreedy: true,
      description: 'only this rule; * at the end is a wildcard',
    }),
    samples: Flags.string({
      helpValue: 'DIR',
      description: 'folder with the captures of tests.boots; by default samples, beside the rules',
    }),
    verbose: Flags.boolean({char: 'v', description: 'list every rule'}),
    json: Flags.boolean({description: 'print the results as JSON'}),
    color: Flags.boolean({allowNo: true, description: 'colour the list; by default only on a terminal'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RulesTest);
    const {paint} = look(flags.color);
    const results: RuleResult[] = [];
    for await (const result of testRules(args.dir, {
      beside: builtinRules(),
      samples: flags.samples ?? path.join(path.dirname(path.resolve(args.dir)), 'samples'),
      ...(flags.only !== undefined && {only: flags.only}),
    })) {
      results.push(result);
      if (flags.json) continue;
      const {id, lines, boots, problems} = result;
      if (flags.verbose) {
        const mark = problems.length === 0 ? paint('green', '✔') : paint('red', '✖');
        this.log(
          `${mark} ${id} ${paint('dim', `${count(lines, 'line')}${boots === 0 ? '' : `, ${count(boots, 'boot')}`}`)}`,
        );
      }
      for (const problem of problems) printError(formatProblem(problem));
    }
    if (flags.json) this.log(JSON.stringify(results, null, 2));
    else this.log(summaryOf(results));
    process.exitCode = results.some(({problems}) => problems.length > 0) ? 2 : 0;
  }
}

function summaryOf(results: readonly RuleResult[]): string {
  const sum = (part: (result: RuleResult) => number): number =>
    results.reduce((total, result) => total + part(result), 0);
  const tests = [
    count(results.length, 'rule'),
    count(
      sum(({lines}) => lines),
      'line',
    ),
    count(
      sum(({boots}) => boots),
      'boot',
    ),
  ].join(', ');
  const failed = sum(({problems}) => problems.length);
  return `${tests}: ${failed === 0 ? 'all hold' : `${failed} failed`}`;
}
