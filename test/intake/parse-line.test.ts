/** What each text form's line is read as. */
import {describe, expect, test} from 'vitest';
import type {Entry} from '../../src/model/entry.js';
import {entriesOf, entryOf} from '../log.js';

type Expected = Partial<Entry>;
type Row = readonly [what: string, line: string, expected: Expected];

function check(_what: string, line: string, expected: Expected): void {
  expect(entryOf(line)).toMatchObject(expected);
}

const failed = "telemetryd.service: Failed with result 'exit-code'.";
const pid1 = {identifier: 'systemd', pid: 1, message: failed, kernel: false};
const kernel = {identifier: 'kernel', pid: null, kernel: true};

describe('kernel logs', () => {
  test.each<Row>([
    [
      'the stamp is seconds since the kernel started',
      '[   12.345678] usb 1-4: reset',
      {...kernel, timeUs: 12_345_678, message: 'usb 1-4: reset'},
    ],
    [
      'a long uptime has no blank',
      '[65060.950040] print_req_error: I/O error',
      {timeUs: 65_060_950_040, message: 'print_req_error: I/O error'},
    ],
    ['a stamp typed by hand has one blank', '[ 0.840283] Initramfs unpack failed: Decoding failed', {timeUs: 840_283}],
    [
      'a stamp of three decimals is one too',
      '[   0.114] DDR type LPDDR4X',
      {timeUs: 114_000, message: 'DDR type LPDDR4X'},
    ],
    [
      'the caller may stand without a stamp',
      '[   T64] kernel BUG at kernel/acme.c:81!',
      {...kernel, timeUs: null, caller: 'T64', message: 'kernel BUG at kernel/acme.c:81!'},
    ],
    ['the writer may stand without a stamp', 'kernel: acme: no clock', {...kernel, message: 'acme: no clock'}],
    ['rsyslog writes to terminals', ' kernel:acme: no clock', {...kernel, message: 'acme: no clock'}],
    ['… with the stamp', ' kernel:[12345.678901] acme: stuck', {...kernel, timeUs: 12_345_678_901}],
    [
      'a 3270 terminal has other signs for brackets',
      '¢    1.709436! Oops: 0004 ilc:2 ¢#1! SMP',
      {...kernel, timeUs: 1_709_436, message: 'Oops: 0004 ilc:2 [#1] SMP'},
    ],
    [
      'a 3270 terminal of another code page has others',
      'Ý    1.709436¨  Ý<000000000045d3b8>¨ acme_probe+0x280/0x308 Ýacme¨',
      {...kernel, timeUs: 1_709_436, message: ' [<000000000045d3b8>] acme_probe+0x280/0x308 [acme]'},
    ],
    [
      'the caller follows the stamp',
      '[    1.566962][    T1] BUG: unable to handle page fault',
      {timeUs: 1_566_962, message: 'BUG: unable to handle page fault'},
    ],
    [
      'the caller may be a CPU',
      '[    1.566962][   C12] rcu: INFO: stall',
      {timeUs: 1_566_962, message: 'rcu: INFO: stall'},
    ],
    [
      'dmesg -x without stamps has the level',
      'kern  :alert : BUG: kernel NULL pointer dereference, address: 00000000000002fc',
      {
        ...kernel,
        timeUs: null,
        priority: 1,
        message: 'BUG: kernel NULL pointer dereference, address: 00000000000002fc',
      },
    ],
    [
      'dmesg -T has the wall clock',
      '[Tue Jan 20 10:17:44 2026] Linux version 6.12.16',
      {...kernel, timeUs: null, wallUs: Date.UTC(2026, 0, 20, 10, 17, 44) * 1000, message: 'Linux version 6.12.16'},
    ],
    [
      'dmesg -T has what PID 1 wrote early',
      '[Sat Oct 22 06:02:04 2016] systemd[1]: Stopping Journal Service...',
      {identifier: 'systemd', pid: 1, message: 'Stopping Journal Service...'},
    ],
    [
      'dmesg -T pads the day with a blank',
      '[Mon May  4 10:13:20 2026] x',
      {wallUs: Date.UTC(2026, 4, 4, 10, 13, 20) * 1000},
    ],
    [
      'a vendor may put task and CPU behind the stamp',
      '[    0.500000]  [0:        swapper:    0] Initializing cgroup subsys cpu',
      {timeUs: 500_000},
    ],
  ])('%s', check);

  test.each<Row>([
    [
      'dmesg -r has the level in front',
      '<4>[    0.840283] ACPI: error',
      {timeUs: 840_283, priority: 4, message: 'ACPI: error'},
    ],
    [
      'dmesg -r has the facility in the same number',
      '<30>[    4.100000] systemd[1]: Mounted /boot.',
      {priority: 6, identifier: 'systemd', pid: 1, message: 'Mounted /boot.'},
    ],
    [
      'a kernel without printk.time has the level alone',
      '<4>ata1: limiting SATA link speed to 1.5 Gbps',
      {...kernel, priority: 4, message: 'ata1: limiting SATA link speed to 1.5 Gbps'},
    ],
    [
      'what looks like a host and a program is a device',
      '<3>usb 1-1: device descriptor read/64, error -71',
      {...kernel, priority: 3, message: 'usb 1-1: device descriptor read/64, error -71'},
    ],
    [
      'dmesg -x has facility and level in front',
      'kern  :err   : [    1.234567] EXT4-fs error',
      {...kernel, timeUs: 1_234_567, priority: 3, message: 'EXT4-fs error'},
    ],
  ])('%s', check);
});

describe('serial consoles', () => {
  test.each<Row>([
    [
      'journald forwards with identifier and pid, without host',
      "[   89.562219] ostree-prepare-root[208]: ostree-prepare-root: failed to MS_MOVE '/sysroot' to 'sysroot': No such file or directory",
      {
        timeUs: 89_562_219,
        identifier: 'ostree-prepare-root',
        pid: 208,
        kernel: false,
        message: "ostree-prepare-root: failed to MS_MOVE '/sysroot' to 'sysroot': No such file or directory",
      },
    ],
    ['PID 1 is an identifier like others', `[   96.138971] systemd[1]: ${failed}`, {...pid1, timeUs: 96_138_971}],
    [
      'a process that is not executed yet has its name in parentheses',
      '[  231.641987] (imesyncd)[294]: x',
      {identifier: '(imesyncd)', pid: 294, message: 'x'},
    ],
    [
      'the manager marks some of its processes with @',
      '[  117.133697] @ystemctl[233]: Failed to switch root',
      {identifier: '@ystemctl', pid: 233, message: 'Failed to switch root'},
    ],
    [
      'a name cut in its parentheses is one',
      '[    5.000001] (sd-exec-[210]: x',
      {identifier: '(sd-exec-', pid: 210, message: 'x'},
    ],
    [
      'a line without a stamp may have an identifier',
      'systemd[1]: Finished Activation of LVM2 logical volumes.',
      {identifier: 'systemd', pid: 1, timeUs: null, message: 'Finished Activation of LVM2 logical volumes.'},
    ],
    ['a name in parentheses needs no stamp', '(resolved)[1028]: Failed', {identifier: '(resolved)', pid: 1028}],
    [
      'the table of tasks has no identifiers',
      '[  155.776753] [  pid  ]   uid  tgid total_vm      rss',
      {...kernel, timeUs: 155_776_753, message: '[  pid  ]   uid  tgid total_vm      rss'},
    ],
    [
      'a pid in brackets is no second stamp',
      '[  155.778994] [    238]     0   238     8655',
      {...kernel, timeUs: 155_778_994, message: '[    238]     0   238     8655'},
    ],
    [
      'a pid in brackets is no stamp',
      '[    214]     0   214    10213',
      {timeUs: null, message: '[    214]     0   214    10213'},
    ],
    [
      'an address in brackets is no stamp',
      '[ffff800008c00000] pgd=0000000000000000',
      {timeUs: null, message: '[ffff800008c00000] pgd=0000000000000000'},
    ],
    [
      'what is of no form is a message as it stands',
      'Yramfs/rdsosreport.txt',
      {identifier: null, timeUs: null, wallUs: null, message: 'Yramfs/rdsosreport.txt', format: 'plain'},
    ],
  ])('%s', check);
});

describe('status lines', () => {
  test.each<Row>([
    [
      'done',
      '[  OK  ] Started ssh.service - OpenBSD Secure Shell server.',
      {status: 'OK', message: 'Started ssh.service - OpenBSD Secure Shell server.'},
    ],
    [
      'failed',
      '[FAILED] Failed to start ostree-pre….service - OSTree Prepare OS/.',
      {status: 'FAILED', message: 'Failed to start ostree-pre….service - OSTree Prepare OS/.'},
    ],
    [
      'of a dependency',
      '[DEPEND] Dependency failed for /data.',
      {status: 'DEPEND', message: 'Dependency failed for /data.'},
    ],
    [
      'timed out',
      '[ TIME ] Timed out waiting for device dev-ttyS0.device.',
      {status: 'TIME', message: 'Timed out waiting for device dev-ttyS0.device.'},
    ],
    [
      'of a skipped job',
      '[ SKIP ] Ordering cycle found, skipping a.service',
      {status: 'SKIP', message: 'Ordering cycle found, skipping a.service'},
    ],
    [
      'of an assertion',
      '[ASSERT] Assertion failed for Switch Root.',
      {status: 'ASSERT', message: 'Assertion failed for Switch Root.'},
    ],
    ['not supported', '[UNSUPP] Starting of x.swap unsupported.', {status: 'UNSUPP'}],
    ['for information', '[ INFO ] x.service is inactive.', {status: 'INFO'}],
    [
      'of an emergency',
      '[  !!  ] Failed to execute /sbin/init',
      {status: '!!', message: 'Failed to execute /sbin/init'},
    ],
    [
      'of giving up',
      '[!!!!!!] Failed to execute fallback shell.',
      {status: '!!!!!!', message: 'Failed to execute fallback shell.'},
    ],
    [
      'with a blank on both sides of the word',
      '[ FAILED ] Failed to start foo.service.',
      {status: 'FAILED', message: 'Failed to start foo.service.'},
    ],
    [
      'with a blank on one side of the word',
      '[ DEPEND] Dependency failed for Resume.',
      {status: 'DEPEND', message: 'Dependency failed for Resume.'},
    ],
    [
      'begun',
      '         Starting ssh.service - OpenBSD Secure Shell server...',
      {status: '', message: 'Starting ssh.service - OpenBSD Secure Shell server...'},
    ],
    [
      'of a mount begun',
      '         Mounting sysroot.mount - /sysroot...',
      {status: '', message: 'Mounting sysroot.mount - /sysroot...'},
    ],
    [
      'of moving stars',
      '[ ***  ] (2 of 3) A start job is running for /data (8s / 1min 30s)',
      {status: '*', message: '(2 of 3) A start job is running for /data (8s / 1min 30s)'},
    ],
    [
      'of stars at the end of their way',
      '[     *] Job x.device/start running (19s / no limit)',
      {status: '*', message: 'Job x.device/start running (19s / no limit)'},
    ],
    [
      'in colour',
      '[\x1b[0;1;38:5:185mDEPEND\x1b[0m] Dependency failed for \x1b[0;1;39mdata.mount\x1b[0m - /data.\r\r',
      {status: 'DEPEND', message: 'Dependency failed for data.mount - /data.'},
    ],
    [
      'in colours that lost their ESC',
      '[[0;1;31mFAILED[0m] Failed to start Foo.',
      {status: 'FAILED', message: 'Failed to start Foo.'},
    ],
  ])('a status line %s', check);

  test.each(['Starting kernel ...', '[ERROR ] something else', '  with environment:', '     Stack: ', '[OKAY  ] x'])(
    '%s is no status line',
    line => {
      expect(entryOf(line).status).toBeNull();
    },
  );
});

describe('journalctl and syslog', () => {
  const at = (year: number): number => Date.UTC(year, 10, 22, 21, 6, 35) * 1000;
  test.each<Row>([
    ['-o short', `Nov 22 21:06:35 debian-bookworm systemd[1]: ${failed}`, pid1],
    ['-o short-precise', `Nov 22 21:06:35.351537 debian-bookworm systemd[1]: ${failed}`, pid1],
    ['-o short-iso', `2026-11-22T21:06:35+0000 debian-bookworm systemd[1]: ${failed}`, {...pid1, wallUs: at(2026)}],
    [
      '-o short-iso of newer releases',
      `2026-11-22T21:06:35+00:00 debian-bookworm systemd[1]: ${failed}`,
      {...pid1, wallUs: at(2026)},
    ],
    [
      '-o short-iso-precise',
      `2026-11-22T21:06:35.351537+0000 debian-bookworm systemd[1]: ${failed}`,
      {...pid1, wallUs: at(2026) + 351_537},
    ],
    ['-o short-full', `Sun 2026-11-22 21:06:35 UTC debian-bookworm systemd[1]: ${failed}`, {...pid1, wallUs: at(2026)}],
    ['-o short-full in summer time', `Mon 2024-05-20 10:13:20 CEST host systemd[1]: ${failed}`, pid1],
    ['-o with-unit, PID 1', `Sun 2026-11-22 21:06:35 UTC debian-bookworm init.scope[1]: ${failed}`, pid1],
    [
      '-o with-unit, a service',
      'Sun 2026-11-22 21:06:35 UTC debian-bookworm ssh.service[312]: Server listening',
      {unit: 'ssh.service', pid: 312, identifier: null, message: 'Server listening'},
    ],
    [
      '-o with-unit, a template',
      'Sun 2026-11-22 21:06:35 UTC debian-bookworm systemd-fsck@dev-vdb.service[312]: x',
      {unit: 'systemd-fsck@dev-vdb.service'},
    ],
    [
      '-o with-unit, the kernel',
      'Sun 2026-11-22 21:06:35 UTC debian-bookworm kernel: usb 1-4: reset',
      {...kernel, message: 'usb 1-4: reset'},
    ],
    [
      '-o short-unix',
      `1795381595.351537 debian-bookworm systemd[1]: ${failed}`,
      {...pid1, wallUs: 1_795_381_595_351_537},
    ],
    ['-o short-monotonic', `[   96.138971] debian-bookworm systemd[1]: ${failed}`, {...pid1, timeUs: 96_138_971}],
    [
      '-o short-monotonic, the kernel',
      '[    1.234567] localhost kernel: usb 1-4: reset',
      {...kernel, timeUs: 1_234_567, message: 'usb 1-4: reset'},
    ],
    [
      '-o short-monotonic --no-hostname',
      '[   91.053981] systemd-logind[623]: The system will reboot now!',
      {timeUs: 91_053_981, identifier: 'systemd-logind', pid: 623, message: 'The system will reboot now!'},
    ],
    ['--no-hostname', `Feb 25 09:03:26 systemd[1]: ${failed}`, pid1],
    [
      '--no-hostname, the kernel',
      'Feb 25 09:03:26 kernel: usb 3-1.4.1.2: Product: USB2.0 Hub',
      {...kernel, message: 'usb 3-1.4.1.2: Product: USB2.0 Hub'},
    ],
    [
      'the kernel',
      'Nov 22 21:06:35 debian-bookworm kernel: Command line: root=LABEL=rootfs ro',
      {...kernel, message: 'Command line: root=LABEL=rootfs ro'},
    ],
    [
      'an identifier without pid',
      'Nov 22 21:06:35 host sudo: pam_unix(sudo:session): session opened',
      {identifier: 'sudo', pid: null, message: 'pam_unix(sudo:session): session opened'},
    ],
    ['a day of one digit', `Nov  2 21:06:35 host systemd[1]: ${failed}`, pid1],
    [
      'a month in Spanish',
      "dic 13 12:29:10 localhost.localdomain mount[859]: mount: unknown filesystem type 'vfat'",
      {identifier: 'mount', pid: 859, message: "mount: unknown filesystem type 'vfat'"},
    ],
    ['a month in German', `Mär 13 12:29:10 host systemd[1]: ${failed}`, pid1],
    ['a host name with dots and dashes', `Nov 22 21:06:35 ip-10-0-0-1.example.org systemd[1]: ${failed}`, pid1],
    [
      'a process with a name in parentheses',
      'Apr 10 23:03:44 localhost (resolved)[1028]: Failed to create destination mount point node',
      {identifier: '(resolved)', pid: 1028, message: 'Failed to create destination mount point node'},
    ],
    [
      'rsyslog keeps the stamp of the kernel, and the tag in it',
      'Jul 30 06:02:55 localhost kernel: [   24.313121] systemd[1]: firewalld.service: Found ordering cycle on dbus.socket/start',
      {
        timeUs: 24_313_121,
        identifier: 'systemd',
        pid: 1,
        message: 'firewalld.service: Found ordering cycle on dbus.socket/start',
      },
    ],
    [
      'rsyslog keeps the stamp of a kernel line',
      'Jul 30 06:02:55 localhost kernel: [   24.313121] usb 1-4: reset',
      {...kernel, timeUs: 24_313_121, message: 'usb 1-4: reset'},
    ],
    [
      'rsyslog with RFC 3339 stamps',
      '2024-05-20T10:13:20.123456+00:00 host kernel: [    1.234567] usb 1-4: reset',
      {...kernel, timeUs: 1_234_567, wallUs: Date.UTC(2024, 4, 20, 10, 13, 20) * 1000 + 123_456},
    ],
    [
      'a column for facility and level',
      '2023-07-23T20:15:03.277842+00:00 wizylap daemon.info systemd[1]: Mounting /sysroot...',
      {identifier: 'systemd', pid: 1, message: 'Mounting /sysroot...'},
    ],
    ['a stamp of Greenwich', `2026-11-22T21:06:35Z host systemd[1]: ${failed}`, {...pid1, wallUs: at(2026)}],
  ])('%s', check);

  test.each<Row>([
    [
      'busybox syslogd, the same column',
      'May 20 10:13:20 host kern.info kernel: usb 1-4: reset',
      {...kernel, message: 'usb 1-4: reset'},
    ],
  ])('%s', check);

  test.each<Row>([
    ['a stamp with an offset', `2026-11-22T23:06:35+0200 host systemd[1]: ${failed}`, {...pid1, wallUs: at(2026)}],
  ])('%s', check);

  test('stamps without a year measure time all the same', () => {
    const [before, after] = ['Nov 22 21:06:35.351537', 'Nov 22 21:06:37.070004'].map(
      stamp => entryOf(`${stamp} host a[1]: x`).wallUs,
    );
    expect(Number(after) - Number(before)).toBe(1_718_467);
  });
});

describe('syslog', () => {
  const error = {priority: 3};
  test.each<Row>([
    [
      'rsyslog, RFC 5424, with a blank too many',
      `<27>1 2026-11-27T10:06:05.224955+00:00 vm systemd 1 - -  ${failed}`,
      {...pid1, ...error, wallUs: Date.UTC(2026, 10, 27, 10, 6, 5) * 1000 + 224_955, format: 'syslog'},
    ],
    [
      'structured data and a byte order mark stand before the message',
      `<27>1 2026-11-27T10:06:05.224955+00:00 vm systemd 1 ID47 [x@1 k="v \\] w"][timeQuality tzKnown="1"] \ufeff${failed}`,
      {...pid1, ...error},
    ],
    ['a message without a stamp', `<27>1 - vm systemd 1 - - ${failed}`, {...pid1, ...error, wallUs: null}],
    [
      'the kernel, with its own stamp',
      '<4>1 2026-11-27T10:06:05Z vm kernel - - - [    1.234567] usb 1-4: reset',
      {...kernel, priority: 4, timeUs: 1_234_567, message: 'usb 1-4: reset'},
    ],
    ['a file without the priority', `1 2026-11-27T10:06:05Z vm systemd 1 - - ${failed}`, {...pid1, priority: null}],
    ['RFC 3164 as it is sent', `<27>Nov 27 10:06:05 vm systemd[1]: ${failed}`, {...pid1, ...error}],
    ['rsyslog, forwarded', `<27>2026-11-27T10:06:05.224955+00:00 vm systemd[1]: ${failed}`, {...pid1, ...error}],
    [
      'facility and severity as a column',
      `2026-11-27T10:06:05.224955+00:00 vm daemon.err systemd[1]: ${failed}`,
      {...pid1, ...error},
    ],
    ['busybox syslogd', `Nov 27 10:06:05 vm daemon.err systemd[1]: ${failed}`, {...pid1, ...error}],
    ['busybox syslogd -S', `Nov 27 10:06:05 daemon.err systemd[1]: ${failed}`, {...pid1, ...error}],
    [
      "OpenWrt's logread",
      'Sun Nov 22 21:05:45 2026 kern.warn kernel: [    8.123456] mtdblock: block not found',
      {...kernel, priority: 4, timeUs: 8_123_456, message: 'mtdblock: block not found'},
    ],
    [
      'a stamp of the kernel, and PID 1, inside',
      `Nov 27 10:06:05 vm kernel: [   24.313121] systemd[1]: ${failed}`,
      {...pid1, timeUs: 24_313_121},
    ],
    ['an ESC in octal', 'Nov 27 10:06:05 vm app[208]: colour #033[1mbold#033[0m', {message: 'colour bold'}],
  ])('%s', check);
});

describe('two writers in one line', () => {
  test.each([
    [
      'a login prompt and the kernel',
      'debian-trixie login: [   72.269475] powernow_k8: Power state transitions not supported',
      [
        {message: 'debian-trixie login: '},
        {message: 'powernow_k8: Power state transitions not supported', timeUs: 72_269_475, kernel: true},
      ],
    ],
    [
      'a prompt of sulogin and PID 1',
      '(or press Control-D to continue): [  131.463343] systemd[1]: Started systemd-timesyncd.service - Network Time Synchronization.',
      [
        {},
        {identifier: 'systemd', pid: 1, message: 'Started systemd-timesyncd.service - Network Time Synchronization.'},
      ],
    ],
    [
      'a shell of the initramfs and a panic',
      '/init: 384: .: [  271.403835] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000200',
      [
        {message: '/init: 384: .: '},
        {kernel: true, message: 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000200'},
      ],
    ],
    [
      'two kernel lines',
      '[  153.613861] BUG: unable to handle kernel [  153.615435] deprecated getsockopt IP_VLAN used by a!',
      [
        {message: 'BUG: unable to handle kernel ', timeUs: 153_613_861},
        {message: 'deprecated getsockopt IP_VLAN used by a!', timeUs: 153_615_435},
      ],
    ],
    [
      'a status line and the journal',
      '         Startin[ 3226.363705] systemd[1]: Starting OSTree Prepare OS/...',
      [{}, {identifier: 'systemd', message: 'Starting OSTree Prepare OS/...', timeUs: 3_226_363_705}],
    ],
    [
      'a line of the kernel and a status line',
      '[   18.301422] usb 1-4: res[  OK  ] Started ssh.service - OpenBSD Secure Shell server.',
      [
        {message: 'usb 1-4: res', timeUs: 18_301_422},
        {status: 'OK', message: 'Started ssh.service - OpenBSD Secure Shell server.'},
      ],
    ],
    [
      'a login prompt and a unit that begins',
      'debian login:          Starting ssh.service - OpenBSD Secure Shell server...',
      [{message: 'debian login: '}, {status: '', message: 'Starting ssh.service - OpenBSD Secure Shell server...'}],
    ],
  ])('%s are told apart', (_what, line, expected) => {
    expect(entriesOf(line)).toMatchObject(expected);
  });

  test.each([
    [
      'a program that quotes a status line',
      'Nov 22 21:06:35 host check[9]: saw [FAILED] Failed to start a.service - A.',
    ],
    ['a program that says that a test failed', '[   18.301422] selftest[9]: mount [FAILED] as expected'],
    ['a wide table', '[   18.301422] table: name          Starting point'],
  ])('%s is one writer', (_what, line) => {
    expect(entriesOf(line)).toHaveLength(1);
  });

  test('three lines of the kernel that lost their ends are three', () => {
    const line = '[    1.000001] usb 1-1: a[    1.000002] usb 1-2: b[    1.000003] usb 1-3: c';
    expect(entriesOf(line).map(({message}) => message)).toEqual(['usb 1-1: a', 'usb 1-2: b', 'usb 1-3: c']);
  });
});

test('a line keeps its number and its text, without control characters', () => {
  expect(entryOf('[\x1b[0;32m  OK  \x1b[0m] Reached target \x1b[0;1;39mswap.target\x1b[0m - Swaps.\r\r')).toMatchObject(
    {
      line: 1,
      text: '[  OK  ] Reached target swap.target - Swaps.',
      kind: 'line',
    },
  );
});

test('a line of blanks alone is no entry', () => {
  expect(entriesOf(' \t  \r')).toEqual([]);
  expect(entriesOf('')).toEqual([]);
});
