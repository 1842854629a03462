/** Units that fail, as PID 1 tells of them: runs, restarts, names, and what the process itself said. No rule helps here. */
import {describe, expect, test} from 'vitest';
import type {Boot} from '../../src/model/report.js';
import {at, begun, chatter, failure, finished, initrd, kernelStart, pid1, switchRoot, userspace} from '../boots.js';
import {bootOf, type Log} from '../log.js';

const units = (log: Log): Promise<Boot> => bootOf(log, {rules: []});

describe('a service that fails', () => {
  test('is one root cause, with PID 1’s word on how it ended', async () => {
    const boot = await units([...begun, ...failure(12, 'foo.service', 'Foo', '203/EXEC'), ...finished]);
    expect(boot.units).toMatchObject([{name: 'foo.service', result: 'exit-code', invocations: 1}]);
    expect(boot.rootCauses).toMatchObject([
      {
        rule: null,
        unit: 'foo.service',
        severity: 'error',
        confidence: 'guess',
        fingerprint: 'unit:foo.service:exit-code',
      },
    ]);
    expect(boot.rootCauses[0]?.title).toMatch(/^foo\.service failed: .*missing, not executable/);
  });

  test.each([
    ['200/CHDIR', /working directory/],
    ['203/EXEC', /program.*missing/],
    ['216/GROUP', /group does not exist/],
    ['217/USER', /user does not exist/],
    ['226/NAMESPACE', /namespace/],
    ['238/STATE_DIRECTORY', /\/var\/lib/],
    ['243/CREDENTIALS', /credential/],
    ['127/n/a', /command.*not found/],
    ['9/KILL', /SIGKILL/],
    ['11/SEGV', /SIGSEGV/],
    ['6/ABRT', /SIGABRT/],
    ['3/NOTIMPLEMENTED', /3\/NOTIMPLEMENTED/],
  ])('with status %s has the meaning of that in its title', async (status, meaning) => {
    const boot = await units([...begun, ...failure(12, 'foo.service', 'Foo', status), ...finished]);
    expect(boot.rootCauses[0]?.title).toMatch(meaning);
  });

  test('in the form of StatusUnitFormat=description has the name of PID 1’s other lines', async () => {
    const boot = await units([
      ...begun,
      pid1(12, 'foo.service: Main process exited, code=exited, status=1/FAILURE'),
      pid1(12.1, "foo.service: Failed with result 'exit-code'."),
      pid1(12.2, 'Failed to start The Foo Service.'),
      ...finished,
    ]);
    expect(boot.units.map(({name}) => name)).toEqual(['foo.service']);
    expect(boot.rootCauses).toHaveLength(1);
  });

  test('in the form of StatusUnitFormat=name is the same', async () => {
    const boot = await units([
      ...begun,
      pid1(12.1, "foo.service: Failed with result 'exit-code'."),
      pid1(12.2, 'Failed to start foo.service.'),
      ...finished,
    ]);
    expect(boot.units).toMatchObject([{name: 'foo.service', invocations: 1}]);
  });

  test('on the console and in the journal is one failure', async () => {
    const boot = await units([
      ...begun,
      ...failure(12, 'foo.service', 'Foo'),
      '[\x1b[0;1;31mFAILED\x1b[0m] Failed to start \x1b[0;1;39mfoo.service\x1b[0m - Foo.\r\r',
      "See 'systemctl status foo.service' for details.",
      ...finished,
    ]);
    expect(boot.units).toMatchObject([{name: 'foo.service', invocations: 1}]);
    expect(boot.rootCauses).toHaveLength(1);
  });

  test('whose name the console cut has the name of the line that follows', async () => {
    const boot = await units([
      ...begun,
      '[FAILED] Failed to start storage-in…rvice - Storage initialization.',
      "See 'systemctl status storage-init.service' for details.",
      ...finished,
    ]);
    expect(boot.units.map(({name}) => name)).toEqual(['storage-init.service']);
  });

  test('whose name the console cut is the one that the journal names', async () => {
    const boot = await units([
      ...begun,
      '[FAILED] Failed to start storage-in…rvice - Storage initialization.',
      ...failure(12, 'storage-init.service', 'Storage initialization'),
      ...finished,
    ]);
    expect(boot.units).toMatchObject([{name: 'storage-init.service', invocations: 1}]);
  });

  test('whose name the console cut with three dots is the one that the journal names', async () => {
    const boot = await units([
      ...begun,
      '[ TIME ] Timed out waiting for device dev-di...\\x2dcc7e4fcafaad.device.',
      pid1(12, 'Timed out waiting for device dev-disk-by\\x2duuid-0a1b\\x2dcc7e4fcafaad.device.'),
      ...finished,
    ]);
    expect(boot.units.map(({name}) => name)).toEqual(['dev-disk-by\\x2duuid-0a1b\\x2dcc7e4fcafaad.device']);
  });

  test.each([
    ['Load Kernel Modules', 'systemd-modules-load.service'],
    ['Create System Files and Directories', 'systemd-tmpfiles-setup.service'],
    ['Cryptography Setup for luks-home', 'systemd-cryptsetup@luks\\x2dhome.service'],
  ])('that has the same description everywhere has its name on a console too: %s', async (description, name) => {
    const boot = await units([...begun, `[FAILED] Failed to start ${description}.`, ...finished]);
    expect(boot.units.map(unit => unit.name)).toEqual([name]);
    expect(boot.rootCauses[0]?.fingerprint).toBe(`unit:${name}:failed`);
  });

  test('is not the unmounting of credentials that are gone already', async () => {
    const mount = 'run-credentials-systemd\\x2dsysusers.service.mount';
    const boot = await units([
      pid1(12, `Unmounting ${mount} - /run/credentials/systemd-sysusers.service...`),
      pid1(12, `${mount}: Mount process exited, code=exited, status=32/n/a`),
      pid1(12, `${mount}: Mount disappeared even though umount process failed, continuing.`),
    ]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: [], units: []});
  });

  test('of an old systemd is read as well', async () => {
    const boot = await units([
      ...begun,
      pid1(12, 'boot-efi.mount mount process exited, code=exited status=32'),
      pid1(12.1, 'Failed to mount /boot/efi.'),
      pid1(12.2, 'Unit boot-efi.mount entered failed state.'),
      ...finished,
    ]);
    expect(boot.outcome).toBe('degraded');
    expect(boot.units.map(({name}) => name)).toContain('boot-efi.mount');
  });

  test('of a user’s manager is no failure of the boot', async () => {
    const boot = await units([
      ...begun,
      ...failure(12, 'foo.service', 'Foo').map(line => line.replace('systemd[1]', 'systemd[900]')),
      ...finished,
    ]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: [], units: []});
  });

  test('once each, two services are two root causes, the first first', async () => {
    const boot = await units([
      ...begun,
      ...failure(12, 'foo.service', 'Foo'),
      ...chatter(50),
      ...failure(13, 'bar.service', 'Bar'),
      ...finished,
    ]);
    expect(boot.rootCauses.map(({unit}) => unit)).toEqual(['foo.service', 'bar.service']);
  });

  test('of journalctl -o json is the unit that PID 1 speaks about', async () => {
    const entry = (message: string, more: object = {}): string =>
      JSON.stringify({
        __CURSOR: 'x',
        __MONOTONIC_TIMESTAMP: '12000000',
        _BOOT_ID: 'c187844b066144a09a0e37cef99c1414',
        SYSLOG_IDENTIFIER: 'systemd',
        _PID: '1',
        _SYSTEMD_UNIT: 'init.scope',
        UNIT: 'foo.service',
        MESSAGE: message,
        ...more,
      });
    const boot = await units([
      entry('foo.service: Main process exited, code=exited, status=1/FAILURE'),
      entry("foo.service: Failed with result 'exit-code'."),
      entry('Failed to start The Foo Service.'),
    ]);
    expect(boot.units).toMatchObject([{name: 'foo.service', result: 'exit-code', invocations: 1}]);
  });
});

describe('a service that is no failure in the end', () => {
  test('was started again by hand', async () => {
    const boot = await units([
      ...begun,
      ...failure(12, 'foo.service', 'Foo'),
      pid1(13, 'Starting foo.service - Foo...'),
      pid1(14, 'Started foo.service - Foo.'),
      ...finished,
    ]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: []});
  });

  test('was ended by the switch of the root', async () => {
    const stop = [
      pid1(5, 'initrd-cleanup.service: Main process exited, code=killed, status=15/TERM'),
      pid1(5.1, "initrd-cleanup.service: Failed with result 'signal'."),
      pid1(5.2, 'Stopped initrd-cleanup.service - Cleaning Up and Shutting Down Daemons.'),
    ];
    const boot = await bootOf([...kernelStart(), ...initrd, ...stop, ...switchRoot, ...userspace, ...finished]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: []});
  });

  test('was ended by a signal, and PID 1 says no more of it', async () => {
    const boot = await units([
      ...begun,
      pid1(12, 'foo.service: Main process exited, code=killed, status=15/TERM'),
      pid1(12.1, 'Stopped foo.service - Foo.'),
      ...finished,
    ]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: []});
  });
});

describe('restarts', () => {
  const run = (seconds: number, said: string, counter: number): string[] => [
    pid1(seconds, 'Starting foo.service - Foo...'),
    at(seconds + 0.1, `foo[${300 + counter}]: ${said}`),
    ...failure(seconds + 0.2, 'foo.service', 'Foo'),
    pid1(seconds + 0.5, `foo.service: Scheduled restart job, restart counter is at ${counter}.`),
    pid1(seconds + 0.6, 'Stopped foo.service - Foo.'),
  ];
  const limit = [
    pid1(20, 'foo.service: Start request repeated too quickly.'),
    pid1(20.1, "foo.service: Failed with result 'exit-code'."),
    pid1(20.2, 'Failed to start foo.service - Foo.'),
  ];
  const failing = [
    ...run(12, 'cannot create /run/foo: Read-only file system', 1),
    ...run(13, 'error: /run/foo.tmp exists', 2),
    ...run(14, 'error: /run/foo.tmp exists', 3),
  ];

  test('are runs of one unit, and the first run’s words are the cause', async () => {
    const boot = await units([...begun, ...failing, ...limit, ...finished]);
    expect(boot.units).toMatchObject([
      {name: 'foo.service', result: 'exit-code', firstError: {text: expect.stringContaining('Read-only file system')}},
    ]);
    expect(boot.rootCauses).toHaveLength(1);
    expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('cannot create /run/foo');
  });

  test('are counted by PID 1’s counter where the capture lost some', async () => {
    const boot = await units([...begun, ...run(12, 'error: a', 1), ...run(14, 'error: b', 7), ...limit, ...finished]);
    expect(boot.units[0]?.invocations).toBe(7);
  });

  test('that systemd gave up end in a failure', async () => {
    expect((await units([...begun, ...failing, ...limit, ...finished])).outcome).toBe('degraded');
  });

  test('after which the unit stays up are no failure', async () => {
    const boot = await units([
      ...begun,
      ...run(12, 'error: no carrier', 1),
      pid1(13, 'Starting foo.service - Foo...'),
      pid1(13.5, 'Started foo.service - Foo.'),
      pid1(40, 'Reached target multi-user.target - Multi-User System.'),
    ]);
    expect(boot.outcome).toBe('healthy');
    expect(boot.rootCauses).toEqual([]);
    expect(boot.units).toMatchObject([{name: 'foo.service', result: 'success'}]);
  });

  test('that go on at the end of the capture are a failure', async () => {
    const boot = await units([...begun, ...run(18, 'error: a', 1), ...run(19, 'error: b', 2), ...finished]);
    expect(boot.outcome).toBe('degraded');
    expect(boot.rootCauses.map(({unit}) => unit)).toEqual(['foo.service']);
  });

  test('on the console and in the journal are counted once', async () => {
    const both = [...run(12, 'error: a', 1), ...run(13, 'error: b', 2)].flatMap(line =>
      line.includes('Failed to start') ? [line, '[FAILED] Failed to start foo.service - Foo.'] : [line],
    );
    const boot = await units([...begun, ...both, ...limit, '[FAILED] Failed to start foo.service - Foo.', ...finished]);
    expect(boot.units[0]?.invocations).toBe(2);
  });

  const many = Array.from({length: 500}, (_, index) => run(12 + index, 'error: again', index + 1)).flat();

  test('without end are counted, though not all are kept', async () => {
    expect((await units([...begun, ...many])).units[0]?.invocations).toBeGreaterThanOrEqual(500);
  });

  test('without end are a failure, however many there are', async () => {
    const boot = await units([...begun, ...many]);
    expect(boot.outcome).toBe('degraded');
    expect(boot.rootCauses.map(({unit}) => unit)).toEqual(['foo.service']);
  });
});

describe('what the process said', () => {
  const start = pid1(12, 'Starting foo.service - Foo...');
  const evidence = async (...lines: readonly string[]): Promise<(string | undefined)[]> => {
    const boot = await units([...begun, ...lines, ...finished]);
    return boot.rootCauses.map(cause => cause.evidence[0]?.text);
  };

  test('before it failed is the likely reason', async () => {
    const said = at(12.5, 'foo[311]: cannot open /etc/foo.conf: No such file or directory');
    expect(
      await evidence(start, at(12.4, 'foo[311]: foo 1.2 starting'), said, ...failure(13, 'foo.service', 'Foo')),
    ).toEqual([said]);
  });

  test('after it failed, as journald may write it, is the likely reason', async () => {
    const said = at(13.001, 'foo[311]: cannot open /etc/foo.conf: No such file or directory');
    expect(await evidence(start, ...failure(13, 'foo.service', 'Foo'), said, ...chatter(40, 13.1))).toEqual([said]);
  });

  test('of another service is not taken for it', async () => {
    const other = at(12.5, 'chronyd[280]: error: no servers reachable');
    const [line] = await evidence(
      pid1(11, 'Starting chronyd.service - NTP...'),
      start,
      other,
      at(12.6, 'foo[311]: giving up'),
      ...failure(13, 'foo.service', 'Foo'),
    );
    expect(line).not.toBe(other);
  });

  test('in an earlier, good run is not taken for it', async () => {
    const [line] = await evidence(
      start,
      at(12.1, 'foo[300]: error: old trouble'),
      pid1(12.2, 'Started foo.service - Foo.'),
      pid1(12.3, 'Stopped foo.service - Foo.'),
      pid1(12.4, 'Starting foo.service - Foo...'),
      at(12.5, 'foo[311]: error: new trouble'),
      ...failure(13, 'foo.service', 'Foo'),
    );
    expect(line).toContain('new trouble');
  });

  test('by systemd’s helper before it is executed is the likely reason', async () => {
    const said = at(
      12.5,
      '(foo)[311]: foo.service: Failed to set up mount namespacing: /run/systemd/unit-root/var/tmp: No such file or directory',
    );
    expect(await evidence(start, said, ...failure(13, 'foo.service', 'Foo', '226/NAMESPACE'))).toEqual([said]);
  });

  test('of a start that PID 1 ended with SIGTERM is the likely reason, though only its description is said to have failed', async () => {
    const boot = await units([
      'Nov 22 21:05:45 host acmed[300]: cannot open the key store',
      'Nov 22 21:06:45 host systemd[1]: acmed.service: Main process exited, code=killed, status=15/TERM',
      "Nov 22 21:06:45 host systemd[1]: acmed.service: Failed with result 'signal'.",
      'Nov 22 21:06:45 host systemd[1]: Failed to start Acme Daemon.',
    ]);
    expect(boot.units.map(({name}) => name)).toEqual(['acmed.service']);
    expect(boot.rootCauses[0]?.evidence[0]?.line).toBe(1);
  });

  test('just before a start failed of which only the description is known is the likely reason', async () => {
    const boot = await units([
      'Nov 22 21:06:44 host acme-prepare[300]: /dev/vdb1: Device or resource busy',
      'Nov 22 21:06:45 host systemd[1]: Failed to start Prepare the Acme store.',
    ]);
    expect(boot.rootCauses[0]?.evidence[0]?.line).toBe(1);
  });

  test('by another program some lines after the failure is not', async () => {
    const boot = await units([
      'Nov 22 21:06:45 host systemd[1]: acmed.service: Main process exited, code=exited, status=1/FAILURE',
      "Nov 22 21:06:45 host systemd[1]: acmed.service: Failed with result 'exit-code'.",
      ...Array.from({length: 8}, (_, n) => `Nov 22 21:06:46 host other[400]: doing ${n}`),
      'Nov 22 21:06:58 host other[400]: cannot find the boot partition',
    ]);
    expect(boot.rootCauses[0]?.evidence[0]?.line).toBe(1);
  });

  test('by systemd before 230, which names no unit there, is the likely reason', async () => {
    const boot = await units([
      'Nov 22 21:05:45 host systemd: Starting Acme Daemon...',
      'Nov 22 21:05:46 host systemd: Failed at step STDIN spawning /usr/sbin/acmed: Inappropriate ioctl for device',
      'Nov 22 21:05:46 host systemd: acmed.service: main process exited, code=exited, status=208/STDIN',
      'Nov 22 21:05:46 host systemd: Failed to start Acme Daemon.',
      'Nov 22 21:05:46 host systemd: Unit acmed.service entered failed state.',
    ]);
    expect(boot.rootCauses[0]?.evidence[0]?.line).toBe(2);
  });

  test('by mount is what a mount unit says', async () => {
    const said = at(12.5, "mount[311]: mount: /data: unknown filesystem type 'vfat'.");
    expect(
      await evidence(
        pid1(12, 'Mounting data.mount - /data...'),
        said,
        pid1(13, 'data.mount: Mount process exited, code=exited, status=32/n/a'),
        pid1(13.1, "data.mount: Failed with result 'exit-code'."),
        pid1(13.2, 'Failed to mount data.mount - /data.'),
      ),
    ).toEqual([said]);
  });

  test('is told by unit where the form has the unit', async () => {
    const form = (message: string): string => `Sun 2026-11-22 21:06:35 UTC host ${message}`;
    const boot = await units([
      form('init.scope[1]: Starting foo.service - Foo...'),
      form('other.service[310]: error: not this'),
      form('foo.service[311]: cannot open /etc/foo.conf'),
      form('other.service[310]: error: nor this'),
      form("init.scope[1]: foo.service: Failed with result 'exit-code'."),
    ]);
    expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('cannot open /etc/foo.conf');
  });

  test('is nothing where a device never came', async () => {
    const boot = await units([
      ...begun,
      at(12, 'app[300]: error: something else'),
      pid1(100, 'Timed out waiting for device dev-vdb.device - /dev/vdb.'),
      pid1(100.1, 'Dependency failed for data.mount - /data.'),
    ]);
    expect(boot.rootCauses).toMatchObject([{unit: 'dev-vdb.device'}]);
    expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('Timed out waiting');
  });
});

describe('dependencies', () => {
  const cascade = [
    ...failure(12, 'storage-init.service', 'Storage'),
    pid1(12.1, 'Dependency failed for database.service - Database.'),
    pid1(12.2, "database.service: Job database.service/start failed with result 'dependency'."),
    pid1(12.3, 'Dependency failed for api.service - API.'),
    pid1(12.4, "api.service: Job api.service/start failed with result 'dependency'."),
    pid1(12.5, 'Dependency failed for frontend.service - Frontend.'),
  ];

  test('that fail are folded under the unit that failed', async () => {
    const boot = await units([...begun, ...cascade, ...finished]);
    expect(boot.rootCauses.map(({unit}) => unit)).toEqual(['storage-init.service']);
    expect(boot.rootCauses[0]?.effects.map(({unit}) => unit)).toEqual([
      'database.service',
      'api.service',
      'frontend.service',
    ]);
    expect(boot.units.map(({name, result}) => [name, result])).toEqual([
      ['storage-init.service', 'exit-code'],
      ['database.service', 'dependency'],
      ['api.service', 'dependency'],
      ['frontend.service', 'dependency'],
    ]);
  });

  test('that fail under two units are folded under their own', async () => {
    const boot = await units([
      ...begun,
      ...cascade.slice(0, 4),
      ...chatter(50, 13),
      ...failure(14, 'network-init.service', 'Network'),
      pid1(14.1, 'Dependency failed for proxy.service - Proxy.'),
      ...finished,
    ]);
    expect(boot.rootCauses.map(({unit, effects}) => [unit, effects.map(effect => effect.unit)])).toEqual([
      ['storage-init.service', ['database.service']],
      ['network-init.service', ['proxy.service']],
    ]);
  });

  test('that fail without their cause in the capture are not blamed', async () => {
    const boot = await units([...begun, pid1(12, 'Dependency failed for database.service - Database.'), ...finished]);
    expect(boot.rootCauses.filter(({unit}) => unit === 'database.service')).toEqual([]);
  });

  test('that fail stand for what failed in an excerpt that shows nothing else', async () => {
    const boot = await units([
      pid1(12, 'Dependency failed for File Storage.'),
      pid1(12.1, 'Dependency failed for api.service - API.'),
    ]);
    expect(boot).toMatchObject({
      outcome: 'degraded',
      rootCauses: [{rule: null, unit: 'File Storage', confidence: 'guess', effects: [{unit: 'api.service'}]}],
    });
    expect(boot.verdict).toContain('File Storage was not started');
  });

  test('that fail lead from a device to the emergency shell, and only the device is blamed', async () => {
    const boot = await units([
      ...begun,
      '[ TIME ] Timed out waiting for device dev-disk-by\\x2dlabel-data.device - /dev/disk/by-label/data.',
      '[DEPEND] Dependency failed for data.mount - /data.',
      '[DEPEND] Dependency failed for local-fs.target - Local File Systems.',
      pid1(100.2, 'local-fs.target: Triggering OnFailure= dependencies.'),
      '[  OK  ] Reached target emergency.target - Emergency Mode.',
      'You are in emergency mode. After logging in, type "journalctl -xb" to view',
    ]);
    expect(boot.outcome).toBe('emergency');
    expect(boot.rootCauses.map(({unit}) => unit)).toEqual(['dev-disk-by\\x2dlabel-data.device']);
    expect(boot.rootCauses[0]?.effects.map(({unit, title}) => unit ?? title)).toEqual([
      'data.mount',
      'local-fs.target',
      'Maintenance shell',
    ]);
  });
});

describe('name and description meet', () => {
  test('where the texts of journalctl -x stand between', async () => {
    const boot = await units([
      'Nov 22 21:07:08 host systemd[1]: acme.service: Main process exited, code=exited, status=1/FAILURE',
      '-- Subject: Unit process exited',
      '-- Defined-By: systemd',
      '-- Support: http://www.example.com/support',
      '--',
      "-- The process' exit code is 'exited' and its exit status is 1.",
      "Nov 22 21:07:08 host systemd[1]: acme.service: Failed with result 'exit-code'.",
      '-- Subject: Unit failed',
      '-- Defined-By: systemd',
      '-- Support: http://www.example.com/support',
      '--',
      "-- The unit acme.service has entered the 'failed' state with result 'exit-code'.",
      'Nov 22 21:07:08 host systemd[1]: Failed to start Acme Daemon.',
      '-- Subject: A start job for unit acme.service has failed',
    ]);
    expect(boot.rootCauses).toMatchObject([{unit: 'acme.service'}]);
  });

  test('where systemd gave up first', async () => {
    const boot = await units([
      'Nov 22 21:07:08 host systemd[1]: acme.service: main process exited, code=exited, status=1/FAILURE',
      'Nov 22 21:07:08 host systemd[1]: Unit acme.service entered failed state.',
      'Nov 22 21:07:08 host systemd[1]: Triggering OnFailure= dependencies of acme.service.',
      'Nov 22 21:07:08 host systemd[1]: acme.service failed.',
      'Nov 22 21:07:09 host systemd[1]: acme.service holdoff time over, scheduling restart.',
      'Nov 22 21:07:09 host systemd[1]: Stopped Acme Daemon.',
      'Nov 22 21:07:09 host systemd[1]: start request repeated too quickly for acme.service',
      'Nov 22 21:07:09 host systemd[1]: Failed to start Acme Daemon.',
    ]);
    expect(boot.rootCauses).toMatchObject([{unit: 'acme.service'}]);
  });

  test('but not with what fails a second later', async () => {
    const boot = await units([
      'Nov 22 21:07:08 host systemd[1]: acme.service: Main process exited, code=exited, status=1/FAILURE',
      "Nov 22 21:07:08 host systemd[1]: acme.service: Failed with result 'exit-code'.",
      ...Array.from({length: 8}, (_, at) => `Nov 22 21:07:09 host app[311]: step ${at}`),
      'Nov 22 21:07:09 host systemd[1]: Failed to start Other Daemon.',
    ]);
    expect(boot.rootCauses.map(({unit}) => unit)).toEqual(['acme.service', 'Other Daemon']);
  });
});

describe('a file system that stays in use', () => {
  test('is not unmounted, which is no failure of the mount', async () => {
    const boot = await units([
      'May 08 16:39:48 host systemd[1]: Mounted /var/log.',
      'May 08 16:59:03 host systemd[1]: Unmounting /var/log...',
      'May 08 16:59:03 host umount[2626]: umount: /var/log: target is busy.',
      'May 08 16:59:03 host systemd[1]: var-log.mount: Mount process exited, code=exited status=32',
      'May 08 16:59:03 host systemd[1]: Failed unmounting /var/log.',
    ]);
    expect(boot.rootCauses).toEqual([]);
  });

  test('but one that could not be mounted failed', async () => {
    const boot = await units([
      'May 08 16:39:47 host systemd[1]: Mounting /var/log...',
      'May 08 16:39:48 host systemd[1]: var-log.mount: Mount process exited, code=exited status=32',
      'May 08 16:39:48 host systemd[1]: Failed to mount /var/log.',
      'May 08 16:59:03 host systemd[1]: Failed unmounting /srv.',
    ]);
    expect(boot.rootCauses).toMatchObject([{unit: 'var-log.mount'}]);
  });
});

describe('a unit that came up in the end', () => {
  const late = [
    'Nov 22 12:57:23 host systemd[1]: Starting Acme Daemon...',
    'Nov 22 12:58:53 host systemd[1]: acme.service: Start operation timed out. Terminating.',
    "Nov 22 12:58:53 host systemd[1]: acme.service: Failed with result 'timeout'.",
    'Nov 22 12:58:53 host systemd[1]: Failed to start Acme Daemon.',
    'Nov 22 12:58:53 host systemd[1]: acme.service: Scheduled restart job, restart counter is at 1.',
    'Nov 22 12:58:53 host systemd[1]: Starting Acme Daemon...',
    'Nov 22 12:58:54 host systemd[1]: Started Acme Daemon.',
  ];

  test('after a start that timed out is worth a notice, and no root cause', async () => {
    const {outcome, rootCauses, notices} = await units(late);
    expect({outcome, rootCauses}).toEqual({outcome: 'healthy', rootCauses: []});
    expect(notices).toMatchObject([{unit: 'acme.service', severity: 'warning', fingerprint: 'recovered:acme.service'}]);
  });

  test('after one start that ended with an error is not', async () => {
    const ended = late.filter(line => !line.includes('timed out'));
    const {notices} = await units(ended.map(line => line.replace("'timeout'", "'exit-code'")));
    expect(notices.map(({fingerprint}) => fingerprint)).not.toContain('recovered:acme.service');
  });
});

test('lines of the kernel in a syslog do not make the clock jump', async () => {
  const boot = await units([
    'Mar 18 04:20:46 host systemd[1]: acme.service: Main process exited, code=exited, status=2/INVALIDARGUMENT',
    "Mar 18 04:20:46 host systemd[1]: acme.service: Failed with result 'exit-code'.",
    'Mar 18 04:20:47 host kernel: [   38.566328] random: crng init done',
    'Mar 18 04:20:47 host systemd[1]: acme.service: Service hold-off time over, scheduling restart.',
    'Mar 18 04:20:50 host systemd[1]: acme.service: Main process exited, code=exited, status=2/INVALIDARGUMENT',
    "Mar 18 04:20:50 host systemd[1]: acme.service: Failed with result 'exit-code'.",
    'Mar 18 04:20:50 host systemd[1]: acme.service: Service hold-off time over, scheduling restart.',
    'Mar 18 04:20:53 host acme[837]: sizes read',
  ]);
  expect(boot.rootCauses).toMatchObject([{unit: 'acme.service'}]);
});

test('a start that timed out gives the unit the description that follows', async () => {
  const boot = await units([
    'Apr 02 14:37:01 host systemd[1]: Starting Acme Daemon...',
    'Apr 02 14:37:01 host systemd[1]: acme.service: PID file /run/acme.pid not readable (yet?) after start: No such file or directory',
    'Apr 02 14:38:31 host systemd[1]: acme.service: Start operation timed out. Terminating.',
    'Apr 02 14:38:31 host systemd[1]: Failed to start Acme Daemon.',
    'Apr 02 14:38:31 host systemd[1]: acme.service: Unit entered failed state.',
    "Apr 02 14:38:31 host systemd[1]: acme.service: Failed with result 'timeout'.",
  ]);
  expect(boot.rootCauses).toMatchObject([{unit: 'acme.service'}]);
  expect(boot.units).toMatchObject([{name: 'acme.service', result: 'timeout', invocations: 1}]);
});

describe('a unit that systemd starts again at the very end of an excerpt', () => {
  const failed = [
    'acme.service: Main process exited, code=exited, status=1/FAILURE',
    "acme.service: Failed with result 'exit-code'.",
    'acme.service: Scheduled restart job, restart counter is at 1.',
  ];

  test.each([
    ['and no more is known', ['Starting acme.service - Acme...']],
    ['as soon as its process runs', ['Started acme.service - Acme.']],
  ])('has not recovered: %s', async (_, lines) => {
    expect(await units([...failed, ...lines])).toMatchObject({
      outcome: 'degraded',
      rootCauses: [{unit: 'acme.service'}],
    });
  });

  test('has, where it said itself that it is ready', async () => {
    const lines = ['Starting acme.service - Acme...', 'Started acme.service - Acme.'];
    expect(await units([...failed, ...lines])).toMatchObject({outcome: 'healthy', rootCauses: []});
  });
});
