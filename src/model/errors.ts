/** What a user can cause and mend. Each says in one line what is wrong; anything else that is thrown is a bug of ours. */
export class WhybootError extends Error {
  readonly exitStatus: number;
  /** What to do about it, where that is not plain from the message. */
  readonly hint?: string;

  constructor(message: string, exitStatus: number, options: WhybootErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause});
    this.name = new.target.name;
    this.exitStatus = exitStatus;
    if (options.hint !== undefined) this.hint = options.hint;
  }
}

export interface WhybootErrorOptions {
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The input could not be read. */
export class InputError extends WhybootError {
  constructor(message: string, options?: WhybootErrorOptions) {
    super(message, 3, options);
  }
}

/** A report could not be written. */
export class OutputError extends WhybootError {
  constructor(message: string, options?: WhybootErrorOptions) {
    super(message, 3, options);
  }
}

/** The command was called with arguments that make no sense. */
export class UsageError extends WhybootError {
  constructor(message: string, options?: WhybootErrorOptions) {
    super(message, 2, options);
  }
}

/** A place in a rule file and what to write instead. Line and column are 1-based. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Rule files that cannot be used; every problem found in them, not only the first. */
export class RuleFileError extends WhybootError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: WhybootErrorOptions) {
    super(problems.map(formatProblem).join('\n'), 2, options);
    this.problems = problems;
  }
}

/** `file:line:column: message`, as compilers and editors write it. */
export function formatProblem({file, line, column, message}: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}
