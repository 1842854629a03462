/** Templates and the words that fingerprints are made of. */
import {describe, expect, test} from 'vitest';
import {readable} from '../../src/diagnose/explain.js';
import {normalize} from '../../src/diagnose/findings.js';
import {explainExitStatus, explainResult} from '../../src/model/exit-status.js';
import {fill} from '../../src/model/rule.js';

describe('fill', () => {
  const values = {unit: 'foo.service', path: '/etc/foo', odd: '{unit} $& $1'};

  test.each([
    ['{unit} cannot read {path}', 'foo.service cannot read /etc/foo'],
    ['{unit|a unit} failed', 'foo.service failed'],
    ['{device|a device} is missing', 'a device is missing'],
    ['{device|} is missing', ' is missing'],
    ['{device} is missing', 'DEVICE is missing'],
    ['no templates, no {changes here}', 'no templates, no {changes here}'],
    ['an awk of {odd}', 'an awk of {unit} $& $1'],
    ['{{unit}}', '{foo.service}'],
    ['', ''],
  ])('“%s” becomes “%s”', (template, text) => {
    expect(fill(template, values)).toBe(text);
  });
});

describe('readable', () => {
  test.each([
    ['device', 'dev-disk-by\\x2duuid-1234\\x2dabcd', '/dev/disk/by-uuid/1234-abcd'],
    ['device', 'dev-ttyS0', '/dev/ttyS0'],
    ['device', '/dev/mapper/vg0-root', '/dev/mapper/vg0-root'],
    ['device', 'sda', 'sda'],
    ['unit', 'dev-sdb1.device', 'dev-sdb1.device'],
    ['error', 'Unit foo.target not found.', 'Unit foo.target not found'],
    ['error', ' open ', 'open'],
    ['error', 'createFiles: op(1):', 'createFiles: op(1)'],
    ['path', '/etc/foo.', '/etc/foo.'],
    ['version', '1.', '1.'],
  ])('the %s “%s” reads “%s”', (name, value, text) => {
    expect(readable({[name]: value})).toEqual({[name]: text});
  });
});

describe('normalize', () => {
  test.each([
    [
      'ids',
      '/dev/disk/by-uuid/0a1b2c3d-0000-4000-8000-000000000001',
      '/dev/disk/by-uuid/ffffffff-1111-4000-8000-000000000002',
    ],
    [
      'escaped ids',
      'dev-disk-by\\x2duuid-0a1b2c3d\\x2d0000\\x2d4000\\x2d8000\\x2d000000000001.device',
      'dev-disk-by\\x2duuid-ffffffff\\x2d1111\\x2d4000\\x2d8000\\x2d000000000002.device',
    ],
    [
      'checksums',
      'debian/10ab98700cf541bad6092a1c6a587931baac166ea900241c356a6e82c489a9b9',
      'debian/fffb98700cf541bad6092a1c6a587931baac166ea900241c356a6e82c489a9b9',
    ],
    ['disks', '/dev/sda', '/dev/vdb'],
    ['partitions', '/dev/sda1', '/dev/nvme0n1p2'],
    ['cards', 'mmcblk0p2', 'mmcblk1p1'],
    ['mapped devices', 'dm-0', 'dm-12'],
    ['numbers', 'pid 311', 'pid 9'],
    ['ids of NTFS', '/dev/disk/by-uuid/5E1A0B2C3D4F5061', '/dev/disk/by-uuid/01D9A0B1C2D3E4F5'],
    ['ids of FAT, with digits or without', '/dev/disk/by-uuid/ABCD-FADE', '/dev/disk/by-uuid/1A2B-3C4D'],
    ['addresses', 'at 0xffff8880a9eb8cbc', 'at 0xffff888012345678'],
  ])('%s differ from machine to machine', (_what, one, other) => {
    expect(normalize(one)).toBe(normalize(other));
    expect(normalize(one)).not.toBe('');
  });

  test('short ids of file systems differ from machine to machine', () => {
    expect(normalize('/dev/disk/by-uuid/0A1B-2C3D')).toBe(normalize('/dev/disk/by-uuid/77AA-19FE'));
  });

  test.each([
    ['units', 'foo.service', 'bar.service'],
    ['paths', '/var/lib/foo', '/var/lib/bar'],
    ['instances by name', 'getty@tty1.service', 'getty@ttyS0.service'],
    ['programs with a number', 'python3', 'python2'],
    ['file systems', 'ext4', 'ext3'],
    ['labels', 'LABEL=rootfs', 'LABEL=data'],
  ])('%s do not', (_what, one, other) => {
    expect(normalize(one)).not.toBe(normalize(other));
  });

  test('normalizing twice changes nothing more', () => {
    const value = 'dev-sda1 0xff 0a1b2c3d-0000-4000-8000-000000000001 17 mmcblk0p2';
    expect(normalize(normalize(value))).toBe(normalize(value));
  });
});

describe('exit statuses', () => {
  test.each(['203/EXEC', '217/USER', '226/NAMESPACE', '243/CREDENTIALS', '9/KILL', '6/ABRT'])(
    '%s is said in words',
    status => {
      expect(explainExitStatus(status)).not.toContain(status);
      expect(explainExitStatus(status)).toMatch(/^(?:it|its|a|there) /);
    },
  );

  test('a program’s own status is given as it is', () => {
    expect(explainExitStatus('1/FAILURE')).toContain('1/FAILURE');
  });

  test('every result of a unit is said in words', () => {
    for (const result of [
      'resources',
      'protocol',
      'timeout',
      'exit-code',
      'signal',
      'core-dump',
      'watchdog',
      'start-limit-hit',
      'oom-kill',
    ]) {
      expect(explainResult(result)).not.toBe(explainResult('unheard-of').replace('unheard-of', result));
    }
  });
});
