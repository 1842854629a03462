import {openSync, writeSync} from 'node:fs';
import {isatty, ReadStream} from 'node:tty';

const stdin = 0;
const stdout = 1;
const mouseOn = '\x1b[?1000h\x1b[?1006h';
const mouseOff = '\x1b[?1006l\x1b[?1000l';
const enter = `\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H${mouseOn}`;
const leave = `\x1b[?2026l${mouseOff}\x1b[0m\x1b[?25h\x1b[?1049l`;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

export interface Terminal {
  readonly keys: ReadStream;
  readonly size: {readonly rows: number; readonly columns: number};
  write(text: string): void;
  onResize(listener: () => void): void;
  /** Gives the terminal back, stops the job as Ctrl-Z would, and takes the terminal again on `fg`. */
  suspend(): Promise<void>;
  close(): void;
}

/** Takes the terminal over. Every way out (return, throw, signal, exit) gives it back as it was. */
export function openTerminal(): Terminal {
  const owned = !isatty(stdin);
  const keys = owned ? new ReadStream(openSync('/dev/tty', 'r')) : (process.stdin as ReadStream);
  let entered = false;
  const write = (text: string): void => {
    try {
      writeAll(text);
    } catch {
      // The terminal is gone (SIGHUP, EIO): there is nothing left to show or to restore.
    }
  };
  const takeOver = (): void => {
    entered = true;
    write(enter);
  };
  const giveBack = (): void => {
    if (!entered) return;
    entered = false;
    try {
      keys.setRawMode(false);
    } catch {
      // As above.
    }
    write(leave);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    giveBack();
    release();
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
    process.off('exit', giveBack);
    process.off('uncaughtException', giveBack);
  };
  for (const signal of signals) process.on(signal, onSignal);
  process.on('exit', giveBack);
  // First of all, so that what is said about a crash stays on the screen.
  process.prependListener('uncaughtException', giveBack);
  takeOver();
  return {
    keys,
    get size() {
      return {rows: process.stdout.rows || 24, columns: process.stdout.columns || 80};
    },
    // Whoever unmounts late, as Ink does at the exit of the process, must not draw on the user's shell.
    write(text) {
      if (entered) write(text);
    },
    onResize: listener => process.stdout.on('resize', listener),
    async suspend() {
      giveBack();
      const resumed = new Promise<void>(resolve => process.once('SIGCONT', () => resolve()));
      // A listener alone does not keep the process.
      const alive = setInterval(() => {}, 1 << 30);
      process.kill(0, 'SIGTSTP');
      await resumed;
      clearInterval(alive);
      takeOver();
    },
    close() {
      giveBack();
      release();
      process.stdout.removeAllListeners('resize');
      if (owned) keys.destroy();
      else keys.unref();
    },
  };
}

/** A terminal that is slow to read takes a part only. */
function writeAll(text: string): void {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(stdout, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
