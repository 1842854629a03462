import {type Problem, RuleFileError} from '../model/errors.js';
import type {Condition, Rule, RuleWords, Variant} from '../model/rule.js';
import {deriveLiterals} from './literals.js';
import {type LoadedRule, loadRuleDirectory} from './load.js';
import {expressionsIn, type RuleFile} from './schema.js';

/** Rules as they are shipped: plain JSON. */
export interface CompiledRules {
  readonly rules: readonly Rule[];
}

/** Throws RuleFileError with every problem found in the folder's rules. */
export async function compileRuleDirectory(directory: string): Promise<CompiledRules> {
  return compileRules(await loadRuleDirectory(directory));
}

/** Throws RuleFileError for an expression that is broken or that no literal can be derived from. */
export function compileRules(loaded: readonly LoadedRule[]): CompiledRules {
  const {rules, problems} = tryToCompile(loaded);
  if (problems.length > 0) throw new RuleFileError(problems);
  return {rules};
}

/** The rules that can be used, and what is wrong with the others. */
export function tryToCompile(loaded: readonly LoadedRule[]): CompiledRules & {readonly problems: readonly Problem[]} {
  const problems: Problem[] = [];
  const rules = loaded.flatMap(rule => {
    const before = problems.length;
    const compiled = compileRule(rule, problems);
    return problems.length > before ? [] : [compiled];
  });
  return {rules, problems};
}

function compileRule({id, file, content, place}: LoadedRule, problems: Problem[]): Rule {
  const complain = (path: (string | number)[], message: string): void =>
    void problems.push({file, ...place(path), message});
  for (const [path, source] of expressionsIn(content)) {
    const broken = whatIsWrong(source);
    if (broken !== null) complain([...path], broken);
  }
  const words = wordsOf(content);
  return {
    id,
    title: content.title,
    severity: content.severity,
    role: content.role,
    confidence: content.confidence,
    match: content.match.map((variant, index) =>
      compileVariant(variant, message => complain(['match', index, 'text'], message)),
    ),
    key: content.key,
    when: (content.when as Condition | undefined) ?? null,
    explains: content.explains,
    ...(content.symptomOf.length > 0 && {symptomOf: content.symptomOf}),
    words: () => words,
  };
}

function wordsOf({explain, because, fix, references}: RuleFile): RuleWords {
  return {
    explain: explain.trim(),
    because: because.map(({when, say, fix}) => ({
      when: (when as Condition | undefined) ?? null,
      say: say.trim(),
      fix: fix as RuleWords['fix'],
    })),
    fix: fix as RuleWords['fix'],
    references,
  };
}

function compileVariant(variant: RuleFile['match'][number], complain: (message: string) => void): Variant {
  const {text = null, identifier = null, block = null} = variant;
  const shape = {text, identifier, block};
  if (text === null) {
    if (block === null) complain('a variant needs `text`, or `block` for a kernel report');
    return {...shape, literals: []};
  }
  const broken = whatIsWrong(text);
  if (broken !== null) complain(broken);
  if (broken !== null || block !== null) return {...shape, literals: []};
  const literals = variant.literals ?? deriveLiterals(text);
  if (literals === null)
    complain('no fixed part of at least 10 characters that every match contains; make one, or list `literals`');
  return {...shape, literals: literals ?? []};
}

function whatIsWrong(source: string): string | null {
  try {
    new RegExp(source);
    return null;
  } catch (error) {
    return `not a regular expression: ${(error as Error).message.replace(/^Invalid regular expression: /, '')}`;
  }
}
