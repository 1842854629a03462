import {string} from '@oclif/core/args';
import {Command} from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import {checkRules} from '../../authoring/check.js';
import {printError} from '../../cli/terminal.js';
import {formatProblem} from '../../model/errors.js';
import {count} from '../../report/words.js';
import {builtinRules} from '../../rules/builtin.js';

export default class RulesCheck extends Command {
  static override summary = 'Look for mistakes in rule files.';
  static override description =
    `Tells of each problem in one line, as compilers do: FILE:LINE:COLUMN: what is wrong; what to write instead.

It looks at the form of the files, ids that are taken, expressions that are broken, slow or without a fixed part, captures that nothing captures, follow-ons and conditions that name no rule, rules that explain each other, rules that match the same line, and runs the lines of the tests. A folder of your own is checked together with the built-in rules.

Exit status: 0 without problems, 2 with problems.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> our-rules',
    '<%= config.bin %> <%= command.id %> --json our-rules | jq -r .problems[].message',
  ];

  static override args = {
    dir: string({description: 'folder with rule files', default: 'rules', ignoreStdin: true}),
  };

  static override flags = {
    json: Flags.boolean({description: 'print the problems as JSON'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RulesCheck);
    const {problems, rules, lines} = await checkRules(args.dir, {beside: builtinRules()});
    if (flags.json) this.log(JSON.stringify({rules, lines, problems}, null, 2));
    else {
      for (const problem of problems) printError(formatProblem(problem));
      this.log(
        `${args.dir}: ${count(rules, 'rule')}, ${count(lines, 'test line')}, ${problems.length === 0 ? 'no problems' : count(problems.length, 'problem')}`,
      );
    }
    process.exitCode = problems.length === 0 ? 0 : 2;
  }
}
