/** PID 1's words about a unit, in every wording since systemd 230 and in the three spellings of StatusUnitFormat=. */
import {describe, expect, test} from 'vitest';
import {type EventKind, readUnitEvent} from '../../src/boot/pid1.js';

type Row = readonly [message: string, kind: EventKind];
type DetailedRow = readonly [message: string, kind: EventKind, detail: string | null];

/** How a unit is spelled: by description, by name, by both. */
const spellings = [
  ['description', 'OpenSSH server'],
  ['name', 'ssh.service'],
  ['combined', 'ssh.service - OpenSSH server'],
] as const;

describe.each(spellings)('StatusUnitFormat=%s', (_format, unit) => {
  test.each<Row>([
    ['Starting %s...', 'starting'],
    ['Mounting %s...', 'starting'],
    ['Started %s.', 'started'],
    ['Finished %s.', 'started'],
    ['Mounted %s.', 'started'],
    ['Reached target %s.', 'started'],
    ['Found device %s.', 'started'],
    ['Listening on %s.', 'started'],
    ['Activated swap %s.', 'started'],
    ['Created slice %s.', 'started'],
    ['Set up automount %s.', 'started'],
    ['Stopping %s...', 'stopping'],
    ['Stopped %s.', 'stopped'],
    ['Unmounted %s.', 'stopped'],
    ['Closed %s.', 'stopped'],
    ['Failed to start %s.', 'failed'],
    ['Failed to mount %s.', 'failed'],
    ['Failed to listen on %s.', 'failed'],
    ['Failed to activate swap %s.', 'failed'],
    ['Failed to set up automount %s.', 'failed'],
    ['Dependency failed for %s.', 'dependency'],
    ['Timed out starting %s.', 'timed-out'],
    ['Timed out waiting for device %s.', 'timed-out'],
    ['Timed out mounting %s.', 'timed-out'],
    ['Timed out listening on %s.', 'timed-out'],
    ['Timed out activating swap %s.', 'timed-out'],
  ])('%s is about the unit', (message, kind) => {
    expect(readUnitEvent(message.replace('%s', unit))).toMatchObject({kind, subject: unit});
  });
});

describe('what PID 1 says of itself', () => {
  test.each([
    'Failed to start up manager.',
    'Failed to start default target: Unit grafical.target not found.',
    'Failed to mount API filesystems.',
    'Failed to mount early API filesystems.',
    'Failed to mount cgroup (type cgroup2) at /sys/fs/cgroup: Operation not permitted',
    'Failed to mount /dev to /sysroot//dev: No such file or directory',
    'Failed to mount tmpfs at /sys/fs/cgroup: No such file or directory',
    'Failed to mount bpf (type bpf) on /sys/fs/bpf (MS_NOSUID|MS_NODEV|MS_NOEXEC "mode=0700"): No such file or directory',
    'Failed to mount /dev (type n/a) on /sysroot/dev (MS_MOVE ""): No such file or directory',
  ])('%s is about no unit', message => {
    expect(readUnitEvent(message)).toBeNull();
  });
});

describe('results and ends of processes', () => {
  test.each<DetailedRow>([
    ["foo.service: Failed with result 'exit-code'.", 'result', 'exit-code'],
    ["foo.service: Failed with result 'start-limit-hit'.", 'result', 'start-limit-hit'],
    ["foo.service: Failed with result 'oom-kill'.", 'result', 'oom-kill'],
    ['foo.service: Unit entered failed state.', 'result', 'failed'],
    ['Unit foo.service entered failed state.', 'result', 'failed'],
    ['foo.service: Main process exited, code=exited, status=1/FAILURE', 'exited', 'exited 1/FAILURE'],
    ['foo.service: Main process exited, code=exited, status=1/FAILURE (success)', 'exited', 'exited 0'],
    ['foo.service: main process exited, code=exited, status=203/EXEC', 'exited', 'exited 203/EXEC'],
    ['foo.service: Control process exited, code=exited, status=1/FAILURE', 'exited', 'exited 1/FAILURE'],
    ['foo.service: Control process exited, code=exited status=1', 'exited', 'exited 1'],
    ['foo.service: control process exited, code=exited status=1', 'exited', 'exited 1'],
    ['foo.service: Main process exited, code=killed, status=9/KILL', 'exited', 'killed 9/KILL'],
    ['foo.service: Main process exited, code=dumped, status=6/ABRT', 'exited', 'dumped 6/ABRT'],
    ['foo.service: Scheduled restart job, restart counter is at 3.', 'restart', '3'],
    ['foo.service: Scheduled restart job immediately on client request, restart counter is at 12.', 'restart', '12'],
    ['foo.service: Service hold-off time over, scheduling restart.', 'restart', null],
    ['foo.service: Start request repeated too quickly.', 'start-limit', null],
    ['foo.service: Triggering OnFailure= dependencies.', 'on-failure', null],
    ["foo.service: Job foo.service/start failed with result 'dependency'.", 'dependency', null],
    ["foo.service: Job foo.service/start failed with result 'timeout'.", 'timed-out', null],
    ['foo.service: Job foo.service/start timed out.', 'timed-out', null],
    ["Job foo.service/start failed with result 'dependency'.", 'dependency', null],
    ['Job foo.service/start timed out.', 'timed-out', null],
  ])('%s', (message, kind, detail) => {
    expect(readUnitEvent(message)).toEqual({kind, subject: 'foo.service', detail});
  });

  test.each<DetailedRow>([
    ['boot-efi.mount: Mount process exited, code=exited, status=32/n/a', 'exited', 'exited 32/n/a'],
    ['boot-efi.mount: Mount process exited, code=exited status=32', 'exited', 'exited 32'],
    ['boot-efi.mount: mount process exited, code=exited status=32', 'exited', 'exited 32'],
    ["boot-efi.mount: Failed with result 'exit-code'.", 'result', 'exit-code'],
  ])('%s', (message, kind, detail) => {
    expect(readUnitEvent(message)).toEqual({kind, subject: 'boot-efi.mount', detail});
  });

  test.each([
    'dev-disk-by\\x2duuid-1234.swap',
    'systemd-fsck@dev-disk-by\\x2dlabel-data.service',
    'dev-disk-by\\x2dpartuuid-0a1b:2c.device',
    'user@1000.service',
    'a:b.socket',
  ])('a unit may be called %s', name => {
    expect(readUnitEvent(`${name}: Failed with result 'resources'.`)).toEqual({
      kind: 'result',
      subject: name,
      detail: 'resources',
    });
  });

  test.each([
    ["See 'systemctl status foo.service' for details.", 'foo.service'],
    ['See "systemctl status foo.service" for details.', 'foo.service'],
    ['See \'systemctl status "foo.service"\' for details.', 'foo.service'],
    [
      "See 'systemctl status systemd-fsck@dev-disk-by\\\\x2dlabel-data.service' for details.",
      'systemd-fsck@dev-disk-by\\x2dlabel-data.service',
    ],
    ["See 'systemctl status -- -.mount' for details.", '-.mount'],
  ])('%s tells the name', (message, subject) => {
    expect(readUnitEvent(message)).toMatchObject({kind: 'name', subject});
  });
});

describe('what a boot waits for', () => {
  test.each([
    ['A start job is running for OpenSSH server (8s / 1min 30s)', 'OpenSSH server', '8s / 1min 30s'],
    [
      'A start job is running for ssh.service - OpenSSH server (8s / no limit)',
      'ssh.service - OpenSSH server',
      '8s / no limit',
    ],
    [
      '(2 of 3) A start job is running for /dev/disk/by-uuid/0a (1min 2s / 1min 30s)',
      '/dev/disk/by-uuid/0a',
      '1min 2s / 1min 30s',
    ],
    ['Job ssh.service/start running (1min 2s / 1min 30s)', 'ssh.service', '1min 2s / 1min 30s'],
    [
      '(1 of 2) Job dev-disk-by\\x2dlabel-r…ice/start running (11s / no limit)',
      'dev-disk-by\\x2dlabel-r…ice',
      '11s / no limit',
    ],
  ])('%s', (message, subject, detail) => {
    expect(readUnitEvent(message)).toEqual({kind: 'waiting', subject, detail});
  });

  test('the status that a service tells of itself is no part of the time', () => {
    expect(readUnitEvent('Job dnf.service/start running (5s / no limit): Loading (3 of 9)')).toMatchObject({
      subject: 'dnf.service',
      detail: '5s / no limit',
    });
  });

  test.each([
    'A stop job is running for OpenSSH server (8s / 1min 30s)',
    'Job ssh.service/stop running (1s / 1min 30s)',
  ])('%s is no start that is waited for', message => {
    expect(readUnitEvent(message)?.kind).not.toBe('waiting');
  });
});

describe('a start that was not needed', () => {
  test.each([
    'Condition check resulted in First Boot Wizard being skipped.',
    'systemd-firstboot.service - First Boot Wizard was skipped because of an unmet condition check (ConditionFirstBoot=yes).',
    'systemd-firstboot.service - First Boot Wizard was skipped because of a failed condition check (ConditionFirstBoot=yes).',
    'First Boot Wizard was skipped because of a failed condition check (ConditionFirstBoot=yes).',
    "foo.service: Skipped due to 'exec-condition'.",
    'Job foo.service/start finished, result=skipped',
  ])('%s is no failure', message => {
    const kind = readUnitEvent(message)?.kind ?? 'skipped';
    expect(kind).toBe('skipped');
  });
});

describe('words that say nothing of a unit’s fate', () => {
  test.each([
    'Detected virtualization kvm.',
    'Hostname set to <debian>.',
    'Failed to load configuration for foo.service: No such file or directory',
    'Failed to put bus name to hashmap: File exists',
    'foo.service: Found left-over process 311 (app) in control group while starting unit. Ignoring.',
    'foo.service: Deactivated successfully.',
    'foo.service: Consumed 1.2s CPU time.',
    '/usr/lib/systemd/system/foo.service:12: Unknown key name',
    'Startup finished in 2.1s (kernel) + 9.9s (userspace) = 12s.',
    'systemd 252.39-1~deb12u1 running in system mode (+PAM)',
    'Timed out',
    'Failed',
    'See',
    '',
    ' ',
    ': ',
    'Unit',
  ])('“%s”', message => {
    expect(readUnitEvent(message)).toBeNull();
  });
});
