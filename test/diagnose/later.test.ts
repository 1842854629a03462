/** What fails long after a boot, which is none the worse for it. */
import {describe, expect, test} from 'vitest';
import {exitStatus} from '../../src/report/status.js';
import {at, healthy, pid1} from '../boots.js';
import {bootOf, reportOf} from '../log.js';

const day = 86_400;
const oomKill = (seconds: number): string =>
  at(seconds, 'Memory cgroup out of memory: Killed process 1234 (worker) total-vm:4194304kB, anon-rss:2097152kB');
const unitFailure = (seconds: number): string[] => [
  pid1(seconds, 'acme.service: Main process exited, code=exited, status=1/FAILURE'),
  pid1(seconds, "acme.service: Failed with result 'exit-code'."),
];

describe('what fails long after the boot finished', () => {
  test.each([
    [
      'a process that is killed',
      [oomKill(3 * day)],
      /^The boot is healthy\. Long after it: worker went over the memory limit/,
    ],
    ['a unit that fails', unitFailure(3 * day), /^The boot is healthy\. Long after it: acme\.service failed/],
  ])('is told and fails no boot: %s', async (_, lines, verdict) => {
    const report = await reportOf([...healthy, ...lines]);
    expect(report.boots).toMatchObject([{outcome: 'healthy', rootCauses: []}]);
    expect(report.boots[0]?.notices).toHaveLength(1);
    expect(report.boots[0]?.verdict).toMatch(verdict);
    expect(exitStatus(report, {failOn: 'error'})).toBe(0);
  });

  test('is known by the wall clock too', async () => {
    const journal = (time: string, message: string): string => `Nov 21 ${time} host ${message}`;
    const boot = await bootOf([
      journal('10:00:00', 'kernel: Linux version 6.1.0 (a@example.org) (gcc) #1 SMP'),
      journal('10:00:20', 'systemd[1]: Reached target multi-user.target - Multi-User System.'),
      journal('14:00:00', 'kernel: Memory cgroup out of memory: Killed process 1234 (worker) total-vm:4194304kB'),
    ]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: [], notices: [{rule: 'memory/cgroup-limit'}]});
  });

  test('is the end all the same where the kernel panics', async () => {
    const lines = [...healthy, at(3 * day, 'Kernel panic - not syncing: Fatal exception')];
    expect(await bootOf(lines)).toMatchObject({outcome: 'panic'});
  });
});

test.each([
  ['a process that is killed', [oomKill(60)]],
  ['a unit that fails', unitFailure(60)],
])('what fails soon after the boot finished is its failure: %s', async (_, lines) => {
  expect(await bootOf([...healthy, ...lines])).toMatchObject({outcome: 'degraded', rootCauses: [{severity: 'error'}]});
});

test('an excerpt from later is about what it shows', async () => {
  expect(await bootOf([oomKill(3 * day)])).toMatchObject({outcome: 'degraded', rootCauses: [{}]});
});
