import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {cut, fill, slice, widthOf, wrapColumns} from '../../src/tui/text.js';

const words = fc.array(fc.constantFrom('a', 'unit.service', '漢字', '👩‍💻', 'é', '—', ' ', 'x'.repeat(30)), {
  maxLength: 12,
});
const texts = words.map(parts => parts.join(''));

test('no text takes more columns than it was given, and a filled one exactly as many', () => {
  fc.assert(
    fc.property(texts, fc.integer({min: 1, max: 40}), fc.integer({min: 0, max: 20}), (text, columns, from) => {
      expect(stringWidth(cut(text, columns))).toBeLessThanOrEqual(columns);
      expect(stringWidth(fill(text, columns))).toBe(columns);
      expect(stringWidth(slice(text, from, columns))).toBeLessThanOrEqual(columns);
      expect(widthOf(text)).toBe(stringWidth(text));
    }),
  );
});

test('wrapping loses nothing but blanks', () => {
  fc.assert(
    fc.property(texts, fc.integer({min: 2, max: 40}), (text, columns) => {
      const lines = wrapColumns(text, columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }),
  );
});
