/** The one sentence that everybody reads. */
import {describe, expect, test} from 'vitest';
import {at, kernelStart} from '../boots.js';
import {bootOf} from '../log.js';

const oops = [
  at(3, 'BUG: kernel NULL pointer dereference, address: 0000000000000008'),
  at(3, 'Oops: 0000 [#1] PREEMPT SMP'),
  at(3, 'CPU: 1 PID: 214 Comm: systemd-udevd Not tainted 6.1.0 #1'),
];

describe('the verdict', () => {
  test('does not say that init was not there where the kernel had started it', async () => {
    const {verdict} = await bootOf([...kernelStart(), ...oops, at(3, 'RIP: 0010:acme_probe+0x1c/0x90 [acme]')]);
    expect(verdict).toBe('Something failed: the kernel crashed in acme_probe.');
  });

  test('of a panic does not name the kernel twice', async () => {
    const lines = [
      at(0, 'Linux version 6.1.0 (a@example.org) (gcc) #1 SMP'),
      at(1, 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)'),
    ];
    expect((await bootOf(lines)).verdict).toMatch(/^The kernel panicked before init: /);
  });

  test('of an excerpt from the middle is not that it ends early', async () => {
    const lines = [
      at(110_417, 'WARNING: CPU: 0 PID: 91 at mm/page_alloc.c:2204 acme_alloc+0x231/0x8f0'),
      at(110_417, 'CPU: 0 PID: 91 Comm: acmed Not tainted 6.1.0 #1'),
    ];
    expect(await bootOf(lines)).toMatchObject({
      rootCauses: [],
      verdict: 'This excerpt shows neither the start nor the end of a boot, and nothing that failed in it.',
    });
  });
});

describe('an explanation', () => {
  test('says whose code it is only where the log does', async () => {
    const of = async (...lines: string[]): Promise<string | undefined> =>
      (await bootOf([...oops, ...lines])).rootCauses[0]?.explanation;
    expect(await of()).not.toContain('That code is');
    expect(await of(at(3, 'RIP: 0010:acme_probe+0x1c/0x90'))).toContain('in the kernel image itself');
    expect(await of(at(3, 'RIP: 0010:acme_probe+0x1c/0x90 [acme]'))).toContain('in the module acme');
  });

  test('of a unit that failed somehow does not say that it failed because it failed', async () => {
    const lines = [
      at(10, 'systemd[1]: Starting acme.service - Acme...'),
      at(11, 'acme[211]: cannot open the pool: No such file'),
      at(12, 'systemd[1]: Failed to start acme.service - Acme.'),
    ];
    expect((await bootOf(lines, {rules: []})).rootCauses[0]?.explanation).toMatch(/^It failed\. Of what was said/);
  });
});

test('what lost bytes put in the place of a unit’s name is none', async () => {
  const lines = [
    at(3, 'ostree-prepare-root[292]: cannot go on'),
    '[FAILED] Failed to start  acme[304]: acme: cannot make the directory: File exists',
  ];
  expect((await bootOf(lines, {rules: []})).units).toEqual([]);
});
