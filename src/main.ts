/** The program: what bin/run.js starts. */
import type {Command} from '@oclif/core/command';
import {run} from '@oclif/core/run';
import packageJson from '../package.json' with {type: 'json'};
import {withCommand} from './cli/arguments.js';
import {describeFailure} from './cli/failure.js';
import {printError} from './cli/terminal.js';
import Analyze from './commands/analyze.js';

export {startAnalysis} from './analyze.js';
export {openSource} from './intake/source.js';

/** The commands by id. oclif finds them here, by `oclif.commands` in package.json. */
export const COMMANDS: Record<string, Command.Class> = {analyze: Analyze};

/** What the other commands begin with. Their code is loaded when one of them is asked for: analyzing is what has to start quickly. */
export const otherWords = ['completion', 'explain', 'rules'];

/** Completes COMMANDS. */
export async function loadOtherCommands(): Promise<void> {
  const {otherCommands} = await import('./other-commands.js');
  Object.assign(COMMANDS, otherCommands);
}

type LoadOptions = Extract<Parameters<typeof run>[1], {root: string; pjson?: unknown}>;

/** Runs the command that the arguments name and sets the exit status. `root` is the directory of package.json. */
export async function main(args: readonly string[], root: string): Promise<void> {
  process.once('uncaughtException', error => {
    fail(error);
    process.exit();
  });
  try {
    const complete = withCommand(args, ['analyze', ...otherWords]);
    if (otherWords.includes(complete[0] as string)) await loadOtherCommands();
    await run(complete, {
      root,
      // Spare oclif what it would look for on disk at every start: package.json, and plugins, which we do not have.
      pjson: packageJson as unknown as NonNullable<LoadOptions['pjson']>,
      userPlugins: false,
      devPlugins: false,
    });
  } catch (error) {
    fail(error, args);
  }
}

function fail(error: unknown, args: readonly string[] = []): void {
  const {message, exitStatus} = describeFailure(error, {args, commands: [...Object.keys(COMMANDS), ...otherWords]});
  if (message !== '') printError(message);
  process.exitCode = exitStatus;
}
