/** A circle of units, one of which fails later for what systemd left out. */
import {expect, test} from 'vitest';
import {begun, failure, finished, pid1} from '../boots.js';
import {bootOf} from '../log.js';

const circle = [
  pid1(11, 'names.service: Found ordering cycle on files.service/start'),
  pid1(11, 'names.service: Found dependency on local-fs.target/start'),
  pid1(11, 'names.service: Found dependency on persist.service/start'),
  pid1(11, 'names.service: Found dependency on names.service/start'),
  pid1(11, 'names.service: Job files.service/start deleted to break ordering cycle starting with names.service/start'),
];
const notSpawned = (unit: string): string[] => [
  pid1(12, `${unit}: Failed to spawn 'start' task: Not a directory`),
  pid1(12, `${unit}: Failed with result 'resources'.`),
];

test('a member of the circle that fails later fails of it', async () => {
  const {rootCauses} = await bootOf([...begun, ...circle, ...notSpawned('names.service'), ...finished]);
  expect(rootCauses.map(({rule}) => rule)).toEqual(['systemd/ordering-cycle']);
  expect(rootCauses[0]?.effects.map(({unit}) => unit)).toContain('names.service');
});

test('what is not of the circle fails by itself', async () => {
  const {rootCauses} = await bootOf([...begun, ...circle, ...failure(12, 'app.service', 'App'), ...finished]);
  expect(rootCauses.map(({rule, unit}) => rule ?? unit)).toEqual(['systemd/ordering-cycle', 'app.service']);
});

test('what failed before the circle was found fails by itself', async () => {
  const {rootCauses} = await bootOf([...begun, ...failure(10, 'names.service', 'Names'), ...circle, ...finished]);
  expect(rootCauses.map(({rule, unit}) => rule ?? unit)).toContain('names.service');
});
