import {type AST, RegExpParser} from '@eslint-community/regexpp';
import {shortestLiteral} from './scanner.js';

/**
 * Strings of which every text that the regular expression matches contains one; null when there is none that is long
 * enough. Throws SyntaxError for a broken expression.
 */
export function deriveLiterals(source: string): string[] | null {
  const pattern = new RegExpParser({ecmaVersion: 2025}).parsePattern(source, 0, source.length, {unicode: false});
  const found = ofAlternatives(pattern.alternatives).best;
  return found !== null && found.every(literal => literal.length >= shortestLiteral) ? [...new Set(found)] : null;
}

interface Derived {
  /** The best set found so far. */
  readonly best: string[] | null;
  /** The exact text that is matched, where there is only one. */
  readonly exact: string | null;
}

const nothing: Derived = {best: null, exact: null};

function ofAlternatives(alternatives: readonly AST.Alternative[]): Derived {
  const derived = alternatives.map(ofAlternative);
  if (derived.length === 1) return derived[0] as Derived;
  const sets = derived.map(({best}) => best);
  return sets.every(set => set !== null) ? {best: (sets as string[][]).flat(), exact: null} : nothing;
}

function ofAlternative(alternative: AST.Alternative): Derived {
  let best: string[] | null = null;
  let run = '';
  let isExact = true;
  const consider = (candidate: string[] | null): void => {
    if (candidate !== null && shortest(candidate) > shortest(best)) best = candidate;
  };
  for (const element of alternative.elements) {
    const derived = ofElement(element);
    if (derived.exact !== null) {
      run += derived.exact;
      continue;
    }
    isExact = false;
    if (run !== '') consider([run]);
    run = '';
    consider(derived.best);
  }
  if (run !== '') consider([run]);
  return {best, exact: isExact ? run : null};
}

function shortest(set: readonly string[] | null): number {
  return set === null ? 0 : Math.min(...set.map(literal => literal.length));
}

function ofElement(element: AST.Element): Derived {
  switch (element.type) {
    case 'Character': {
      const text = String.fromCodePoint(element.value);
      return {best: [text], exact: text};
    }
    case 'Assertion':
      return {best: null, exact: ''};
    case 'Group':
    case 'CapturingGroup':
      return ofAlternatives(element.alternatives);
    case 'Quantifier': {
      if (element.min === 0) return nothing;
      const inner = ofElement(element.element);
      return element.min === 1 && element.max === 1 ? inner : {best: inner.best, exact: null};
    }
    default:
      return nothing;
  }
}
