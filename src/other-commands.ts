import type {Command} from '@oclif/core/command';
import Completion from './commands/completion.js';
import Explain from './commands/explain.js';
import RulesCheck from './commands/rules/check.js';
import RulesList from './commands/rules/list.js';
import RulesNew from './commands/rules/new.js';
import RulesTest from './commands/rules/test.js';

/** The commands besides `analyze`, by id. Loaded when one of them is asked for. */
export const otherCommands: Readonly<Record<string, Command.Class>> = {
  completion: Completion,
  explain: Explain,
  'rules:check': RulesCheck,
  'rules:list': RulesList,
  'rules:new': RulesNew,
  'rules:test': RulesTest,
};
