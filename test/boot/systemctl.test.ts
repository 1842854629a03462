/** What systemctl printed, pasted alone or among the lines of a log. */
import {expect, test} from 'vitest';
import {begun, chatter, failure, finished} from '../boots.js';
import {bootOf, causeOf} from '../log.js';

/** As systemd 252 prints it; the journal's lines are those of samples/cascade. */
const status = [
  '× storage-init.service - Initialize the storage pool',
  '     Loaded: loaded (/etc/systemd/system/storage-init.service; enabled; preset: enabled)',
  '     Active: failed (Result: exit-code) since Sun 2026-11-22 21:05:45 UTC; 1min 41s ago',
  '    Process: 249 ExecStart=/usr/local/sbin/storage-init (code=exited, status=3)',
  '   Main PID: 249 (code=exited, status=3)',
  '        CPU: 12ms',
  '',
  'Nov 22 21:05:45 debian-ostree systemd[1]: Starting storage-init.service - Initialize the storage pool...',
  'Nov 22 21:05:45 debian-ostree storage-init[249]: pool0: label not found on /dev/vdb',
  'Nov 22 21:05:45 debian-ostree systemd[1]: storage-init.service: Main process exited, code=exited, status=3/NOTIMPLEMENTED',
  "Nov 22 21:05:45 debian-ostree systemd[1]: storage-init.service: Failed with result 'exit-code'.",
  'Nov 22 21:05:45 debian-ostree systemd[1]: Failed to start storage-init.service - Initialize the storage pool.',
];

test('a status tells the unit, its result, how its process ended and what it said, once', async () => {
  const {outcome, rootCauses, units} = await bootOf(status);
  expect(outcome).toBe('degraded');
  expect(units).toMatchObject([{name: 'storage-init.service', result: 'exit-code', invocations: 1}]);
  expect(rootCauses).toMatchObject([
    {
      title: 'storage-init.service failed: “pool0: label not found on /dev/vdb”',
      fingerprint: 'unit:storage-init.service:exit-code',
    },
  ]);
});

test('a status without lines of the journal is enough for the unit and its result', async () => {
  const {outcome, rootCauses} = await bootOf(status.slice(0, 6));
  expect(outcome).toBe('degraded');
  expect(rootCauses[0]).toMatchObject({
    unit: 'storage-init.service',
    fingerprint: 'unit:storage-init.service:exit-code',
  });
  expect(rootCauses[0]?.evidence.map(({line}) => line)).toContain(3);
});

test('a signal has the number that PID 1 writes', async () => {
  const killed = [
    '● worker.service - Worker',
    '   Loaded: loaded (/etc/systemd/system/worker.service; enabled; vendor preset: enabled)',
    '   Active: failed (Result: signal) since Sun 2026-11-22 21:05:45 UTC; 1min 41s ago',
    '  Process: 954 ExecStart=/usr/bin/worker (code=killed, signal=SEGV)',
    ' Main PID: 954 (code=killed, signal=SEGV)',
  ];
  const cause = await causeOf(killed);
  expect(cause.fingerprint).toBe('unit:worker.service:signal');
  expect(`${cause.title} ${cause.explanation}`).toMatch(/SIGSEGV|11/);
});

test('a unit that runs is not blamed', async () => {
  const running = [
    '● ssh.service - OpenBSD Secure Shell server',
    '     Loaded: loaded (/lib/systemd/system/ssh.service; enabled; preset: enabled)',
    '     Active: active (running) since Sun 2026-11-22 21:05:45 UTC; 1min 41s ago',
    '    Process: 402 ExecStartPre=/usr/sbin/sshd -t (code=exited, status=0/SUCCESS)',
    '   Main PID: 411 (sshd)',
  ];
  expect((await bootOf(running)).rootCauses).toEqual([]);
  const helperFailed = running.with(3, '    Process: 402 ExecReload=/bin/kill (code=exited, status=1/FAILURE)');
  expect((await bootOf(helperFailed)).rootCauses).toEqual([]);
});

test('the list of failed units names each', async () => {
  const list = [
    '  UNIT               LOAD      ACTIVE SUB    DESCRIPTION',
    '● data.mount         loaded    failed failed /data',
    '● foo@a.service      loaded    failed failed Foo of a',
    '● gone.service       not-found failed failed gone.service',
    '',
    'LOAD   = Reflects whether the unit definition was properly loaded.',
    '3 loaded units listed.',
  ];
  const {outcome, units} = await bootOf(list);
  expect(outcome).toBe('degraded');
  expect(units.map(({name}) => name)).toEqual(['data.mount', 'foo@a.service', 'gone.service']);
});

test('a status printed on the console after the failure adds no run, however often', async () => {
  const log = [
    ...begun,
    ...failure(12, 'storage-init.service', 'Initialize the storage pool'),
    ...chatter(40),
    ...finished,
  ];
  const [plain, printed] = [await bootOf(log), await bootOf([...log, ...status.slice(0, 6), ...status.slice(0, 6)])];
  expect(printed.units.map(({name, invocations}) => [name, invocations])).toEqual([['storage-init.service', 1]]);
  expect(printed.rootCauses.map(({fingerprint}) => fingerprint)).toEqual(
    plain.rootCauses.map(({fingerprint}) => fingerprint),
  );
});

test('a program of the journal that prints a status accuses nobody', async () => {
  const quoted = status.slice(0, 6).map(line => `Nov 22 21:06:45 debian apt[900]: ${line}`);
  expect((await bootOf(quoted)).rootCauses).toEqual([]);
});

test('the reason stands below the state, and below that another unit begins', async () => {
  const {rootCauses} = await bootOf([
    '× first.service - First',
    '     Loaded: loaded (/lib/systemd/system/first.service; enabled; vendor preset: enabled)',
    '     Active: failed (Result: exit-code) since Sun 2026-11-22 21:05:45 UTC; 3h ago',
    '    Process: 982 ExecStart=/usr/bin/first (code=exited, status=1/FAILURE)',
    '',
    'Nov 22 21:05:44 host systemd[1]: Starting First...',
    'Nov 22 21:05:45 host systemd[1]: first.service: Main process exited, code=exited, status=1/FAILURE',
    "Nov 22 21:05:45 host systemd[1]: first.service: Failed with result 'exit-code'.",
    '× second.service - Second',
    '     Loaded: loaded (/lib/systemd/system/second.service; enabled; vendor preset: enabled)',
    '     Active: failed (Result: exit-code) since Sun 2026-11-22 21:05:45 UTC; 3h ago',
    '    Process: 1112 ExecStartPre=/sbin/helper second (code=exited, status=1/FAILURE)',
    '        CPU: 5ms',
    '',
    '',
    'Nov 22 21:05:45 host systemd[1]: Starting Second...',
    'Nov 22 21:05:45 host helper[1112]: helper: the thing is not found in /srv',
    'Nov 22 21:05:45 host systemd[1]: second.service: Control process exited, code=exited, status=1/FAILURE',
    "Nov 22 21:05:45 host systemd[1]: second.service: Failed with result 'exit-code'.",
  ]);
  expect(rootCauses.map(({title}) => title)).toEqual([
    'first.service failed: it ended with exit status 1/FAILURE',
    'second.service failed: “helper: the thing is not found in /srv”',
  ]);
});
