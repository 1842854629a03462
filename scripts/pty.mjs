// A program in a real pseudo-terminal, and what that terminal shows: script(1) has the pseudo-terminal, xterm draws.
import {spawn} from 'node:child_process';
import xterm from '@xterm/headless';

/**
 * Starts a shell command. `until` waits for what the screen shows; `press` types; `end` waits for the end of the
 * command, and ends it where it does not end by itself.
 */
export function openPty({command, columns, rows, cwd, env = {}, patienceMs = 60_000}) {
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
  const {NO_COLOR: _no, FORCE_COLOR: _force, ...inherited} = process.env;
  const child = spawn('script', ['-qfec', `stty rows ${rows} cols ${columns}; exec ${command}`, '/dev/null'], {
    cwd,
    env: {...inherited, TERM: 'xterm-256color', ...env},
    // It says there that it ends what it is told to end.
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const listeners = new Set();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  let bytes = 0;
  child.stdout.on('data', chunk => {
    bytes += chunk.length;
    terminal.write(chunk, tell);
  });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // What is typed after its end is lost, as in any terminal.
  child.stdin.on('error', () => {});
  const lines = () =>
    Array.from({length: rows}, (_each, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '');
  return {
    terminal,
    lines,
    pid: child.pid,
    /** How much the program has written. */
    written: () => bytes,
    press: text => child.stdin.write(text),
    /** Resolves with the lines once they pass; rejects where that takes too long. */
    until(isWanted) {
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          listeners.delete(look);
        };
        const look = () => {
          const shown = lines();
          if (!isWanted(shown.join('\n'))) return;
          stop();
          resolve(shown);
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`This was not what was waited for:\n${lines().join('\n')}`));
        }, patienceMs);
        listeners.add(look);
        look();
      });
    },
    ended,
    end() {
      child.kill();
      return ended;
    },
  };
}
