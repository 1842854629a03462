/** A unit that failed to make a device, and what then misses the device. No rule knows why it failed. */
import {describe, expect, test} from 'vitest';
import {begun, initrd, kernelStart, pid1} from '../boots.js';
import {bootOf} from '../log.js';

const roots = async (...lines: readonly string[]): Promise<(string | null)[]> =>
  (await bootOf(lines)).rootCauses.map(({unit, rule}) => unit ?? rule);
const missing = (seconds: number, name: string, path: string): string[] => [
  pid1(seconds, `${name}.device: Job ${name}.device/start timed out.`),
  pid1(seconds + 0.1, `Timed out waiting for device ${name}.device - ${path}.`),
];
const failed = (seconds: number, unit: string, description: string): string[] => [
  pid1(seconds, `${unit}: Main process exited, code=exited, status=1/FAILURE`),
  pid1(seconds + 0.1, `${unit}: Failed with result 'exit-code'.`),
  pid1(seconds + 0.2, `Failed to start ${unit} - ${description}.`),
];
const crypt = 'systemd-cryptsetup@data.service';

describe('a unit that failed is blamed for the device that it should have made', () => {
  test('the mapping that is named after it', async () => {
    expect(
      await roots(
        ...begun,
        ...failed(12, crypt, 'Cryptography Setup for data'),
        ...missing(100, 'dev-mapper-data', '/dev/mapper/data'),
      ),
    ).toEqual([crypt]);
  });

  test('the root file system, whatever root= calls it', async () => {
    expect(
      await roots(
        ...kernelStart('root=UUID=1234-abcd ro'),
        ...initrd,
        ...failed(12, crypt, 'Cryptography Setup for data'),
        ...missing(100, 'dev-disk-by\\x2duuid-1234\\x2dabcd', '/dev/disk/by-uuid/1234-abcd'),
        pid1(101, 'Dependency failed for sysroot.mount - /sysroot.'),
      ),
    ).toEqual([crypt]);
  });

  test('a logical volume', async () => {
    expect(
      await roots(
        ...begun,
        ...failed(12, 'lvm2-pvscan@253:3.service', 'LVM event activation on device 253:3'),
        ...missing(100, 'dev-mapper-vg\\x2ddata', '/dev/mapper/vg-data'),
      ),
    ).toEqual(['lvm2-pvscan@253:3.service']);
  });
});

test('a mount that says nothing is explained by the pool that could not be imported right before', async () => {
  expect(
    await roots(
      ...kernelStart('root=zfs:rpool ro'),
      ...initrd,
      '[FAILED] Failed to start zfs-import-cache.service - Import ZFS pools by cache file.',
      '[FAILED] Failed to mount sysroot.mount - /sysroot.',
    ),
  ).toEqual(['zfs-import-cache.service']);
});

test('a unit that failed is not blamed for another device', async () => {
  expect(
    await roots(
      ...begun,
      ...failed(12, crypt, 'Cryptography Setup for data'),
      ...missing(100, 'dev-mapper-home', '/dev/mapper/home'),
    ),
  ).toHaveLength(2);
});

test('a step that PID 1 fails at for one unit after the other has failed once', async () => {
  const cannot = (seconds: number, name: string): string[] => [
    pid1(seconds, `${name}.service: Failed to set up credentials: Invalid argument`).replace(
      'systemd[1]',
      `(${name})[300]`,
    ),
    ...failed(seconds, `${name}.service`, name).map(line => line.replace('1/FAILURE', '243/CREDENTIALS')),
  ];
  expect(await roots(...begun, ...cannot(12, 'aa'), ...cannot(13, 'bb'))).toEqual(['aa.service']);
});
