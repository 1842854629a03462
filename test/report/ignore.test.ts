import {expect, test} from 'vitest';
import type {Cause, Report} from '../../src/model/report.js';
import {ignoring} from '../../src/report/ignore.js';
import {analyzeSample} from './samples.js';

const sample = await analyzeSample('exec-203/journal.short-monotonic');

const ignored = (report: Report): boolean[] =>
  report.boots.flatMap(({rootCauses}) => rootCauses.map((each: Cause) => each.ignored === true));

test.each(['unit/executable-cannot-run', 'unit/*', '*', 'unit/executable-cannot-run:metrics-*'])('%s', pattern => {
  expect(ignored(ignoring(sample, [pattern]))).toEqual([true]);
});

test('another rule, and a part of an id, name nothing', () => {
  expect(ignored(ignoring(sample, ['unit/other', 'unit', 'executable-cannot-run', 'service/*']))).toEqual([false]);
});

test('without a pattern the report is the same', () => {
  expect(ignoring(sample, [])).toBe(sample);
});
