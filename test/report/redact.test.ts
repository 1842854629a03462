import {expect, test} from 'vitest';
import {createRedactor} from '../../src/report/redact.js';
import {builtinRules} from '../../src/rules/builtin.js';
import {analyzeSample} from './samples.js';

const redacted = (text: string): string => createRedactor(builtinRules()).text(text);

test.each([
  ['Nov 22 21:05:45 zeus sshd[7]: hello', 'Nov 22 21:05:45 host-1 sshd[7]: hello'],
  ['2026-11-22T21:05:45.684490+00:00 zeus kernel: hello', '2026-11-22T21:05:45.684490+00:00 host-1 kernel: hello'],
  ['Sun 2026-11-22 21:05:45 UTC zeus init.scope[1]: hello', 'Sun 2026-11-22 21:05:45 UTC host-1 init.scope[1]: hello'],
  ['1732309545.684490 zeus systemd[1]: hello', '1732309545.684490 host-1 systemd[1]: hello'],
  ['[   12.345678] zeus systemd[1]: hello', '[   12.345678] host-1 systemd[1]: hello'],
  ['systemd[1]: Hostname set to <zeus>.', 'systemd[1]: Hostname set to <host-1>.'],
  ['systemd[1]: Set hostname to <zeus.example.org>.', 'systemd[1]: Set hostname to <host-1>.'],
  [
    'hostname: static hostname changed from (none) to "zeus"',
    'hostname: static hostname changed from (none) to "host-1"',
  ],
  ['Kernel command line: ro systemd.hostname=zeus quiet', 'Kernel command line: ro systemd.hostname=host-1 quiet'],
  ['ip=10.1.0.2::10.1.0.1:255.255.255.0:zeus:eth0:off', 'ip=ipv4-1::ipv4-2:255.255.255.0:host-1:eth0:off'],
  ['zeus login: ', 'host-1 login: '],
  ['Debian GNU/Linux 12 zeus ttyS0', 'Debian GNU/Linux 12 host-1 ttyS0'],
  [
    'mount.nfs: access denied by server: files.example.org:/export',
    'mount.nfs: access denied by server: host-1:/export',
  ],
  ['Linux version 6.9.1 (ines@zeus) (gcc 13)', 'Linux version 6.9.1 (user-1@host-1) (gcc 13)'],
])('a host: %s', (text, expected) => {
  expect(redacted(text)).toBe(expected);
});

test.each([
  ['cannot open /home/ines/.config/x', 'cannot open /home/user-1/.config/x'],
  ['Mounting home-ines.mount - /home/ines...', 'Mounting home-user-1.mount - /home/user-1...'],
  [
    'pam_unix(sshd:session): session opened for user ines(uid=1000) by (uid=0)',
    'pam_unix(sshd:session): session opened for user user-1(uid=1000) by (uid=0)',
  ],
  ['Accepted publickey for ines from 10.0.0.7 port 5 ssh2', 'Accepted publickey for user-1 from ipv4-1 port 5 ssh2'],
  ['sudo[99]:     ines : TTY=pts/0 ; PWD=/', 'sudo[99]:     user-1 : TTY=pts/0 ; PWD=/'],
  ['Started session-3.scope - Session 3 of User ines.', 'Started session-3.scope - Session 3 of User user-1.'],
  ['CRON[7]: (ines) CMD (true)', 'CRON[7]: (user-1) CMD (true)'],
])('a user: %s', (text, expected) => {
  expect(redacted(text)).toBe(expected);
});

test.each([
  ['address 192.168.7.9/24, gateway 10.0.0.1', 'address ipv4-1/24, gateway ipv4-2'],
  ['listening on [2001:db8::7]:22, peer fe80::1%eth0', 'listening on [ipv6-1]:22, peer ipv6-2%eth0'],
  ['from 2001:db8:0:1:2:3:4:5: refused', 'from ipv6-1: refused'],
  ['eth0: 52:54:00:aB:cd:01', 'eth0: mac-1'],
  ['BOOTIF=01-52-54-00-ab-cd-01 enx525400abcd01', 'BOOTIF=01-mac-1 enxmac-1'],
  ['guid 00:11:22:33:44:55:66:77', 'guid mac-1'],
  ['root=UUID=6f3b2b0e-1111-4222-8333-123456789abc', 'root=UUID=uuid-1'],
  [
    'Job dev-disk-by\\x2duuid-6f3b2b0e\\x2d1111\\x2d4222\\x2d8333\\x2d123456789abc.device/start',
    'Job dev-disk-by\\x2duuid-uuid\\x2d1.device/start',
  ],
  ['/dev/disk/by-uuid/12AB-34CD and PARTUUID=1234abcd-02', '/dev/disk/by-uuid/uuid-1 and PARTUUID=uuid-2'],
  ['PV aBcDeF-1234-abcd-5678-EFGH-9012-ijKLmn', 'PV uuid-1'],
  ['/var/log/journal/0123456789abcdef0123456789abcdef/system.journal', '/var/log/journal/id-1/system.journal'],
  ['usb 1-1: SerialNumber: 4C530001230101117391', 'usb 1-1: SerialNumber: serial-1'],
  ['usb 1-1: SerialNumber: 4C000000HCD000', 'usb 1-1: SerialNumber: serial-1'],
  [
    '/dev/disk/by-id/ata-WDC_WD40EFRX-68N32N0_WD-WCC7K1234567-part1 is gone',
    '/dev/disk/by-id/ata-serial-1-part1 is gone',
  ],
  ['Device: /dev/sda, S/N:WD-WCC7K1234567, WWN:5-0014ee-2b5a1c2d3', 'Device: /dev/sda, S/N:serial-1, WWN:serial-2'],
  ['iqn.2004-10.com.example:zeus:disk1', 'serial-1'],
  ['mail to ines.weiss+boot@mail.example.org failed', 'mail to email-1 failed'],
  [
    "wlan0: Trying to associate with 52:54:00:ab:cd:01 (SSID='Blue House' freq=2412 MHz)",
    "wlan0: Trying to associate with mac-1 (SSID='wifi-1' freq=2412 MHz)",
  ],
])('%s', (text, expected) => {
  expect(redacted(text)).toBe(expected);
});

test.each([
  'https://ines:geheim7@example.org/x',
  'curl -H "Authorization: Bearer abcdefghij0123456789"',
  'config: password=geheim7 retry=3',
  'api_key: "geheim7-abc"',
  'GET /?token=geheim7&x=1',
  'coreos: ghp_abcdefghijklmnopqrstuvwxyz0123456789',
  'aws AKIAABCDEFGHIJKLMNOP',
  'jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc_DEF-123',
  'root:$6$saltsalt$abcdefghijklmnop:19000',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIabcdefghijklmnop',
  'Kernel command line: systemd.set_credential=passwd.hashed-password.root:geheim7',
  'recovery cbdefghi-jklnrtuv-cbdefghi-jklnrtuv-cbdefghi-jklnrtuv-cbdefghi-jklnrtuv',
])('a secret: %s', text => {
  expect(redacted(text)).toMatch(/secret-1/);
  expect(redacted(text)).not.toMatch(/geheim7|abcdefghij|AAAAC3|eyJ|\$6\$|cbdefghi/i);
});

test.each([
  'iwlwifi: loaded firmware version 36.1.2.3 op_mode iwlmvm',
  'driver 7.714.4.0-k, fw 218.0.166.0, BIOS 1.2.3.4',
  'installing foo-1.2.3.4-5.el9.x86_64.rpm and libfoo.so.1.2.3.4',
  'inet 127.0.0.1 netmask 255.255.0.0 inet6 ::1',
  'RIP: 0010:[<ffffffff8107a7b4>]  [<ffffffff8107a7b4>] native_safe_halt+0x4/0x10',
  'CR2: 0000000000000000 CR3: 000000000180d000 DR0: 00000000',
  'thread panicked at std::io::Error::last, core::fmt::dead::beef',
  'pci 0000:00:1f.2: [8086:2922] type 00 class 0x010601',
  'usb 1-1.2.3.4: new high-speed USB device number 7',
  'ata4.00: cmd 60/08:00:00:00:00/00:00:00:00:00/40 tag 0 ncq dma 4096 in',
  'at 21:05:45 on 2026-11-22, after 00:00:12',
  'dev-sda2.device: Job dev-sda2.device/start timed out.',
  'Starting systemd-fsck@dev-vda1.service - File System Check on /dev/vda1...',
  'getty@tty1.service: Succeeded, user@1000.service: started',
  'ostree=/ostree/boot.1/debian/0480d8ab59d27ac9d0836914fa41582f5e4bcfa8e713238fc87d243f7728f919/0',
  'xhci_hcd: New USB device strings: Mfr=3, Product=2, SerialNumber=1',
  'usb usb1: SerialNumber: 0000:00:14.0',
  'usb usb2: SerialNumber: xhci-hcd-2',
  '20100000.serial: ttyS0 at MMIO 0x20100000, Serial: 8250/16550 driver',
  'Dependency failed for systemd-logind.service - User Login Management.',
  'will be passed to user space; of user space and for user sessions',
  'Reached target getty.target - Login Prompts; Started Dispatch Password Requests.',
  'Failed at step USER spawning /usr/bin/acmed: No such process',
  'modprobe: FATAL: Module overlay not found in directory /lib/modules/6.1.0-50-cloud-amd64',
  'localhost systemd[1]: nothing',
  'MPTCP token hash table entries: 32768; crng init done',
  '[    1.234567] usb 1-1: New device',
])('what a diagnosis needs stays: %s', text => {
  expect(redacted(text)).toBe(text);
});

test('the same thing has the same name wherever it stands, in every writing', () => {
  const {text} = createRedactor();
  const lines = [
    'Nov 22 21:05:45 zeus systemd[1]: Hostname set to <zeus.example.org>.',
    'zeus.example.org and ZEUS talk to apollo.example.org, see example.org',
    '/dev/mapper/zeus--vg-root, dev-mapper-zeus\\x2d\\x2dvg\\x2droot.device',
    'UUID=6f3b2b0e-1111-4222-8333-123456789abc by\\x2duuid-6f3b2b0e\\x2d1111\\x2d4222\\x2d8333\\x2d123456789abc.device',
  ];
  expect(lines.map(text)).toEqual([
    'Nov 22 21:05:45 host-1 systemd[1]: Hostname set to <host-1>.',
    'host-1 and host-1 talk to host-2, see domain-1',
    '/dev/mapper/host-1--vg-root, dev-mapper-host-1\\x2d\\x2dvg\\x2droot.device',
    'UUID=uuid-1 by\\x2duuid-uuid\\x2d1.device',
  ]);
});

test('what has been hidden stays as it is', () => {
  const {text} = createRedactor();
  const once = text("Nov 22 21:05:45 zeus x[1]: /home/ines 10.0.0.1 hostname='zeus' user=ines password=geheim7");
  expect(text(once)).toBe(once);
});

test('an everyday word is hidden where a host stands, and nowhere else', () => {
  expect(redacted('Nov 22 21:05:45 storage systemd[1]: the storage is full')).toBe(
    'Nov 22 21:05:45 host-1 systemd[1]: the storage is full',
  );
});

test('a unit or program that is called like the host keeps its name', () => {
  const {text} = createRedactor();
  expect(text('Nov 22 21:05:45 grafana grafana[7]: grafana.service of grafana')).toBe(
    'Nov 22 21:05:45 host-1 grafana[7]: grafana.service of host-1',
  );
});

test('what an ellipsis left of a thing is hidden with it', () => {
  const {text} = createRedactor();
  text('usb 1-1: SerialNumber: 4C530001230101117391');
  expect(text('“no disk 4C5300012301…”, dev-disk…117391.device')).toBe('“no disk serial-1…”, dev-disk…serial-1.device');
});

test('a name is known where it is told only later in the report', async () => {
  const report = await analyzeSample('fstab-missing-device/journal.short');
  const verdict = `${report.boots[0]?.verdict} on debian-bookworm`;
  const boots = [{...report.boots[0], verdict}] as unknown as typeof report.boots;
  expect(createRedactor().report({...report, boots}).boots[0]?.verdict).toMatch(/ on host-1$/);
});

test('a report says what was hidden, and how often', async () => {
  const {report} = createRedactor(builtinRules());
  const {redactions} = report(await analyzeSample('fstab-missing-device/journal.short'));
  expect(redactions).toEqual([
    {kind: 'UUID', count: expect.any(Number), different: 1},
    {kind: 'host name', count: expect.any(Number), different: 1},
  ]);
  expect(report(await analyzeSample('initrd-truncated/console.log')).redactions).toEqual([]);
});
