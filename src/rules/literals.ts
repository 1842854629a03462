import {type AST, RegExpParser} from '@eslint-community/regexpp';
import {commonness, shortestLiteral} from './scanner.js';

/** Alternatives are multiplied out up to this many texts: `Failed to (?:open|stat) key file` is two literals. */
const mostTexts = 32;
/** What is beyond this length makes a literal no rarer in practice. */
const longestCounted = 24;

/**
 * Strings of which every text that the regular expression matches contains one, the rarest that can be found; null when
 * there is none that is long enough. Throws SyntaxError for a broken expression.
 */
export function deriveLiterals(source: string): string[] | null {
  const pattern = new RegExpParser({ecmaVersion: 2025}).parsePattern(source, 0, source.length, {unicode: false});
  const {exact, best} = ofAlternatives(pattern.alternatives);
  const found = rarer(exact, best);
  return found === null || rarity(found) === 0 ? null : [...new Set(found)];
}

interface Derived {
  /** All the texts that can be matched, where they are few. */
  readonly exact: readonly string[] | null;
  /** The best set of literals in it. */
  readonly best: readonly string[] | null;
}

const unknown: Derived = {exact: null, best: null};
const encoder = new TextEncoder();

function ofAlternatives(alternatives: readonly AST.Alternative[]): Derived {
  const derived = alternatives.map(ofAlternative);
  if (derived.length === 1) return derived[0] as Derived;
  const exacts = derived.map(({exact}) => exact);
  const exact = exacts.every(texts => texts !== null) ? exacts.flat() : null;
  const bests = derived.map(({exact, best}) => rarer(exact, best));
  const best = bests.every(texts => texts !== null) ? bests.flat() : null;
  return {
    exact: exact !== null && exact.length <= mostTexts ? (exact as string[]) : null,
    best: best as string[] | null,
  };
}

function ofAlternative(alternative: AST.Alternative): Derived {
  let best: readonly string[] | null = null;
  let run: readonly string[] = [''];
  let isExact = true;
  for (const element of alternative.elements) {
    const derived = ofElement(element);
    if (derived.exact !== null && derived.exact.length * run.length <= mostTexts) {
      run = run.flatMap(before => (derived.exact as readonly string[]).map(text => before + text));
      continue;
    }
    isExact = false;
    best = rarer(rarer(best, run), rarer(derived.best, derived.exact));
    run = derived.exact !== null ? derived.exact : [''];
  }
  return {exact: isExact ? run : null, best: rarer(best, run)};
}

function ofElement(element: AST.Element): Derived {
  switch (element.type) {
    case 'Character':
      return {exact: [String.fromCodePoint(element.value)], best: null};
    case 'Assertion':
      return {exact: [''], best: null};
    case 'CharacterClass': {
      const letters = element.negate ? null : lettersOf(element);
      return letters === null ? unknown : {exact: letters, best: null};
    }
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives);
    case 'Quantifier': {
      const inner = ofElement(element.element);
      if (element.min === 0) {
        const isOptional = element.max === 1 && inner.exact !== null && inner.exact.length <= 4;
        return isOptional ? {exact: ['', ...(inner.exact as string[])], best: null} : unknown;
      }
      return element.min === 1 && element.max === 1 ? inner : {exact: null, best: rarer(inner.best, inner.exact)};
    }
    default:
      return unknown;
  }
}

/** The letters of a small class such as `[Ff]` or `[2-4]`. */
function lettersOf({elements}: AST.CharacterClass): string[] | null {
  const letters: string[] = [];
  for (const part of elements) {
    if (part.type === 'Character') letters.push(String.fromCodePoint(part.value));
    else if (part.type === 'CharacterClassRange') {
      for (let code = part.min.value; code <= part.max.value; code++) {
        letters.push(String.fromCodePoint(code));
        if (letters.length > 10) return null;
      }
    } else return null;
  }
  return letters.length > 10 ? null : letters;
}

function rarer(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  return rarity(b) > rarity(a) ? b : a;
}

/** How rarely a log has one of the texts, on a scale of bits; 0 when one of them is too short to be looked for. */
function rarity(texts: readonly string[] | null): number {
  if (texts === null || texts.length === 0) return 0;
  const each = texts.map(text => {
    const bytes = encoder.encode(text);
    if (bytes.length < shortestLiteral) return 0;
    let bits = 0;
    for (const byte of bytes.subarray(0, longestCounted)) bits += Math.log2(1000 / commonness(byte));
    return bits;
  });
  const least = Math.min(...each);
  return least === 0 ? 0 : Math.max(least - 2 * Math.log2(texts.length), 0.1);
}
