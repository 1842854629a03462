/** Which of the words that stand around a unit's failure are taken for its reason. No rule helps here. */
import {describe, expect, test} from 'vitest';
import {gravest} from '../../src/boot/gravest.js';
import type {Boot} from '../../src/model/report.js';
import {at, begun, failure, finished, pid1} from '../boots.js';
import {bootOf, type Log} from '../log.js';

const units = (log: Log): Promise<Boot> => bootOf(log, {rules: []});
const start = pid1(12, 'Starting foo.service - Foo...');
const leading = async (...lines: readonly string[]): Promise<(string | undefined)[]> => {
  const boot = await units([...begun, ...lines, ...finished]);
  return boot.rootCauses.map(cause => cause.evidence[0]?.text);
};

describe('of several lines that look abnormal', () => {
  test.each([
    [['E0712 09:30:11.6 1 a.go:9] Unable to read x', 'F0712 09:30:11.7 1 a.go:9] failed to run: no socket'], 1],
    [['cannot open a, ignoring: No such file', 'cannot open b: No such file'], 1],
    [['Warning: a is deprecated and unknown', 'error: b'], 1],
    [['time="x" level=error msg="a failed"', 'time="x" level=fatal msg="b failed"'], 1],
    [['Traceback (most recent call last):', '  raise RuntimeError("no error here")', 'FileNotFoundError: /etc/a'], 2],
    [['bind failed', 'nginx: [emerg] unknown directive "a"'], 1],
    [['first error', 'second error'], 0],
    [['retrying after error', 'a is missing, skipping'], 0],
  ])('%j the one that tells best why is number %i', (messages, index) => {
    expect(gravest(messages)).toBe(index);
  });
});

describe('of a unit that failed', () => {
  test('what PID 1 could not do for it is the reason, where nobody else says one', async () => {
    const said = pid1(12.9, 'foo.socket: Failed to create listening socket ([::]:22): Permission denied');
    expect(
      await leading(
        said,
        pid1(13, "foo.socket: Failed with result 'resources'."),
        pid1(13.1, 'Failed to listen on foo.socket - Foo Socket.'),
      ),
    ).toEqual([said]);
  });

  test('what PID 1 says of it on the console without its name is the reason', async () => {
    const said = "data.mount failed to run 'mount' task: No such file or directory";
    expect(
      await leading(
        'data.mount: Directory /data to mount over is not empty, mounting anyway.',
        said,
        'data.mount changed dead -> failed',
        '[FAILED] Failed to mount /data.',
        'See "systemctl status data.mount" for details.',
        at(13, 'systemd-udevd[217]: seq 649 processed with 0'),
      ),
    ).toEqual([said]);
  });

  test('how a start-up script ends a line is no reason, but what it said before that something is not there', async () => {
    const said = at(12.4, 'foo[311]:  * Foo not available in this kernel.');
    expect(await leading(start, said, at(12.5, 'foo[311]:    ...fail!'), ...failure(13, 'foo.service', 'Foo'))).toEqual(
      [said],
    );
  });

  test('the program of a unit may be written with a dot where the unit has a dash', async () => {
    const said = at(12.4, "rc.local[311]: link foo0: `foo0' already exists");
    const starts = pid1(12, 'Starting rc-local.service - Foo...');
    expect(await leading(starts, said, ...failure(13, 'rc-local.service', 'Foo'))).toEqual([said]);
  });

  test('PID 1 is no process of a unit that is called after it', async () => {
    const boot = await units([
      ...begun,
      pid1(11, 'Starting systemd-foo.service - Foo...'),
      ...failure(12, 'systemd-foo.service', 'Foo'),
      pid1(12.5, 'Starting systemd-foo.service - Foo...'),
      ...failure(13, 'systemd-foo.service', 'Foo'),
      ...finished,
    ]);
    expect(boot.rootCauses.map(({title}) => title)).toEqual([expect.not.stringContaining('Starting')]);
  });

  test('the words of another unit that failed are no reason, also where they are graver', async () => {
    const said = at(12.6, 'helper[312]: initialization timed out');
    const boot = await units([
      ...begun,
      at(11.9, 'bard[301]: fatal error: bad size'),
      ...failure(12, 'bard.service', 'Bard'),
      said,
      ...failure(13, 'foo.service', 'Foo'),
      ...finished,
    ]);
    expect(boot.rootCauses.find(({unit}) => unit === 'foo.service')?.evidence[0]?.text).toBe(said);
  });

  test('that it could not be started again is no reason why it failed', async () => {
    const exited = pid1(13, 'foo.service: Main process exited, code=exited, status=1/FAILURE');
    expect(
      await leading(
        start,
        exited,
        pid1(13.1, "foo.service: Failed with result 'exit-code'."),
        pid1(13.2, 'foo.service: Failed to schedule restart job: Transaction is destructive.'),
      ),
    ).toEqual([exited]);
  });

  test('that another program wrote it is said where its own is not heard', async () => {
    const boot = await units([
      ...begun,
      start,
      at(12.4, 'helper[311]: cannot open the device'),
      ...failure(13, 'foo.service', 'Foo'),
      ...finished,
    ]);
    expect(boot.rootCauses[0]?.title).toContain('cannot open the device');
    expect(boot.rootCauses[0]?.explanation).toContain('it may be one that the unit called, or none of its');
  });

  test.each(['zdb7ar17yd7jfshpvnw62ask04iz6sx4-unit-script-foo-start', 'foo-start'])(
    'the script that NixOS runs for it is its program: %s',
    async script => {
      const said = at(12.4, `${script}[311]: RTNETLINK answers: Network is down`);
      expect(await leading(start, said, ...failure(13, 'foo.service', 'Foo'))).toEqual([said]);
    },
  );

  test('what PID 1 ignores is not the reason', async () => {
    const [line] = await leading(
      start,
      pid1(12.5, 'foo.service: Failed to set the limit of tasks, ignoring: Invalid argument'),
      ...failure(13, 'foo.service', 'Foo'),
    );
    expect(line).not.toContain('ignoring');
  });

  test('what its program says goes before what PID 1 says', async () => {
    const said = at(12.4, 'foo[311]: cannot open /etc/foo.conf');
    expect(
      await leading(
        start,
        said,
        pid1(12.5, 'foo.service: Failed to kill the control group: Invalid argument'),
        ...failure(13, 'foo.service', 'Foo'),
      ),
    ).toEqual([said]);
  });

  test('a socket of which PID 1 says first why, and then what it is, is one unit', async () => {
    const boot = await units([
      'Nov 22 21:07:08 host systemd[1]: bus.socket: Failed to listen on sockets: Permission denied',
      'Nov 22 21:07:08 host systemd[1]: Failed to listen on Message Bus Socket.',
      'Nov 22 21:07:08 host systemd[1]: Dependency failed for Proxy.',
    ]);
    expect(boot.rootCauses).toMatchObject([{unit: 'bus.socket', effects: [{unit: 'Proxy'}]}]);
    expect(boot.rootCauses[0]?.evidence[0]?.line).toBe(1);
  });
});

describe('on a console of status lines', () => {
  const console = async (...lines: readonly string[]): Promise<Boot> => units([...begun, ...lines]);

  test('the words of the program that the unit is named after are the reason', async () => {
    const boot = await console(
      at(12.1, 'acme-setup[311]: the store is null'),
      at(12.2, 'acme-setup[311]: open("/store") failed'),
      at(12.3, 'acme-setup[311]: cannot go on'),
      '[FAILED] Failed to start acme-setup.service - Prepare the Acme store.',
    );
    expect(boot.rootCauses).toMatchObject([{unit: 'acme-setup.service', confidence: 'guess'}]);
    expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('the store');
  });

  test('the unit may be named in the line after', async () => {
    const boot = await console(
      at(12.1, 'acme-setup[311]: error: no store'),
      '[FAILED] Failed to start Prepare the Acme store.',
      "See 'systemctl status acme-setup.service' for details.",
      ...Array.from({length: 40}, (_, n) => at(13 + n, `other[400]: doing ${n}`)),
    );
    expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('no store');
  });

  test('the words of others are not', async () => {
    const boot = await console(
      at(12.1, 'other[311]: error: no store'),
      '[FAILED] Failed to start acme-setup.service - Prepare the Acme store.',
    );
    expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('Failed to start');
  });
});

describe('before systemd 230', () => {
  const old = (message: string): string => `Nov 22 21:07:08 host systemd[1]: ${message}`;

  test('a unit has its description first, and its name in the line after', async () => {
    const boot = await units([
      old("acme.service failed to run 'start' task: No such file or directory"),
      old('Failed to start Acme Daemon.'),
      old('Unit acme.service entered failed state.'),
    ]);
    expect(boot.rootCauses).toMatchObject([{unit: 'acme.service'}]);
    expect(boot.rootCauses[0]?.evidence[0]?.line).toBe(1);
  });

  test('a mount is one unit, whose process is said to have ended without a colon', async () => {
    const boot = await units([
      'Nov 22 21:07:07 host mount[611]: mount: mount(2) failed: Structure needs cleaning',
      old('data.mount mount process exited, code=exited status=32'),
      old('Failed to mount /data.'),
      old('Dependency failed for Local File Systems.'),
      old('Unit data.mount entered failed state.'),
    ]);
    expect(boot.rootCauses).toMatchObject([{unit: 'data.mount'}]);
    expect(boot.rootCauses[0]?.evidence[0]?.line).toBe(1);
  });

  test('the words of mount are not taken for those of a service', async () => {
    const boot = await units([
      'Nov 22 21:07:07 host mount[611]: mount: mount(2) failed: Structure needs cleaning',
      old('Failed to start Acme Daemon.'),
      old('Unit acme.service entered failed state.'),
    ]);
    expect(boot.rootCauses).toMatchObject([{unit: 'acme.service'}]);
    expect(boot.rootCauses[0]?.evidence[0]?.line).toBe(2);
  });

  test('the limit of starts names its unit last', async () => {
    const boot = await units([
      old('acme.service: main process exited, code=exited, status=1/FAILURE'),
      old('start request repeated too quickly for acme.service'),
    ]);
    expect(boot.rootCauses).toMatchObject([{unit: 'acme.service'}]);
  });
});

test('a list of failed units is no reason of one', async () => {
  const boot = await units([
    'warning: the following units failed: acme.service',
    '',
    '● acme.service - Acme Daemon',
    '   Active: failed (Result: exit-code) since Sat 2017-11-11 20:19:13 UTC; 4s ago',
    'Nov 11 20:19:13 host systemd[1]: acme.service: Start request repeated too quickly.',
    'Nov 11 20:19:13 host systemd[1]: Failed to start Acme Daemon.',
  ]);
  expect(boot.rootCauses).toHaveLength(1);
  expect(boot.rootCauses[0]?.title).not.toContain('the following');
});

test('a place in the program does not lead what the program says', async () => {
  const boot = await units([
    'Mar 26 03:55:00 host acmed[1308]: at /build/src/acme.cpp:connect():160',
    'Mar 26 03:55:01 host acmed[1308]: acme: connect failed: Connection timed out',
    'Mar 26 03:55:01 host systemd[1]: acmed.service: Main process exited, code=exited, status=1/FAILURE',
    'Mar 26 03:55:01 host systemd[1]: Failed to start Acme Daemon.',
  ]);
  expect(boot.rootCauses[0]?.evidence[0]?.line).toBe(2);
});

test("on a console PID 1's messages stand alone between its status lines", async () => {
  const {rootCauses} = await units([
    '[  OK  ] Mounted Huge Pages File System.',
    'acme.service: Main process exited, code=exited, status=7/NOTRUNNING',
    '[FAILED] Failed to start Acme Daemon.',
    "See 'systemctl status acme.service' for details.",
    "acme.service: Failed with result 'exit-code'.",
    '[  OK  ] Reached target Multi-User System.',
  ]);
  expect(rootCauses).toMatchObject([{unit: 'acme.service', title: expect.stringContaining('7/NOTRUNNING') as string}]);
});
