import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formatDuration, wrap} from '../../src/report/words.js';

describe('wrap', () => {
  test.each([
    ['a short text is one line', 'it is full', 20, ['it is full']],
    ['a text is broken at blanks', 'no space left on it', 8, ['no space', 'left on', 'it']],
    [
      'a word that is too long stands alone',
      'see /dev/disk/by-uuid/0a1b now',
      10,
      ['see', '/dev/disk/by-uuid/0a1b', 'now'],
    ],
    ['line ends are blanks', 'a\nb\n\nc', 80, ['a b c']],
    ['nothing is one empty line', '', 10, ['']],
  ])('%s', (_what, text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test('no line is wider than asked, unless it is one word, and no word is lost', () => {
    const words = fc.array(fc.string({unit: fc.constantFrom('a', 'é', '…', '-'), minLength: 1, maxLength: 12}), {
      minLength: 1,
    });
    fc.assert(
      fc.property(words, fc.integer({min: 1, max: 60}), (all, width) => {
        const lines = wrap(all.join(' '), width);
        expect(lines.join(' ')).toBe(all.join(' '));
        for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
      }),
    );
  });
});

test.each([
  [0, '0.0 s'],
  [1_500_000, '1.5 s'],
  [59_940_000, '59.9 s'],
  [60_000_000, '1 min 0 s'],
  [123_400_000, '2 min 3 s'],
  [3_599_900_000, '1 h 0 min'],
  [3_600_000_000, '1 h 0 min'],
  [7_320_000_000, '2 h 2 min'],
])('%i µs are %s', (us, text) => {
  expect(formatDuration(us)).toBe(text);
});

test('no duration is said with sixty seconds', () => {
  for (let us = 59_000_000; us < 125_000_000; us += 10_000) expect(formatDuration(us)).not.toMatch(/\b60(?:\.0)? s/);
});
