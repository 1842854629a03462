import {RuleFileError, WhybootError} from '../model/errors.js';

export interface Failure {
  /** What to print on standard error; empty where there is nothing to say. */
  readonly message: string;
  readonly exitStatus: number;
}

const usage = 2;
const bug = 70;

/** What to tell the user about something that was thrown: one line, and never a stack trace. */
export function describeFailure(error: unknown): Failure {
  // Rule problems stand alone on their lines, so that an editor can jump to them.
  if (error instanceof RuleFileError) return {message: error.message, exitStatus: error.exitStatus};
  if (error instanceof WhybootError) {
    const hint = error.hint === undefined ? '' : ` (${error.hint})`;
    return {message: `whyboot: ${error.message}${hint}`, exitStatus: error.exitStatus};
  }
  if (isOclifError(error)) return describeOclifError(error);
  return {message: describeBug(error), exitStatus: bug};
}

/** An error of the argument parser, or the way in which oclif leaves a command. */
interface OclifError extends Error {
  readonly code?: string;
  readonly oclif: {readonly exit?: number | false};
}

function isOclifError(error: unknown): error is OclifError {
  return error instanceof Error && 'oclif' in error;
}

function describeOclifError(error: OclifError): Failure {
  const exitStatus = typeof error.oclif.exit === 'number' ? error.oclif.exit : usage;
  if (error.code === 'EEXIT') return {message: '', exitStatus};
  const what = error.message
    .replace(/\nSee more help with --help$/, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  return {message: `whyboot: ${lowerFirst(what)} (see whyboot --help)`, exitStatus};
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function describeBug(error: unknown): string {
  if (process.env['WHYBOOT_DEBUG'] && error instanceof Error) return error.stack ?? error.message;
  const what = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return `whyboot: internal error: ${what}. This is a bug in whyboot: please report it with what WHYBOOT_DEBUG=1 prints.`;
}
