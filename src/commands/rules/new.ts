import {access, mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {string} from '@oclif/core/args';
import {Command} from '@oclif/core/command';
import * as Flags from '@oclif/core/flags';
import {type Proposal, proposeRule} from '../../authoring/propose.js';
import {printError, stdinIsTerminal} from '../../cli/terminal.js';
import {UsageError} from '../../model/errors.js';
import {loadRules} from '../../rules/packs.js';

export default class RulesNew extends Command {
  static override summary = 'Begin a rule from a line of a log.';
  static override description =
    `The fixed words of the message become the expression; numbers, paths, devices, units and ids become captures. What is written passes the check. What it means and what to do about it is left to you.

A line that a rule knows already is refused: add what is missing to that rule, or write one of the same id in a folder of your own, which takes its place.`;
  static override examples = [
    {
      description: 'Write rules/acmed/licence-expired-on.yaml',
      command: "<%= config.bin %> <%= command.id %> 'acmed[411]: licence /etc/acme.lic expired on 2026-11-01'",
    },
    {
      description: 'Choose the id and the folder',
      command: "<%= config.bin %> <%= command.id %> --id acme/licence-expired --dir our-rules 'acmed[411]: licence …'",
    },
    {
      description: 'Only look at it',
      command: 'journalctl -b -p err | grep -m1 acmed | <%= config.bin %> <%= command.id %> --print',
    },
  ];

  static override args = {
    line: string({
      description: 'the line as it stands in the log, in quotes; - or nothing is standard input',
      ignoreStdin: true,
    }),
  };

  static override flags = {
    id: Flags.string({
      helpValue: 'AREA/NAME',
      description: 'id of the rule; by default made of the program and the message',
    }),
    dir: Flags.string({helpValue: 'DIR', default: 'rules', description: 'folder of the rules'}),
    print: Flags.boolean({description: 'print the rule and write nothing'}),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RulesNew);
    const {id} = flags;
    if (id !== undefined && !/^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*)+$/.test(id))
      throw new UsageError(`${id} is no id for a rule`, {hint: 'write AREA/NAME in small letters, digits and hyphens'});
    const folders = (await exists(flags.dir)) ? [flags.dir] : [];
    const proposal = await proposeRule(await lineOf(args.line), {
      rules: await loadRules(folders),
      ...(id !== undefined && {id}),
    });
    const [known] = proposal.known;
    if (known !== undefined)
      throw new UsageError(`${known.id} knows this line already`, {hint: `whyboot explain ${known.id}`});
    if (flags.print) process.stdout.write(proposal.yaml);
    else await this.write(proposal, flags.dir);
  }

  private async write({id, yaml}: Proposal, directory: string): Promise<void> {
    const file = path.join(directory, `${id}.yaml`);
    await mkdir(path.dirname(file), {recursive: true});
    try {
      await writeFile(file, yaml, {flag: 'wx'});
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new UsageError(`${file} is there already`, {hint: 'choose another --id'});
    }
    this.log(file);
    printError(`Say what it means and what to do, then: whyboot rules check ${directory}`);
  }
}

async function lineOf(argument: string | undefined): Promise<string> {
  if (argument !== undefined && argument !== '-') return argument;
  if (argument === undefined && stdinIsTerminal())
    throw new UsageError('which line?', {hint: "whyboot rules new 'LINE OF A LOG'"});
  const lines = (await text(process.stdin)).split('\n');
  const line = lines.find(each => each.trim() !== '');
  if (line === undefined) throw new UsageError('standard input holds no line');
  return line;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
