/** What a line must contain for a regular expression to be asked at all. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Hits} from '../../src/model/scanner.js';
import {builtinRules} from '../../src/rules/builtin.js';
import {deriveLiterals} from '../../src/rules/literals.js';
import {createScanner} from '../../src/rules/scanner.js';

describe('literals are derived', () => {
  test.each([
    ['from plain text', 'no space left on device', 'no space left on device'],
    ['from the longest piece', 'foo \\S+ could not be mounted: (?<why>.+)', ' could not be mounted: '],
    ['from within groups', '^mount: (?<text>failed to MS_MOVE) x', 'mount: failed to MS_MOVE x'],
    ['with a dot that is meant', 'mount\\.service failed', 'mount.service failed'],
    ['with brackets that are meant', '\\(initramfs\\) prompt', '(initramfs) prompt'],
    ['after an anchor', '^Kernel panic - not syncing', 'Kernel panic - not syncing'],
    ['past a lookahead', '(?!x)Kernel panic - not syncing', 'Kernel panic - not syncing'],
    ['from what is repeated at least once', '(?:no such device)+', 'no such device'],
  ])('%s', (_what, source, literal) => {
    expect(deriveLiterals(source)).toEqual([literal]);
  });

  test.each([
    ['of all alternatives', 'Failed to (?:open|stat) key file', ['Failed to open key file', 'Failed to stat key file']],
    ['of whole alternatives', 'no space left on it|the disk is full', ['no space left on it', 'the disk is full']],
    ['of a small class', 'unable to [Mm]ount root', ['unable to mount root', 'unable to Mount root']],
    ['of an optional part', 'Mount(?:ed)? failed here', ['Mount failed here', 'Mounted failed here']],
  ])('%s, each', (_what, source, literals) => {
    expect([...(deriveLiterals(source) ?? [])].sort()).toEqual([...literals].sort());
  });

  test.each([
    '\\w+ failed',
    '.*',
    '(?:no space left on it|full)',
    '(?:no space left on it)?',
    '(?:no space left on it)*',
    '[a-z]{20}',
    'short',
    '',
  ])('%s has none', source => {
    expect(deriveLiterals(source)).toBeNull();
  });

  test('a broken expression is an error of syntax', () => {
    expect(() => deriveLiterals('no space left (on')).toThrow(SyntaxError);
  });
});

test('every line that an expression of a rule matches has one of the literals that are derived from it', () => {
  for (const {id, match} of builtinRules()) {
    for (const {text, block} of match) {
      const literals = text === null || block !== null ? null : deriveLiterals(text);
      if (text === null || literals === null) continue;
      const samples = fc.sample(fc.stringMatching(asWhole(text)), {numRuns: 5, seed: 7});
      for (const sample of samples) {
        if (!new RegExp(text).test(sample)) continue;
        expect(
          literals.some(literal => sample.includes(literal)),
          `${id}: ${text} matches ${JSON.stringify(sample)}`,
        ).toBe(true);
      }
    }
  }
});

/** fast-check cannot make texts for what only narrows a match: lookarounds and edges of words. */
function asWhole(source: string): RegExp {
  return new RegExp(withoutLookarounds(source).replace(/\\([\\bB])/g, (all, letter) => (letter === '\\' ? all : '')));
}

function withoutLookarounds(source: string): string {
  let rest = source;
  for (;;) {
    const at = rest.search(/\(\?<?[=!]/);
    if (at < 0) return rest;
    let depth = 0;
    let end = at;
    let isClass = false;
    for (; end < rest.length; end++) {
      const letter = rest[end];
      if (letter === '\\') end++;
      else if (isClass) isClass = letter !== ']';
      else if (letter === '[') isClass = true;
      else if (letter === '(') depth++;
      else if (letter === ')' && --depth === 0) break;
    }
    rest = rest.slice(0, at) + rest.slice(end + 1);
  }
}

describe('the scanner', () => {
  /** Which literals stand where in a text, as the scanner tells it: the ends of what it looks for lie within them. */
  function scan(literals: readonly string[], text: string, start = 0, end = Buffer.byteLength(text)): number[] {
    const hits = new Hits();
    createScanner(literals).scan(Buffer.from(text), start, end, hits);
    const offsets = [...hits.offsets.subarray(0, hits.length)];
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    return [...hits.literals.subarray(0, hits.length)];
  }

  const literals = ['no space left on ', 'space left on dev', 'Kernel panic - not syncing', 'für alle – µs'];

  test.each([
    ['at the start', 'no space left on the disk', [0]],
    ['at the end', 'error: Kernel panic - not syncing', [2]],
    ['twice', 'no space left on a, no space left on b', [0, 0]],
    ['one within another', 'no space left on device', [0, 1]],
    ['beyond ASCII', 'es ist für alle – µs', [3]],
    ['among others', 'x no space left on y Kernel panic - not syncing', [0, 2]],
  ])('finds a literal %s', (_what, text, expected) => {
    expect(scan(literals, text).sort()).toEqual(expected);
  });

  test.each(['no space left o', 'NO SPACE LEFT ON ', 'no  space left on', ''])('finds nothing in “%s”', text => {
    expect(scan(literals, text)).toEqual([]);
  });

  test('looks neither before nor after its bounds', () => {
    const text = 'no space left on it, no space left on it';
    expect(scan(literals, text, 1)).toEqual([0]);
    expect(scan(literals, text, 0, text.length - 6)).toEqual([0]);
    expect(scan(literals, text, 1, text.length - 6)).toEqual([]);
  });

  test('refuses a literal that is too short to be looked for', () => {
    expect(() => createScanner(['no space left on ', 'short'])).toThrow(RangeError);
  });

  test('finds what a plain search finds, in any text', () => {
    const letters = fc.constantFrom('a', 'b', ' ', 'é', '[');
    const literal = fc.string({unit: letters, minLength: 10, maxLength: 14});
    fc.assert(
      fc.property(
        fc
          .uniqueArray(literal, {minLength: 1, maxLength: 6})
          .chain(all =>
            fc.tuple(
              fc.constant(all),
              fc.array(fc.oneof(fc.constantFrom(...all), fc.string({unit: letters, maxLength: 12})), {maxLength: 12}),
            ),
          ),
        ([all, pieces]) => {
          const text = pieces.join('');
          const expected = all.flatMap((each, index) => (text.includes(each) ? [index] : []));
          expect([...new Set(scan(all, text))].sort()).toEqual(expected);
        },
      ),
      {numRuns: 300},
    );
  });

  test('no literal goes over a verb and a name of a unit, between which systemd changes the colour', () => {
    const over =
      /^(?:Reached target|Mounted|Started|Finished|Starting|Mounting|Activat(?:ed|ing)|Found device|Created slice|Listening on|Stopp(?:ed|ing)|Unmount(?:ed|ing)) \S+\.(?:service|mount|target|device|swap|socket|slice|automount|path|timer|scope)/;
    const all = builtinRules().flatMap(({match}) => match.flatMap(({literals: own}) => own));
    expect(all.filter(literal => over.test(literal))).toEqual([]);
  });

  test('finds every literal of the built-in rules in itself', () => {
    const all = [...new Set(builtinRules().flatMap(({match}) => match.flatMap(({literals: own}) => own)))];
    const scanner = createScanner(all);
    for (const [index, each] of all.entries()) {
      const hits = new Hits();
      const bytes = Buffer.from(`x ${each} y`);
      scanner.scan(bytes, 0, bytes.length, hits);
      expect(hits.literals.subarray(0, hits.length), each).toContain(index);
    }
  });
});
