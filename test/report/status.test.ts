import {expect, test} from 'vitest';
import {UsageError} from '../../src/model/errors.js';
import type {Boot, Cause, Outcome, Report, Severity} from '../../src/model/report.js';
import {exitStatus, selectBoots} from '../../src/report/status.js';

function cause(severity: Severity): Cause {
  return {
    rule: null,
    title: 'something',
    severity,
    confidence: 'guess',
    unit: null,
    phase: 'userspace',
    fingerprint: 'x',
    evidence: [],
    explanation: '',
    fix: [],
    references: [],
    effects: [],
  };
}

function boot(outcome: Outcome, rootCauses: readonly Severity[] = [], notices: readonly Severity[] = []): Boot {
  return {
    index: 0,
    id: null,
    kernel: null,
    commandLine: null,
    outcome,
    firstLine: 1,
    lastLine: 1,
    durationUs: null,
    phases: [],
    rootCauses: rootCauses.map(cause),
    notices: notices.map(cause),
    units: [],
    stoppedAt: null,
    waitingFor: [],
    verdict: '',
  };
}

function report(...boots: readonly Boot[]): Report {
  const source = {name: 'a.log', formats: [], lines: 1, bytes: 1, truncated: false};
  return {
    schema: 'whyboot.report/1',
    tool: {name: 'whyboot', version: '0', rules: 0},
    source,
    boots: boots.map((each, index) => ({...each, index})),
  };
}

test.each([
  {outcome: 'healthy', status: 0},
  {outcome: 'degraded', status: 1},
  {outcome: 'emergency', status: 1},
  {outcome: 'panic', status: 1},
  {outcome: 'hang', status: 1},
  {outcome: 'reboot', status: 1},
  {outcome: 'incomplete', status: 4},
] as const)('a boot that is $outcome, without a cause, is status $status', ({outcome, status}) => {
  expect(exitStatus(report(boot(outcome)))).toBe(status);
});

test('a report without boots cannot tell', () => {
  expect(exitStatus(report())).toBe(4);
});

test('an excerpt that shows a failure is 1', () => {
  expect(exitStatus(report(boot('incomplete', ['error'])))).toBe(1);
});

test('an excerpt that shows less than --fail-on asks for is not a failure', () => {
  expect(exitStatus(report(boot('incomplete', ['warning'])))).toBe(0);
});

test('notices count at warning only', () => {
  const noticed = report(boot('healthy', [], ['warning']));
  expect(exitStatus(noticed)).toBe(0);
  expect(exitStatus(noticed, {failOn: 'warning'})).toBe(1);
});

test('a note that is only for information never counts', () => {
  expect(exitStatus(report(boot('healthy', [], ['info'])), {failOn: 'warning'})).toBe(0);
});

test('a degraded boot is not fatal, one that did not come up is', () => {
  expect(exitStatus(report(boot('degraded', ['error'])), {failOn: 'fatal'})).toBe(0);
  expect(exitStatus(report(boot('emergency')), {failOn: 'fatal'})).toBe(1);
});

test('--fail-on never never fails', () => {
  expect(exitStatus(report(boot('panic', ['fatal'])), {failOn: 'never'})).toBe(0);
});

test('the last boot decides, unless --boot names another', () => {
  const mended = report(boot('panic', ['fatal']), boot('healthy'));
  expect(exitStatus(mended)).toBe(0);
  expect(exitStatus(mended, {boots: ['-1']})).toBe(1);
  expect(exitStatus(mended, {boots: ['1']})).toBe(1);
  expect(exitStatus(mended, {boots: ['2']})).toBe(0);
  expect(exitStatus(mended, {boots: ['all']})).toBe(1);
});

test('a boot is named by the beginning of its id too, with or without dashes', () => {
  const named = report({...boot('healthy'), id: '0a1b2c3d4e5f60718293a4b5c6d7e8f9'}, boot('panic'));
  expect(selectBoots(named, ['0a1b']).map(({index}) => index)).toEqual([0]);
  expect(selectBoots(named, ['0A1B2C3D-4E5F']).map(({index}) => index)).toEqual([0]);
});

test.each(['-2', '3', 'ffff', '-', 'last'])('there is no boot %s in a log of two', selector => {
  expect(() => selectBoots(report(boot('healthy'), boot('healthy')), [selector])).toThrow(UsageError);
});

test('several boots can be named, and are told in the order of the log', () => {
  const three = report(boot('panic', ['fatal']), boot('degraded', ['error']), boot('healthy'));
  expect(selectBoots(three, ['0', '1', '3']).map(({index}) => index)).toEqual([0, 2]);
  expect(exitStatus(three, {boots: ['0', '1']})).toBe(1);
});

test('known causes are not counted, nor is what became of the boot by them alone', () => {
  const known = {...cause('fatal'), ignored: true} as const;
  const panic = boot('panic');
  expect(exitStatus(report({...panic, rootCauses: [known]}))).toBe(0);
  expect(exitStatus(report({...panic, rootCauses: [known, cause('error')]}))).toBe(1);
  expect(exitStatus(report({...panic, rootCauses: [known], notices: [cause('warning')]}), {failOn: 'warning'})).toBe(1);
});
