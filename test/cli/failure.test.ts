import {expect, test} from 'vitest';
import {describeFailure} from '../../src/cli/failure.js';
import {InputError, RuleFileError, UsageError} from '../../src/model/errors.js';

test('an error of the user is one line with its exit status', () => {
  expect(describeFailure(new InputError('a.log: no such file'))).toEqual({
    message: 'whyboot: a.log: no such file',
    exitStatus: 3,
  });
});

test('a hint follows what is wrong', () => {
  const error = new UsageError('no boot 7 in a.log', {hint: 'it has two'});
  expect(describeFailure(error)).toEqual({message: 'whyboot: no boot 7 in a.log (it has two)', exitStatus: 2});
});

test('problems of rule files are told as an editor reads them, all of them', () => {
  const problems = [
    {file: 'a.yaml', line: 3, column: 7, message: 'unknown severity'},
    {file: 'b.yaml', line: 1, column: 1, message: 'title is missing'},
  ];
  expect(describeFailure(new RuleFileError(problems))).toEqual({
    message: 'a.yaml:3:7: unknown severity\nb.yaml:1:1: title is missing',
    exitStatus: 2,
  });
});

test('what the argument parser objects to becomes one line', () => {
  const error = Object.assign(new Error('Nonexistent flag: --hlep\nSee more help with --help'), {oclif: {exit: 2}});
  expect(describeFailure(error)).toEqual({
    message: 'whyboot: nonexistent flag: --hlep (see whyboot --help)',
    exitStatus: 2,
  });
});

test('leaving a command early is nothing to speak of', () => {
  const error = Object.assign(new Error('EEXIT: 0'), {code: 'EEXIT', oclif: {exit: 0}});
  expect(describeFailure(error)).toEqual({message: '', exitStatus: 0});
});

test.each([new TypeError('x is not a function\n    at y'), 'a thrown string', undefined])(
  'anything else is a bug: one line that says how to report it',
  error => {
    const {message, exitStatus} = describeFailure(error);
    expect(exitStatus).toBe(70);
    expect(message).toMatch(/^whyboot: internal error: .*please report it.*$/);
    expect(message).not.toContain('\n');
  },
);
