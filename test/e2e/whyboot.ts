/** Runs the program as users do: `node bin/run.js` in a process of its own. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, onTestFinished} from 'vitest';
import type {Report} from '../../src/model/report.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = join(root, 'bin/run.js');

/** The deployment has no sysroot directory; the unit was restarted fourteen times. */
export const failing = 'samples/ostree-ms-move-restart/console.log';
export const healthy = 'samples/healthy-bookworm/console.log';
/** A panic, then a healthy boot. */
export const twoBoots = 'samples/two-boots/console.log';

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The user that it runs as. */
  readonly uid?: number;
}

/** The environment without what a developer's shell may say about colour. */
export function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const {NO_COLOR: _no, FORCE_COLOR: _force, ...env} = process.env;
  return {...env, TERM: 'xterm-256color', ...extra};
}

/** Whatever happens, a user never sees a stack trace. */
export function whyboot(args: readonly string[], {input, env, cwd = root, uid}: RunOptions = {}): Run {
  const {status, stdout, stderr} = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: environment(env),
    input: input ?? '',
    ...(uid !== undefined && {uid}),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  expect(stdout + stderr).not.toMatch(/^\s+at .+:\d+:\d+/m);
  return {status, stdout, stderr};
}

/** The same in a shell, where `whyboot` is the program. */
export function shell(script: string): Run {
  const {status, stdout, stderr} = spawnSync('bash', ['-c', `whyboot() { node '${program}' "$@"; }; ${script}`], {
    cwd: root,
    env: environment(),
    encoding: 'utf8',
  });
  return {status, stdout, stderr};
}

export function report(args: readonly string[], options?: RunOptions): Report {
  return JSON.parse(whyboot(['--format', 'json', ...args], options).stdout) as Report;
}

/** A folder that is gone after the test, with these files in it. */
export function temporary(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'whyboot-test-'));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** One line on standard error, nothing on standard output. */
export function expectOneLine(run: Run, status: number, line: RegExp): void {
  expect(run).toEqual({status, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/)});
  expect(run.stderr).toMatch(line);
}
