import {string} from '@oclif/core/args';
import {Command} from '@oclif/core/command';
import {commandSpecs, shells} from '../shell/commands.js';
import {completionScript} from '../shell/completion.js';

export default class Completion extends Command {
  static override summary = 'Print what makes a shell complete commands, options, rules and files.';
  static override description = 'Put the line for your shell into its startup file.';
  static override examples = [
    {description: 'bash, in ~/.bashrc', command: 'eval "$(<%= config.bin %> <%= command.id %> bash)"'},
    {description: 'zsh, in ~/.zshrc, after compinit', command: 'eval "$(<%= config.bin %> <%= command.id %> zsh)"'},
    {description: 'fish, in ~/.config/fish/config.fish', command: '<%= config.bin %> <%= command.id %> fish | source'},
  ];

  static override args = {
    shell: string({description: 'bash, zsh or fish', options: [...shells], required: true, ignoreStdin: true}),
  };

  async run(): Promise<void> {
    const {args} = await this.parse(Completion);
    const shell = shells.find(each => each === args.shell) ?? shells[0];
    process.stdout.write(completionScript(shell, commandSpecs(this.config.commands)));
  }
}
