/** Where a boot begins and ends in a capture, how far it got, and how it ended. */
import {describe, expect, test} from 'vitest';
import {exitStatus} from '../../src/report/status.js';
import {
  at,
  begun,
  chatter,
  failure,
  finished,
  healthy,
  initrd,
  kernelStart,
  pid1,
  release,
  shutdown,
  switchRoot,
  userspace,
} from '../boots.js';
import {bootOf, type Log, reportOf} from '../log.js';

const idA = 'c187844b066144a09a0e37cef99c1414';
const idB = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const panic = [
  at(3, 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)'),
  at(3.1, 'Rebooting in 2 seconds..'),
];

async function outcomesOf(log: Log): Promise<string[]> {
  return (await reportOf(log)).boots.map(({outcome}) => outcome);
}

describe('a capture is split into boots', () => {
  test('where a kernel starts after a shutdown', async () => {
    const {boots} = await reportOf([...healthy, ...shutdown, ...healthy]);
    expect(boots.map(({outcome}) => outcome)).toEqual(['healthy', 'healthy']);
    expect(boots.map(({firstLine, lastLine}) => [firstLine, lastLine])).toEqual([
      [1, healthy.length + shutdown.length],
      [healthy.length + shutdown.length + 1, 2 * healthy.length + shutdown.length],
    ]);
  });

  test('where a kernel starts after a panic', async () => {
    const {boots} = await reportOf([...kernelStart(), ...panic, ...healthy]);
    expect(boots.map(({outcome, kernel, index}) => [index, outcome, kernel])).toEqual([
      [0, 'panic', release],
      [1, 'healthy', release],
    ]);
    expect(boots[1]?.rootCauses).toEqual([]);
  });

  test('where a kernel starts out of nothing: a reboot that nobody ordered', async () => {
    const {boots} = await reportOf([...begun, ...chatter(5), ...healthy]);
    expect(boots.map(({outcome}) => outcome)).toEqual(['reboot', 'healthy']);
  });

  test('where the firmware starts again', async () => {
    const {boots} = await reportOf([
      ...healthy,
      ...shutdown,
      'SeaBIOS (version 1.16.2-debian-1.16.2-1)',
      'Booting from Hard Disk...',
      ...healthy,
    ]);
    expect(boots.map(({firstLine}) => firstLine)).toEqual([1, healthy.length + shutdown.length + 1]);
  });

  test('where journalctl says so', async () => {
    const lines = (id: string): string[] => [
      `-- Boot ${id} --`,
      `Nov 22 21:05:45 host kernel: Linux version ${release} (x) #1 SMP`,
      'Nov 22 21:05:50 host systemd[1]: Startup finished in 2s (kernel) + 9s (userspace) = 11s.',
    ];
    const {boots} = await reportOf([...lines(idA), ...lines(idB)]);
    expect(boots.map(({id, firstLine, lastLine}) => ({id, firstLine, lastLine}))).toEqual([
      {id: idA, firstLine: 1, lastLine: 3},
      {id: idB, firstLine: 4, lastLine: 6},
    ]);
  });

  test('where journalctl of older releases says so', async () => {
    const lines = [
      `Nov 22 21:05:45 host kernel: Linux version ${release} (x) #1 SMP`,
      'Nov 22 21:05:50 host systemd[1]: Startup finished in 2s (kernel) + 9s (userspace) = 11s.',
    ];
    expect(await outcomesOf([...lines, '-- Reboot --', ...lines])).toEqual(['healthy', 'healthy']);
  });

  test('by the boot ids of their entries', async () => {
    const entry = (id: string, message: string): string =>
      JSON.stringify({
        __CURSOR: 'x',
        __REALTIME_TIMESTAMP: '1795381595351537',
        _BOOT_ID: id,
        _TRANSPORT: 'journal',
        SYSLOG_IDENTIFIER: 'systemd',
        _PID: '1',
        MESSAGE: message,
      });
    const {boots} = await reportOf([
      ...failure(5, 'foo.service', 'Foo').map(line => entry(idA, line.replace(/^.*?: /, ''))),
      entry(idB, 'Startup finished in 2s (kernel) + 9s (userspace) = 11s.'),
    ]);
    expect(boots.map(({id, outcome}) => [id, outcome])).toEqual([
      [idA, 'degraded'],
      [idB, 'healthy'],
    ]);
  });

  test('and never where the console repeats the log that the boot console had printed', async () => {
    const early = kernelStart().slice(0, 3);
    const log = [
      ...early,
      at(0.6, 'printk: bootconsole [earlyser0] disabled'),
      ...early,
      ...kernelStart().slice(3),
      ...initrd,
      ...switchRoot,
      ...userspace,
      ...finished,
    ];
    expect(await outcomesOf(log)).toEqual(['healthy']);
  });

  test('and never where a program speaks of a Linux version', async () => {
    const log = [...begun, at(12, 'agent[200]: Linux version 6.1.0 is supported'), ...finished];
    expect(await outcomesOf(log)).toEqual(['healthy']);
  });

  test('and never where the clock runs back a little', async () => {
    const log = [...begun, pid1(9.2, 'Mounted proc.mount - /proc.'), pid1(12, 'Started a.service.'), ...finished];
    expect(await outcomesOf(log)).toEqual(['healthy']);
  });
});

describe('a boot', () => {
  test('has kernel, command line, time and lines', async () => {
    expect(await bootOf(healthy)).toMatchObject({
      index: 0,
      id: null,
      kernel: release,
      commandLine: 'root=LABEL=rootfs ro console=ttyS0',
      firstLine: 1,
      lastLine: healthy.length,
      durationUs: 20_500_000,
    });
  });

  test('has its command line from the second line that names it too', async () => {
    const log = healthy.map(line => line.replace('Command line: ', 'Kernel command line: '));
    expect((await bootOf(log)).commandLine).toBe('root=LABEL=rootfs ro console=ttyS0');
  });

  test('has its time from the wall clock where there is no other', async () => {
    const log = [
      'Nov 22 21:05:45 host systemd[1]: Starting a.service - A...',
      'Nov 22 21:07:08.5 host systemd[1]: Startup finished in 2s (kernel) + 9s (userspace) = 11s.',
    ];
    expect((await bootOf(log)).durationUs).toBe(83_500_000);
  });

  test('has phases in the order that it went through them', async () => {
    const firmware = [
      'SeaBIOS (version 1.16.2-debian-1.16.2-1)',
      'Booting from Hard Disk...',
      'Welcome to GRUB!',
      'Loading Linux 6.1.0-50-cloud-amd64 ...',
    ];
    const {phases} = await bootOf([...firmware, ...healthy, ...shutdown]);
    expect(phases.map(({name}) => name)).toEqual([
      'firmware',
      'bootloader',
      'kernel',
      'initrd',
      'switch-root',
      'userspace',
      'shutdown',
    ]);
    expect(phases.map(({firstLine}) => firstLine)).toEqual([1, 3, 5, 11, 13, 14, 20]);
  });

  test('has the times of its phases where they have stamps', async () => {
    const {phases} = await bootOf(['SeaBIOS (version 1.16.2)', ...healthy]);
    expect(phases.map(({name, startUs, endUs}) => [name, startUs, endUs])).toEqual([
      ['firmware', null, 0],
      ['kernel', 0, 3_100_000],
      ['initrd', 3_100_000, 6_000_000],
      ['switch-root', 6_000_000, 8_000_000],
      ['userspace', 8_000_000, null],
    ]);
  });

  test.each([
    [
      'U-Boot',
      [
        'U-Boot SPL 2023.01+dfsg-2 (Jan 01 2023 - 00:00:00 +0000)',
        'U-Boot 2023.01+dfsg-2 (Jan 01 2023 - 00:00:00 +0000)',
        'Starting kernel ...',
      ],
      ['bootloader', 'kernel'],
    ],
    [
      'Trusted Firmware-A',
      [
        'NOTICE:  BL1: v2.8(release):',
        'NOTICE:  BL31: v2.8(release):',
        'U-Boot 2023.01 (Jan 01 2023 - 00:00:00 +0000)',
      ],
      ['firmware', 'bootloader', 'kernel'],
    ],
    [
      'OpenSBI',
      ['OpenSBI v1.1', 'U-Boot 2023.01 (Jan 01 2023 - 00:00:00 +0000)'],
      ['firmware', 'bootloader', 'kernel'],
    ],
    [
      'UEFI',
      [
        'BdsDxe: loading Boot0001 "UEFI Misc Device" from PciRoot(0x0)/Pci(0x3,0x0)',
        'EFI stub: Loaded initrd from LINUX_EFI_INITRD_MEDIA_GUID device path',
      ],
      ['firmware', 'kernel'],
    ],
    [
      'coreboot',
      ['coreboot-4.20 Thu Mar 18 05:35:38 UTC 2021 x86_32 bootblock starting (log level: 8)...'],
      ['firmware', 'kernel'],
    ],
  ])('may begin with %s', async (_what, before, phases) => {
    const boot = await bootOf([...before, ...healthy]);
    expect(boot.phases.map(({name}) => name).slice(0, phases.length)).toEqual(phases);
    expect(boot.outcome).toBe('healthy');
  });

  test('without systemd in the initrd has an initrd all the same', async () => {
    const log = [
      ...kernelStart(),
      'Loading, please wait...',
      'Begin: Running /scripts/init-premount ... done.',
      ...switchRoot.slice(1),
      ...userspace,
      ...finished,
    ];
    expect((await bootOf(log)).phases.map(({name}) => name)).toEqual(['kernel', 'initrd', 'userspace']);
  });
});

describe('the outcome', () => {
  const emergencyMode = [
    pid1(14, 'Reached target emergency.target - Emergency Mode.'),
    'You are in emergency mode. After logging in, type "journalctl -xb" to view',
  ];
  test.each<[string, readonly string[], string]>([
    ['a boot that reached multi-user.target is healthy', healthy, 'healthy'],
    [
      'a boot whose capture ends at the login prompt is healthy',
      [...begun, 'Debian GNU/Linux 12 debian ttyS0', '', 'debian login: '],
      'healthy',
    ],
    ['a boot that was shut down is healthy', [...healthy, ...shutdown], 'healthy'],
    [
      'a boot in which a unit failed is degraded',
      [...begun, ...failure(12, 'foo.service', 'Foo'), ...finished],
      'degraded',
    ],
    [
      'a boot that ends in emergency mode is an emergency',
      [...begun, ...failure(12, 'foo.service', 'Foo'), ...emergencyMode],
      'emergency',
    ],
    [
      'a boot that ends in rescue mode is an emergency',
      [...begun, pid1(14, 'Reached target rescue.target - Rescue Mode.')],
      'emergency',
    ],
    [
      'a boot that ends in a shell of the initramfs is an emergency',
      [
        ...kernelStart(),
        'Begin: Mounting root file system ... ',
        'Gave up waiting for root file system device.  Common problems:',
        'ALERT!  LABEL=rootfs does not exist.  Dropping to a shell!',
        '(initramfs) ',
      ],
      'emergency',
    ],
    [
      'a boot that goes on after emergency mode is degraded',
      [...begun, ...failure(12, 'foo.service', 'Foo'), ...emergencyMode, ...finished],
      'degraded',
    ],
    ...[
      'An error occurred in stage 1 of the boot process, which must mount the',
      'You are now being dropped into an emergency shell.',
      "initramfs emergency recovery shell launched. Type 'exit' to continue boot",
      'Entering Emergency mode. Exit the shell to continue',
      '*** Dropping you to a shell; the system will reboot',
      'A maintenance shell will now be started.',
      '[  OK  ] Started Emergency Shell.',
      '         Starting dracut-emergency.service - Dracut Emergency Shell...',
    ].map((shell): [string, readonly string[], string] => [
      `a shell is an emergency whoever opens it: “${shell}”`,
      [...kernelStart(), shell],
      'emergency',
    ]),
    ['a panic is a panic', [...kernelStart(), panic[0] as string], 'panic'],
    ['a panic is one even if the kernel reboots then', [...kernelStart(), ...panic], 'panic'],
    ['PID 1 that freezes hangs', [...begun, pid1(12, 'Freezing execution.')], 'hang'],
    [
      'a log that ends in the initrd, in which nothing failed, is incomplete',
      [...kernelStart(), ...initrd],
      'incomplete',
    ],
    ['a kernel log that ends before init is incomplete', kernelStart().slice(0, 3), 'incomplete'],
    [
      'a kernel log alone that runs well past the start of init is healthy',
      [...kernelStart(), ...chatter(20)],
      'healthy',
    ],
    [
      'dmesg of a machine that is up is healthy',
      [...kernelStart(), ...initrd, ...switchRoot, ...chatter(20)],
      'healthy',
    ],
    [
      'a boot whose emergency console was opened after it was up is healthy',
      [...healthy, at(50, 'sulogin[900]: x'), 'debian login: '],
      'healthy',
    ],
  ])('%s', async (_what, log, outcome) => {
    expect((await bootOf(log)).outcome).toBe(outcome);
  });

  test('a boot that waits for a job at its end hangs', async () => {
    const log = [...begun, '[***   ] A start job is running for /data (1min 2s / no limit)'];
    expect((await bootOf(log)).outcome).toBe('hang');
  });

  test('so does one that waits at its end after something failed', async () => {
    const waits = '[***   ] A start job is running for /data (1min 2s / no limit)';
    expect((await bootOf([...begun, ...failure(12, 'foo.service', 'Foo'), waits])).outcome).toBe('hang');
  });

  test('a boot without a failure has no causes', async () => {
    expect(await bootOf(healthy)).toMatchObject({
      rootCauses: [],
      notices: [],
      units: [],
      stoppedAt: null,
      waitingFor: [],
    });
  });

  test('an excerpt that shows a failure is not healthy', async () => {
    expect((await bootOf(failure(12, 'foo.service', 'Foo'))).outcome).toBe('degraded');
  });

  test('a boot that stops says how far it got and what it waits for', async () => {
    const boot = await bootOf([...begun, '[***   ] Job dev-vdb.device/start running (1min 2s / no limit)']);
    expect(boot.waitingFor).toEqual(['dev-vdb.device']);
    expect(boot.stoppedAt).toBe('local-fs.target - Local File Systems');
  });
});

describe('an init besides systemd', () => {
  test.each<[string, readonly string[], string]>([
    [
      'sysvinit that goes to a runlevel was seen at work',
      ['INIT: version 3.06 booting', 'Starting udev', 'INIT: Entering runlevel: 5', 'Starting netmgrd: done'],
      'healthy',
    ],
    [
      'OpenRC was seen at work',
      ['   OpenRC 0.48 is starting up Linux 6.1.37-0-lts (x86_64)', ' * Starting sshd ... [ ok ]'],
      'healthy',
    ],
    [
      'procd says that it is done',
      [...kernelStart(), at(9, 'procd: - init -'), at(14, 'procd: - init complete -')],
      'healthy',
    ],
  ])('%s', async (_, log, outcome) => {
    const boot = await bootOf(log, {rules: []});
    expect(boot).toMatchObject({outcome, rootCauses: [], notices: []});
    expect(boot.phases.at(-1)?.name).toBe('userspace');
  });

  test('that goes to runlevel 6 shuts the machine down', async () => {
    const log = [...kernelStart(), 'INIT: version 3.06 booting', 'INIT: Switching to runlevel: 6'];
    expect((await bootOf(log, {rules: []})).phases.at(-1)?.name).toBe('shutdown');
  });
});

describe('an excerpt in which no rule knows anything', () => {
  const odd = 'acme: unable to find the widget, error -22';

  test('is told by a line that looks odd', async () => {
    expect((await bootOf([at(9, odd)], {rules: []})).notices).toMatchObject([{rule: null, confidence: 'guess'}]);
  });

  test('is not told by a time-out that is set', async () => {
    const set = 'acme_wdt 1e78.wdt: rate 48000000, max timeout 5, timeout 5';
    expect((await bootOf([at(8, set), at(9, odd)], {rules: []})).notices[0]?.evidence[0]?.text).toContain(odd);
  });

  test('is told by the level that a program gives its line', async () => {
    const line = 'ERRO[0000] bridge acme0: module gone';
    expect((await bootOf([line, 'INFO[0001] waiting'], {rules: []})).notices[0]?.evidence[0]?.text).toBe(line);
  });

  test('is told by a line of a service, where init was seen at work before', async () => {
    const log = ['Starting Acme Service...', 'acmed[311]: cannot find the widget, giving up'];
    const [first = '', odd = ''] = log;
    const {notices} = await bootOf([pid1(9, first), at(10, odd)], {rules: []});
    expect(notices).toMatchObject([{rule: null, confidence: 'guess', evidence: [{line: 2}]}]);
  });

  test('is not told by a line that did not keep init from its work', async () => {
    expect((await bootOf([at(5, odd), ...switchRoot], {rules: []})).notices).toEqual([]);
  });
});

test('a boot loader that stamps its lines by a clock of its own is of the boot that it starts', async () => {
  const boot = await bootOf([
    '[   0.291] U-Boot 2022.10 (Feb 26 2025 - 08:33:52 +0000)',
    '[   9.616]    Loading Device Tree to 000000007c980000, end 000000007ca03fff ... OK',
    'Starting kernel ...',
    '[    0.000000] Linux version 6.6.63 (builder@example.org) (riscv64-gcc 13.2.0) #1 SMP',
    '[    1.500000] printk: bootconsole [sbi0] enabled',
  ]);
  expect(boot).toMatchObject({outcome: 'incomplete', rootCauses: [], durationUs: 1_500_000});
});

describe('a message that is quoted', () => {
  test.each([
    ['in a document', 'If you see `Kernel panic - not syncing: VFS: Unable to mount root fs`, check root=.'],
    ['by a test', "AssertionError: expected 'Kernel panic - not syncing: No working init found.' to equal 'x'"],
    ['by a rule', "- text: 'Kernel panic - not syncing: Attempted to kill init!'"],
    ['in its source', '\tpanic("VFS: Unable to mount root fs on %s", b);'],
    ['in another source', 'printk("Kernel panic - not syncing: %s\\n", buf);'],
  ])('%s ends no boot', async (_, line) => {
    expect((await reportOf([line])).boots.flatMap(({rootCauses}) => rootCauses)).toEqual([]);
  });

  test('nor do the lines of a program tell of one', async () => {
    const line = '2024/05/01 10:00:00 [error] 1234#1234: *5 open() "/srv/favicon.ico" failed';
    expect((await bootOf([line])).verdict).toBe(
      'Nothing in these lines tells of a boot, and nothing failed in them that a rule knows.',
    );
  });

  test('is one that was printed where it is the value of a key', async () => {
    const line = '{"node":"n1","text": "Kernel panic - not syncing: Fatal exception"}';
    expect(await bootOf([line])).toMatchObject({outcome: 'panic'});
  });
});

describe('a capture without a kernel', () => {
  const uboot = ['U-Boot 2023.01 (Jan 01 2023 - 00:00:00 +0000)', 'DRAM:  2 GiB', 'Net:   eth0: ethernet@ff0e0000'];
  const odd = 'acme: unable to find the boot slot, error -22';

  test('that ends with an odd line of the boot loader names it', async () => {
    const boot = await bootOf([...uboot, odd, '=> '], {rules: []});
    expect(boot.outcome).toBe('hang');
    expect(boot.rootCauses).toMatchObject([
      {rule: null, title: `The boot loader stopped after “${odd}”`, confidence: 'guess', evidence: [{line: 4}]},
    ]);
  });

  test('that ends quietly may only be cut off', async () => {
    expect(await bootOf(uboot, {rules: []})).toMatchObject({outcome: 'incomplete', rootCauses: []});
  });

  test('in which the odd line lies far back is not blamed for it', async () => {
    const later = Array.from({length: 20}, (_, index) => `Scanning bootdev ${index}`);
    expect(await bootOf([...uboot, odd, ...later], {rules: []})).toMatchObject({outcome: 'incomplete'});
  });

  test('that goes on after an odd line is not blamed for it', async () => {
    const boot = await bootOf([...uboot, odd, 'Loading script', 'Reading 4096 blocks'], {rules: []});
    expect(boot).toMatchObject({outcome: 'incomplete', rootCauses: []});
    expect(boot.notices).toMatchObject([{confidence: 'guess', evidence: [{line: 4}]}]);
  });

  test('in which somebody typed what did not work is not blamed for it', async () => {
    const boot = await bootOf([...uboot, '=> foo', "Unknown command 'foo' - try 'help'", '=> '], {rules: []});
    expect(boot).toMatchObject({outcome: 'incomplete', rootCauses: []});
  });

  test('in which somebody had it boot, and that did not work, is', async () => {
    const boot = await bootOf([...uboot, '=> boot', odd, '=> '], {rules: []});
    expect(boot).toMatchObject({outcome: 'hang', rootCauses: [{evidence: [{line: 5}]}]});
  });

  test('that counts down to the boot has not stopped', async () => {
    const redboot = ['RedBoot(tm) bootstrap and debug environment [ROM]', 'FLASH: unknown vendor'];
    const boot = await bootOf([...redboot, '== Executing boot script in 3.000 seconds - enter ^C to abort']);
    expect(boot).toMatchObject({outcome: 'incomplete', rootCauses: []});
  });

  test('that ends quietly says where', async () => {
    expect((await bootOf(uboot, {rules: []})).verdict).toBe(
      'The capture ends in the boot loader, after “Net:   eth0: ethernet@ff0e0000”: no kernel was started, and nothing failed before.',
    );
  });

  test('that repeats itself to the end is stuck there', async () => {
    const loop = Array.from({length: 30}, () => ['. done', '|']).flat();
    const boot = await bootOf([...uboot, 'ubi0: attaching mtd1', ...loop], {rules: []});
    expect(boot).toMatchObject({outcome: 'hang', rootCauses: [{evidence: [{line: 4}, {text: '. done'}]}]});
  });

  test.each([
    ['counts on', (index: number) => `Erasing sector ${index}`],
    ['shows a transfer', () => '#################'],
  ])('that %s is at work', async (_what, line) => {
    const lines = Array.from({length: 40}, (_, index) => line(index));
    expect(await bootOf([...uboot, ...lines], {rules: []})).toMatchObject({outcome: 'incomplete', rootCauses: []});
  });

  test('in which U-Boot gives up shows what it did last', async () => {
    const boot = await bootOf([...uboot.slice(0, 2), 'Net:   ### ERROR ### Please RESET the board ###'], {rules: []});
    expect(boot).toMatchObject({outcome: 'hang', rootCauses: [{evidence: [{line: 2}, {line: 3}]}]});
  });

  test('whose kernel says nothing before the firmware starts again is a boot of its own', async () => {
    const silent = ['SeaBIOS (version 1.16.2)', 'Starting kernel ...'];
    expect((await reportOf([...silent, ...silent, ...kernelStart()], {rules: []})).boots).toHaveLength(2);
  });

  test('is not one where a kernel follows', async () => {
    const boot = await bootOf([...uboot, odd, 'Starting kernel ...', ...kernelStart()], {rules: []});
    expect(boot.rootCauses).toEqual([]);
  });
});

describe('words of programs', () => {
  test.each([
    'Freezing execution.',
    'the database is in emergency mode',
    'Dropping to a shell',
    'BUG: kernel NULL pointer dereference, address: 0000000000000008',
    'watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [a:1]',
    'worker invoked oom-killer: gfp_mask=0x1',
  ])('do not end a boot: “%s”', async message => {
    const boot = await bootOf([...begun, at(12, `app[300]: ${message}`), ...chatter(10, 13), ...finished]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: []});
  });

  test('do not end a boot: “Kernel panic - not syncing: was seen in the last boot”', async () => {
    const message = 'Kernel panic - not syncing: was seen in the last boot';
    const boot = await bootOf([...begun, at(12, `app[300]: ${message}`), ...chatter(10, 13), ...finished]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: []});
  });

  async function changesNothing(message: string): Promise<void> {
    const boot = await bootOf([
      ...begun,
      at(12, `app[300]: ${message}`),
      ...failure(13, 'foo.service', 'Foo'),
      ...finished,
    ]);
    expect(boot.phases.map(({name}) => name)).toEqual(['kernel', 'initrd', 'switch-root', 'userspace']);
    expect(boot.rootCauses.map(({unit}) => unit)).toEqual(['foo.service']);
  }
  test.each(['Switching root.', 'Linux version 6.1.0 (x) #1'])(
    'do not begin another boot or phase: “%s”',
    changesNothing,
  );
  test.each(['reboot: Restarting system', 'Welcome to GRUB!', 'SeaBIOS (version 1)'])(
    'do not begin another boot or phase: “%s”',
    changesNothing,
  );

  test('do not finish a boot, not even a user’s manager', async () => {
    const boot = await bootOf([
      ...begun,
      at(12, 'systemd[900]: Startup finished in 512ms.'),
      '[***   ] A start job is running for /dev/vdb (5s / no limit)',
    ]);
    expect(boot.outcome).toBe('hang');
  });
});

describe('waiting', () => {
  const came = [
    ['combined', 'Job dev-vdb.device/start running', 'dev-vdb.device - /dev/vdb'],
    ['name', 'Job dev-vdb.device/start running', 'dev-vdb.device'],
    ['description', 'A start job is running for /dev/vdb', '/dev/vdb'],
  ] as const;
  const log = (job: string, device: string): string[] => [
    ...begun,
    `[***   ] ${job} (5s / 1min 30s)`,
    `[  OK  ] Found device ${device}.`,
    pid1(13, 'Starting x.service - X...'),
    pid1(13.1, 'Started x.service - X.'),
  ];
  const isOver = async (_format: string, job: string, device: string): Promise<void> => {
    const boot = await bootOf(log(job, device));
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: [], waitingFor: []});
  };
  test.each(came.slice(1))('for what came in the end is over, with StatusUnitFormat=%s', isOver);
  test.each(came.slice(0, 1))('for what came in the end is over, with StatusUnitFormat=%s', isOver);

  test('is over when the boot came up', async () => {
    const boot = await bootOf([...begun, '[***   ] Job dev-vdb.device/start running (5s / 1min 30s)', ...finished]);
    expect(boot).toMatchObject({outcome: 'healthy', waitingFor: []});
  });
});

describe('a kernel that another kernel starts', () => {
  test('to save a dump is no healthy boot', async () => {
    const report = await reportOf([
      ...begun,
      at(14, 'Kernel panic - not syncing: Fatal exception'),
      ...kernelStart('root=LABEL=x elfcorehdr=0x7d000000 irqpoll nr_cpus=1'),
      ...initrd,
      at(6, 'reboot: Restarting system'),
    ]);
    expect(exitStatus(report)).toBe(1);
  });

  test('with kexec follows an orderly end', async () => {
    const end = [
      pid1(50, 'Reached target kexec.target - Reboot via kexec.'),
      at(52, 'kexec_core: Starting new kernel'),
    ];
    expect(await outcomesOf([...healthy, ...end, ...healthy])).toEqual(['healthy', 'healthy']);
  });
});

describe('shutdown', () => {
  test('what fails while the machine goes down is no failure of the boot', async () => {
    const boot = await bootOf([
      ...healthy,
      ...shutdown.slice(0, 3),
      ...failure(103.5, 'foo.service', 'Foo'),
      pid1(103.6, 'Failed to unmount /data.'),
      pid1(103.7, 'Failed to mount x.mount - /x.'),
      ...shutdown.slice(3),
    ]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: [], units: []});
  });

  test('what failed before is', async () => {
    const boot = await bootOf([...begun, ...failure(12, 'foo.service', 'Foo'), ...finished, ...shutdown]);
    expect(boot.outcome).toBe('degraded');
    expect(boot.rootCauses.map(({unit}) => unit)).toEqual(['foo.service']);
  });

  test('nothing that fails on the way down is blamed before the targets of shutdown are reached either', async () => {
    const boot = await bootOf([
      ...healthy,
      at(100, 'systemd-logind[300]: The system will reboot now!'),
      ...failure(100.5, 'foo.service', 'Foo', '143/n/a'),
      ...shutdown,
    ]);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: []});
  });
});
