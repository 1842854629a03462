import {didYouMean} from '../closest.js';
import {InputError, RuleFileError, WhybootError} from '../model/errors.js';

export interface Failure {
  /** What to print on standard error; empty where there is nothing to say. */
  readonly message: string;
  readonly exitStatus: number;
}

const usage = 2;
const bug = 70;

/** What was called, for a guess at what was meant. `commands`: ids, `rules:list`. */
export interface Called {
  readonly args: readonly string[];
  readonly commands: readonly string[];
}

/** What to tell the user about something that was thrown: one line, and never a stack trace. */
export function describeFailure(error: unknown, called: Called = {args: [], commands: []}): Failure {
  // Rule problems stand alone on their lines, so that an editor can jump to them.
  if (error instanceof RuleFileError) return {message: error.message, exitStatus: error.exitStatus};
  if (error instanceof WhybootError) {
    const hint = error.hint === undefined ? '' : ` (${error.hint})`;
    const near = error instanceof InputError ? nearCommand(called) : '';
    return {message: `whyboot: ${error.message}${near}${hint}`, exitStatus: error.exitStatus};
  }
  if (isOclifError(error)) return describeOclifError(error, called);
  return {message: describeBug(error), exitStatus: bug};
}

/** An error of the argument parser, or the way in which oclif leaves a command. */
interface OclifError extends Error {
  readonly code?: string;
  /** Flags that there are not, and those that the command has. */
  readonly flags?: readonly string[];
  readonly parse?: {readonly input?: {readonly flags?: Readonly<Record<string, unknown>>}};
  readonly oclif: {readonly exit?: number | false};
}

function isOclifError(error: unknown): error is OclifError {
  return error instanceof Error && 'oclif' in error;
}

function describeOclifError(error: OclifError, {commands}: Called): Failure {
  const exitStatus = typeof error.oclif.exit === 'number' ? error.oclif.exit : usage;
  if (error.code === 'EEXIT') return {message: '', exitStatus};
  const what = error.message
    .replace(/\nSee more help with --help$/, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const [, wrong] = /^command (\S+) not found$/.exec(what) ?? [];
  if (wrong !== undefined) {
    const near = didYouMean(wrong, commands).replace(':', ' ');
    return {message: `whyboot: there is no command ${wrong.replace(':', ' ')}${near} (see whyboot --help)`, exitStatus};
  }
  return {message: `whyboot: ${lowerFirst(what)}${nearFlag(error)} (see whyboot --help)`, exitStatus};
}

/** A first word that is no file may be meant as a command. */
function nearCommand({args: [first = ''], commands}: Called): string {
  if (!/^[a-z]{3,}$/.test(first)) return '';
  return didYouMean(first, [...new Set(commands.map(id => id.split(':')[0] as string))]).replace(
    'mean ',
    'mean whyboot ',
  );
}

function nearFlag({flags, parse}: OclifError): string {
  const [wrong] = Array.isArray(flags) ? flags : [];
  if (wrong === undefined || !wrong.startsWith('--')) return '';
  const known = Object.keys(parse?.input?.flags ?? {}).map(name => `--${name}`);
  return didYouMean(wrong, [...known, '--help', '--version']);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function describeBug(error: unknown): string {
  if (process.env['WHYBOOT_DEBUG'] && error instanceof Error) return error.stack ?? error.message;
  const what = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return `whyboot: internal error: ${what}. This is a bug in whyboot: please report it with what WHYBOOT_DEBUG=1 prints.`;
}
