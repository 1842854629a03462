import {closeSync, openSync, writeSync} from 'node:fs';
import {isatty} from 'node:tty';

const stdin = 0;
const stdout = 1;
const stderr = 2;
/** Of a report that does not go to a terminal. */
const defaultWidth = 100;
/** Characters. */
const writtenAtOnce = 1 << 16;

export function stdinIsTerminal(): boolean {
  return isatty(stdin);
}

/** Whether there is a terminal to draw on, and one to take keys from when the log comes in on standard input. */
export function hasScreen(env: NodeJS.ProcessEnv = process.env): boolean {
  if (!isatty(stdout) || !env['TERM'] || env['TERM'] === 'dumb') return false;
  if (isatty(stdin)) return true;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    // No controlling terminal: ENXIO.
    return false;
  }
}

/** Whether to colour standard output: the flag decides, then FORCE_COLOR, NO_COLOR and TERM=dumb, then what it is. */
export function wantsColor(flag: boolean | undefined, env: NodeJS.ProcessEnv = process.env): boolean {
  if (flag !== undefined) return flag;
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  return isatty(stdout);
}

export function outputWidth(): number {
  return process.stdout.columns ?? defaultWidth;
}

/** Writes parts of a text on standard output. */
export function writeParts(parts: Iterable<string>): void {
  for (const part of gathered(parts)) process.stdout.write(part);
}

/** Ends the program, silently, once nobody reads its output any more: a stream would go on for ever. */
export function endWithReader(): void {
  process.stdout.once('error', () => process.exit());
}

/** The same text in fewer parts, none of them tiny. */
export function* gathered(parts: Iterable<string>): Generator<string> {
  let waiting = '';
  for (const part of parts) {
    waiting += part;
    if (waiting.length < writtenAtOnce) continue;
    yield waiting;
    waiting = '';
  }
  if (waiting !== '') yield waiting;
}

/** Prints a line on standard error. A standard error that nobody reads is no reason to fail. */
export function printError(message: string): void {
  try {
    writeSync(stderr, `${message}\n`);
  } catch {
    // The reader has gone.
  }
}
