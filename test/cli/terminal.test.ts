import {expect, test} from 'vitest';
import {wantsColor} from '../../src/cli/terminal.js';

// The test runs without a terminal: by default there is no colour.
test.each([
  {flag: undefined, env: {}, color: false},
  {flag: undefined, env: {FORCE_COLOR: '1'}, color: true},
  {flag: undefined, env: {FORCE_COLOR: '0'}, color: false},
  {flag: undefined, env: {FORCE_COLOR: '1', TERM: 'dumb'}, color: true},
  {flag: undefined, env: {NO_COLOR: '1'}, color: false},
  {flag: true, env: {NO_COLOR: '1', TERM: 'dumb'}, color: true},
  {flag: false, env: {FORCE_COLOR: '1'}, color: false},
])('--color $flag with $env colours: $color', ({flag, env, color}) => {
  expect(wantsColor(flag, env)).toBe(color);
});
