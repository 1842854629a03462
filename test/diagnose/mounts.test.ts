/** A file system that was not mounted, and what then misses its files. No rule knows why. */
import {expect, test} from 'vitest';
import {at, begun, failure, finished, pid1} from '../boots.js';
import {bootOf} from '../log.js';

const roots = async (...lines: readonly string[]): Promise<(string | null)[]> =>
  (await bootOf(lines)).rootCauses.map(({unit, rule}) => rule ?? unit);
const unmounted = [
  pid1(100, 'dev-vdb.device: Job dev-vdb.device/start timed out.'),
  pid1(100.1, 'Timed out waiting for device dev-vdb.device - /dev/vdb.'),
  pid1(100.2, 'Dependency failed for srv-data.mount - /srv/data.'),
];

test('a service that does not find its directory is explained by the device of the mount', async () => {
  expect(
    await roots(
      ...begun,
      ...unmounted,
      pid1(101, 'Starting db.service - Database...'),
      at(101.1, 'db[700]: Error: /srv/data/main does not exist or cannot be read'),
      ...failure(102, 'db.service', 'Database'),
      ...finished,
    ),
  ).toEqual(['fstab/device-not-found']);
});

test('what PID 1 says of a path there is explained too', async () => {
  expect(
    await roots(
      ...begun,
      ...unmounted,
      at(101.1, '(db)[700]: db.service: Changing to the requested working directory failed: No such file or directory'),
      at(101.2, '(db)[700]: db.service: Failed at step CHDIR spawning /srv/data/bin/db: No such file or directory'),
      ...failure(102, 'db.service', 'Database', '200/CHDIR'),
      ...finished,
    ),
  ).toEqual(['fstab/device-not-found']);
});

test('a service that misses another directory is a failure of its own', async () => {
  expect(
    await roots(
      ...begun,
      ...unmounted,
      pid1(101, 'Starting db.service - Database...'),
      at(101.1, 'db[700]: Error: /srv/database/main does not exist or cannot be read'),
      ...failure(102, 'db.service', 'Database'),
      ...finished,
    ),
  ).toEqual(['fstab/device-not-found', 'db.service']);
});

test('a program that says why is heard before PID 1, which only says how it ended', async () => {
  expect(
    await roots(
      ...begun,
      pid1(101, 'Starting db.service - Database...'),
      at(101.1, 'db[700]: Error: the lock is held by another'),
      pid1(102, "db.service: Failed with result 'protocol'."),
      pid1(102.1, 'Failed to start db.service - Database.'),
      ...finished,
    ),
  ).toEqual(['db.service']);
});
