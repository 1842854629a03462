import {expect, test} from 'vitest';
import {withCommand} from '../../src/cli/arguments.js';

const commands = ['analyze', 'watch'];

test.each([
  {args: [], gives: ['analyze']},
  {args: ['console.log'], gives: ['analyze', 'console.log']},
  {args: ['-'], gives: ['analyze', '-']},
  {args: ['--format', 'json', 'a.log'], gives: ['analyze', '--format', 'json', 'a.log']},
  {args: ['analyze', 'a.log'], gives: ['analyze', 'a.log']},
  {args: ['watch'], gives: ['watch']},
  {args: ['./watch'], gives: ['analyze', './watch']},
  {args: ['--version'], gives: ['--version']},
  {args: ['--help'], gives: ['analyze', '--help']},
  {args: ['help'], gives: ['analyze', '--help']},
  {args: ['help', 'watch'], gives: ['watch', '--help']},
])('$args runs $gives', ({args, gives}) => {
  expect(withCommand(args, commands)).toEqual(gives);
});
