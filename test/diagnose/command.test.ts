import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fillCommand} from '../../src/diagnose/command.js';
import {begun, failure, finished} from '../boots.js';
import {bootOf} from '../log.js';

/** The words that a real shell makes of a command, the first left out. */
function wordsOf(command: string): string[] {
  const script = `each() { printf '%s\\0' "$@"; }; ${command}`;
  return execFileSync('sh', ['-c', script], {encoding: 'utf8'}).split('\0').slice(0, -1);
}

const hostile = fc.stringMatching(/^[ -~äé€]{1,30}$/);

test('what a log says is one word to the shell, whatever stands in it', () => {
  const property = fc.property(hostile, path => {
    expect(wordsOf(fillCommand('each {path} "{path}" /x/{path}', {path}))).toEqual([path, path, `/x/${path}`]);
  });
  fc.assert(property, {numRuns: 60});
});

test('a plain word stays as it is', () => {
  expect(fillCommand('fsck {device} && grep -n "{path}" FILE', {device: '/dev/sda2', path: '/etc/fstab'})).toBe(
    'fsck /dev/sda2 && grep -n "/etc/fstab" FILE',
  );
});

test('the name of a unit is quoted where a shell would read it otherwise', async () => {
  const name = String.raw`dev-disk-by\x2dlabel-data.mount`;
  const [cause] = (await bootOf([...begun, ...failure(12, name, 'Data'), ...finished], {rules: []})).rootCauses;
  expect(cause?.fix[0]?.command).toBe(`journalctl -b -u '${name}'`);
});

test('of a unit that only its description names, no command pretends to know the name', async () => {
  const log = [...begun, '[FAILED] Failed to start Prepare the Pool.', ...finished];
  const [cause] = (await bootOf(log, {rules: []})).rootCauses;
  expect(cause?.title).toContain('Prepare the Pool');
  expect(cause?.fix[0]?.command).toBe('systemctl --failed');
});
