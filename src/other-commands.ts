import type {Command} from '@oclif/core/command';
import RulesCheck from './commands/rules/check.js';

/** The commands besides `analyze`, by id. Loaded when one of them is asked for. */
export const otherCommands: Readonly<Record<string, Command.Class>> = {
  'rules:check': RulesCheck,
};
