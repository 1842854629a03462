import {writeSync} from 'node:fs';
import {isatty} from 'node:tty';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
/** Of a report that does not go to a terminal. */
const DEFAULT_WIDTH = 100;

export function stdinIsTerminal(): boolean {
  return isatty(STDIN);
}

/** Whether to colour standard output: the flag decides, then FORCE_COLOR, NO_COLOR and TERM=dumb, then what it is. */
export function wantsColor(flag: boolean | undefined, env: NodeJS.ProcessEnv = process.env): boolean {
  if (flag !== undefined) return flag;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  return isatty(STDOUT);
}

export function outputWidth(): number {
  return process.stdout.columns ?? DEFAULT_WIDTH;
}

/** Prints a line on standard error. A standard error that nobody reads is no reason to fail. */
export function printError(message: string): void {
  try {
    writeSync(STDERR, `${message}\n`);
  } catch {
    // The reader has gone.
  }
}
