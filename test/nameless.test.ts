/** Messages alone, as `journalctl -o cat` prints them: no times, and nobody says who wrote them. */
import {readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {analyze, type Boot, openSource} from '../src/index.js';
import {bootOf, type Log, reportOf} from './log.js';

const samples = fileURLToPath(new URL('../samples/', import.meta.url));
const journals = readdirSync(samples, {withFileTypes: true})
  .filter(entry => entry.isDirectory())
  .flatMap(({name}) =>
    readdirSync(samples + name)
      .filter(form => form.startsWith('journal.'))
      .map(form => `${name}/${form}`),
  );

const told = ({outcome, rootCauses, notices}: Boot) => ({
  outcome,
  rootCauses: rootCauses.map(({fingerprint, unit}) => ({fingerprint, unit})),
  notices: notices.map(({fingerprint}) => fingerprint),
});

describe('the messages of a journal alone tell what the journal tells', () => {
  test.each(journals)('%s', async path => {
    const messages: string[] = [];
    const whole = await analyze(await openSource([samples + path], process.stdin), {
      hears: ({message, aside}) => {
        if (!aside) messages.push(message);
      },
    });
    const {boots} = await reportOf(messages);
    expect(boots.map(told)).toEqual(whole.boots.map(told));
    // The same whatever of it is read.
    expect((await reportOf(messages, {everyLine: true})).boots).toEqual(boots);
  });
});

const begun = [
  'Linux version 6.1.0-50-cloud-amd64 (build@example) #1 SMP',
  'Command line: root=LABEL=rootfs ro',
  'Run /init as init process',
  'systemd 252.39-1~deb12u1 running in system mode (+PAM +AUDIT)',
  'Reached target local-fs.target - Local File Systems.',
];
const finished = [
  'Reached target multi-user.target - Multi-User System.',
  'Startup finished in 2.004s (kernel) + 34.100s (userspace) = 36.104s.',
];
const starting = (name: string, what: string): string => `Starting ${name} - ${what}...`;
const failure = (name: string, what: string): string[] => [
  `${name}: Main process exited, code=exited, status=1/FAILURE`,
  `${name}: Failed with result 'exit-code'.`,
  `Failed to start ${name} - ${what}.`,
];
const failed = (boot: Boot): string[] => boot.units.filter(({result}) => result !== 'success').map(({name}) => name);

describe('a unit that fails, with no writer named', () => {
  test('is a root cause, and what stands right before it is quoted as what another may have said', async () => {
    const boot = await bootOf([
      ...begun,
      starting('pool.service', 'Pool'),
      starting('web.service', 'Web'),
      'label of tank0 not found on /dev/vdb',
      'Started web.service - Web.',
      ...failure('pool.service', 'Pool'),
      'Dependency failed for data.service - Data.',
      ...finished,
    ]);
    expect(told(boot)).toMatchObject({
      outcome: 'degraded',
      rootCauses: [{fingerprint: 'unit:pool.service:exit-code', unit: 'pool.service'}],
    });
    const [cause] = boot.rootCauses;
    expect(cause?.title).toContain('label of tank0 not found');
    expect(cause?.confidence).toBe('guess');
    expect(cause?.explanation).toContain('another program may have written it');
    expect(cause?.effects.map(({unit}) => unit)).toEqual(['data.service']);
  });

  test('is told with a word on why nobody is quoted where nothing stands near', async () => {
    const boot = await bootOf([...begun, ...failure('pool.service', 'Pool'), ...finished]);
    expect(boot.rootCauses).toMatchObject([{unit: 'pool.service', confidence: 'guess'}]);
    expect(boot.rootCauses[0]?.explanation).toContain('names no writers');
  });

  test('has the words of the process that could not become its program', async () => {
    const boot = await bootOf(
      [
        ...begun,
        'zeta.service: Failed at step CHROOT spawning /usr/bin/zeta: Operation not permitted',
        'zeta.service: Main process exited, code=exited, status=210/CHROOT',
        "zeta.service: Failed with result 'exit-code'.",
        'Failed to start Zeta.',
        ...finished,
      ],
      {rules: []},
    );
    expect(boot.units.map(({name}) => name)).toEqual(['zeta.service']);
    expect(boot.rootCauses[0]?.title).toContain('step CHROOT');
  });

  test('is known by the unit’s log alone', async () => {
    const boot = await bootOf([starting('pool.service', 'Pool'), 'no such pool', ...failure('pool.service', 'Pool')]);
    expect(boot).toMatchObject({outcome: 'degraded', rootCauses: [{unit: 'pool.service'}]});
  });

  test('and is restarted again and again has not recovered', async () => {
    const loop = Array.from({length: 12}, (_, index) => [
      'pool.service: Main process exited, code=exited, status=1/FAILURE',
      "pool.service: Failed with result 'exit-code'.",
      `pool.service: Scheduled restart job, restart counter is at ${index + 1}.`,
      'Stopped pool.service - Pool.',
    ]).flat();
    const boot = await bootOf([...begun, ...finished, ...loop, 'lo: Gained carrier']);
    expect(boot).toMatchObject({outcome: 'degraded', rootCauses: [{unit: 'pool.service'}]});
  });

  test('and comes up in the end has', async () => {
    const boot = await bootOf([
      ...begun,
      ...failure('pool.service', 'Pool'),
      'pool.service: Scheduled restart job, restart counter is at 1.',
      starting('pool.service', 'Pool'),
      'Finished pool.service - Pool.',
      ...finished,
    ]);
    expect(told(boot)).toEqual({outcome: 'healthy', rootCauses: [], notices: []});
  });
});

describe('a warning that only stands near', () => {
  test('is not why a unit failed', async () => {
    const boot = await bootOf([
      ...begun,
      starting('pool.service', 'Pool'),
      "Failed to find module 'acme_raid'",
      ...failure('pool.service', 'Pool'),
      ...finished,
    ]);
    expect(boot.rootCauses.map(({fingerprint}) => fingerprint)).toEqual(['unit:pool.service:exit-code']);
  });
});

describe('the manager of a user', () => {
  const session = [
    starting('cups.service', 'Printing'),
    'Starting user@1000.service - User Manager for UID 1000...',
    'Started user@1000.service - User Manager for UID 1000.',
    ...finished,
  ];

  test('may have said what is said of a unit that is new: worth knowing, and no more', async () => {
    const boot = await bootOf([
      ...begun,
      ...session,
      starting('portal.service', 'Portal of a Desktop'),
      ...failure('portal.service', 'Portal of a Desktop'),
      'Dependency failed for shell.target - Shell.',
    ]);
    expect(told(boot)).toEqual({
      outcome: 'healthy',
      rootCauses: [],
      notices: ['unit:portal.service:exit-code'],
    });
    expect(boot.notices[0]?.explanation).toContain('may be a unit of a user');
  });

  test('did not say it of a unit that was begun before', async () => {
    const boot = await bootOf([...begun, ...session, ...failure('cups.service', 'Printing')]);
    expect(boot).toMatchObject({outcome: 'degraded', rootCauses: [{unit: 'cups.service'}], notices: []});
  });

  test.each(['systemd-logind.service', 'data.mount'])('has no %s', async name => {
    const boot = await bootOf([...begun, ...session, ...failure(name, 'Foo')]);
    expect(boot.outcome).toBe('degraded');
  });
});

describe('words that read like PID 1’s are not its', () => {
  const quiet: readonly (readonly [string, Log])[] = [
    ['systemctl’s', ['Failed to start foo.service: Unit foo.service not found.']],
    ['a script’s', ['Failed to start the web server.', 'Failed to mount /data.', 'Starting over.']],
    [
      'a program’s, after PID 1’s of another',
      [...failure('pool.service', 'Pool'), 'Failed to start listener.', 'Failed to start event loop: denied'],
    ],
    ['a quotation', ["Reading: pool.service: Failed with result 'exit-code'."]],
    ['of a unit that may be anything', ['pool: Main process exited, code=exited, status=1/FAILURE']],
  ];
  test.each(quiet)('%s', async (_what, lines) => {
    const boot = await bootOf([...begun, ...(lines as string[]), ...finished]);
    expect(failed(boot).filter(name => name !== 'pool.service')).toEqual([]);
  });

  test('where the log names its writers', async () => {
    const boot = await bootOf([
      '[    0.000000] Linux version 6.1.0-50-cloud-amd64 (build@example) #1 SMP',
      '[    2.004412] systemd[1]: systemd 252 running in system mode (+PAM +AUDIT)',
      ...failure('pool.service', 'Pool'),
      '[   40.004412] systemd[1]: Reached target multi-user.target - Multi-User System.',
    ]);
    expect(failed(boot)).toEqual([]);
  });
});
