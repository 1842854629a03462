/** Runs the program in a real terminal: tmux draws what it prints, and types what a user would. */
import {execFile, spawnSync} from 'node:child_process';
import {promisify} from 'node:util';
import {expect, onTestFinished} from 'vitest';
import {program, root} from './whyboot.js';

const execute = promisify(execFile);
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux)
  console.warn('tmux is not installed: the terminal UI is not tested in a real terminal (apt-get install tmux)');

/** Long enough for a busy machine; what is waited for mostly comes at once. */
const patienceMs = 60_000;
const pollMs = 40;
let servers = 0;

export interface RealTerminal {
  /** Names of keys as tmux has them; anything else is typed. */
  press(...keys: string[]): Promise<void>;
  /** Runs a command line; `whyboot` is the program. */
  run(line: string): Promise<void>;
  /** What the terminal shows, a line each. */
  lines(): Promise<string[]>;
  /** Waits until it shows all of this, and gives what it shows. */
  shows(...wanted: (string | RegExp)[]): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
  /** A format of tmux, for example `#{alternate_on}`. */
  ask(format: string): Promise<string>;
  raw(): Promise<string>;
}

/** A terminal with a shell in it; gone when the test is over. */
export async function openTerminal(
  columns = 80,
  rows = 24,
  env: Readonly<Record<string, string>> = {},
): Promise<RealTerminal> {
  const server = `whyboot-test-${process.pid}-${servers++}`;
  const tmux = async (...args: string[]): Promise<string> =>
    (await execute('tmux', ['-L', server, '-f', '/dev/null', ...args])).stdout;
  const {NO_COLOR: _no, FORCE_COLOR: _force, TMUX: _tmux, ...inherited} = process.env;
  await execute(
    'tmux',
    [
      '-L',
      server,
      '-f',
      '/dev/null',
      'new-session',
      '-d',
      '-s',
      't',
      '-x',
      `${columns}`,
      '-y',
      `${rows}`,
      "PS1='ready$ ' bash --norc --noprofile -i",
    ],
    {cwd: root, env: {...inherited, ...env}},
  );
  onTestFinished(() =>
    tmux('kill-server').then(
      () => {},
      () => {},
    ),
  );
  const capture = async (...flags: string[]): Promise<string> => tmux('capture-pane', '-p', ...flags, '-t', 't');
  const terminal: RealTerminal = {
    async press(...keys) {
      for (const key of keys) await tmux('send-keys', '-t', 't', key);
    },
    async run(line) {
      await tmux('send-keys', '-t', 't', '-l', line.replace(/\bwhyboot(?=\s|$)/g, `node ${program}`));
      await tmux('send-keys', '-t', 't', 'Enter');
    },
    async lines() {
      return (await capture()).split('\n').map(line => line.trimEnd());
    },
    async shows(...wanted) {
      const fits = (screen: string): boolean =>
        wanted.every(each => (typeof each === 'string' ? screen.includes(each) : each.test(screen)));
      const until = Date.now() + patienceMs;
      let screen = await capture();
      while (!fits(screen) && Date.now() < until) {
        await new Promise(resolve => setTimeout(resolve, pollMs));
        screen = await capture();
      }
      for (const each of wanted) expect(screen).toMatch(typeof each === 'string' ? literal(each) : each);
      return screen;
    },
    async resize(toColumns, toRows) {
      await tmux('resize-window', '-t', 't', '-x', `${toColumns}`, '-y', `${toRows}`);
    },
    ask: async format => (await tmux('display-message', '-p', '-t', 't', format)).trim(),
    raw: () => capture('-e'),
  };
  await terminal.shows('ready$');
  return terminal;
}

function literal(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
}
