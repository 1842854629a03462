import type {Entry} from '../model/entry.js';
import type {KernelReport} from '../model/kernel-report.js';
import type {Captures, Rule, Variant} from '../model/rule.js';
import {Hits, type Scanner} from '../model/scanner.js';
import {createScanner} from './scanner.js';

export interface Match {
  readonly rule: Rule;
  readonly captures: Captures;
}

export interface MatcherOptions {
  /** Match rules for harmless lines like others; only their tests want that. */
  readonly noise?: boolean;
  /** Where the windows of the structural literals begin, as measured at build time. */
  readonly structuralWindows?: readonly number[];
}

/** All rules as one question to an entry. */
export interface Matcher {
  readonly scanner: Scanner;
  /** Numbers of the literals in an entry's message; the structural ones come first, in the order they were given. */
  literalsIn(entry: Entry): readonly number[];
  /** Where the first of these literals begins in a message. */
  startOf(message: string, literals: readonly number[]): number;
  /** Rules that match an entry in which the scanner found these literals. */
  match(entry: Entry, literals: readonly number[]): readonly Match[];
  matchReport(report: KernelReport): readonly Match[];
  /** A fact is known once and for all: lines that could only tell it again are passed over until `reset`. */
  settle(rule: Rule): void;
  /** Another boot begins, of which nothing is known. */
  reset(): void;
  isSettled(literal: number): boolean;
  /** Whether a message is known to be harmless. Not asked of every line: harmless ones are most of a log. */
  isNoise(entry: Entry): boolean;
}

interface Candidate {
  readonly rule: Rule;
  readonly variant: Variant;
  /** Compiled at first use: most rules never run in a boot. */
  regex: RegExp | null;
}

const none: readonly Match[] = [];
const maxJudged = 2048;
/** A regular expression is asked about so much of a message, so that none of them can take long. */
const longestMatched = 1 << 13;
/** Longer messages than this are matched by their beginning. */
const longestMessage = 1 << 16;

/** `structural`: literals that the rules do not know but that must be found too, because the boot's structure needs them. */
export function createMatcher(
  rules: readonly Rule[],
  structural: readonly string[],
  options: MatcherOptions = {},
): Matcher {
  const literals = [...structural];
  const windows: (number | undefined)[] = structural.map((_literal, number) => options.structuralWindows?.[number]);
  const numbers = new Map(literals.map((literal, number) => [literal, number]));
  const candidates: Candidate[][] = literals.map(() => []);
  const reporting: Candidate[] = [];
  for (const rule of rules) {
    if (rule.role === 'noise' && options.noise !== true) continue;
    for (const variant of rule.match) {
      const candidate = {rule, variant, regex: null};
      if (variant.block !== null) reporting.push(candidate);
      for (let index = 0; index < variant.literals.length; index++) {
        const literal = variant.literals[index] as string;
        let number = numbers.get(literal);
        if (number === undefined) {
          number = literals.push(literal) - 1;
          windows[number] = variant.windows?.[index];
          numbers.set(literal, number);
          candidates.push([]);
        }
        (candidates[number] as Candidate[]).push(candidate);
      }
    }
  }
  const scanner = createScanner(literals, windows);
  const scratch = Buffer.alloc(longestMessage);
  const hits = new Hits();
  let noise: Matcher | null = null;
  /** Restarts say the same again and again. */
  const judged = new Map<string, boolean>();

  const numbersOfRules = new Map<Rule, number[]>();
  const literalsOf = (rule: Rule): readonly number[] => {
    let known = numbersOfRules.get(rule);
    if (known === undefined) {
      known = rule.match.flatMap(variant => variant.literals.map(literal => numbers.get(literal) as number));
      numbersOfRules.set(rule, known);
    }
    return known;
  };
  const settledRules = new Set<Rule>();
  const settledLiterals = new Uint8Array(literals.length);
  const onlyTells = (literal: number): boolean =>
    (candidates[literal] as Candidate[]).every(({rule}) => settledRules.has(rule));

  return {
    scanner,
    settle(rule) {
      if (settledRules.has(rule)) return;
      settledRules.add(rule);
      for (const literal of literalsOf(rule)) if (onlyTells(literal)) settledLiterals[literal] = 1;
    },
    reset() {
      settledRules.clear();
      settledLiterals.fill(0);
    },
    isSettled: literal =>
      settledLiterals[literal] === 1 ||
      (literal < structural.length && (candidates[literal] as Candidate[]).length === 0),
    literalsIn(entry) {
      hits.length = 0;
      // The line end before it belongs to literals that begin a line.
      scanner.scan(scratch, 0, scratch.write(`\n${entry.message}`, 'utf8'), hits);
      return Array.from(hits.literals.subarray(0, hits.length));
    },
    startOf(message, found) {
      const starts = found.map(number => message.indexOf((literals[number] as string).trimStart()));
      return Math.min(message.length, ...starts.filter(start => start >= 0));
    },
    match(entry, found) {
      const message = entry.message.length > longestMatched ? entry.message.slice(0, longestMatched) : entry.message;
      let matches: Match[] | null = null;
      for (const hit of found) {
        for (const candidate of candidates[hit] as Candidate[]) {
          const {rule, variant} = candidate;
          if (settledRules.has(rule) || !mayBeBy(variant, entry)) continue;
          if (matches?.some(match => match.rule === rule)) continue;
          candidate.regex ??= new RegExp(variant.text as string);
          const result = candidate.regex.exec(message);
          if (result === null) continue;
          matches ??= [];
          matches.push({rule, captures: captured(result, entry)});
        }
      }
      return matches ?? none;
    },
    isNoise(entry) {
      noise ??= createMatcher(
        rules.filter(({role}) => role === 'noise'),
        [],
        {noise: true},
      );
      const known = judged.get(entry.message);
      if (known !== undefined) return known;
      const found = noise.literalsIn(entry);
      const isHarmless = found.length > 0 && noise.match(entry, found).length > 0;
      if (judged.size >= maxJudged) judged.clear();
      judged.set(entry.message, isHarmless);
      return isHarmless;
    },
    matchReport(report) {
      const matches: Match[] = [];
      for (const candidate of reporting) {
        const {rule, variant} = candidate;
        if (!variant.block?.includes(report.kind) || matches.some(match => match.rule === rule)) continue;
        if (variant.text !== null) candidate.regex ??= new RegExp(variant.text);
        const result = candidate.regex?.exec(report.title) ?? null;
        if (variant.text !== null && result === null) continue;
        matches.push({rule, captures: {...reportCaptures(report), ...(result === null ? {} : captured(result))}});
      }
      return matches;
    },
  };
}

/** An unknown writer may be the right one: serial captures lose the identifier. */
function mayBeBy(variant: Variant, entry: Entry): boolean {
  if (variant.identifier === null) return true;
  if (entry.kernel) return variant.identifier.includes('kernel');
  if (entry.identifier === null) return true;
  if (variant.identifier.includes(entry.identifier)) return true;
  // `(imesyncd)`, `@ystemctl`: the end of a name.
  const name = entry.identifier.replace(/^\(|\)$/g, '').replace(/^@/, '');
  return name !== entry.identifier && variant.identifier.some(identifier => identifier.endsWith(name));
}

/** The kernel tells of a process as that would itself, `foo[233]: segfault at …`, so that its name is no more in the message. */
function captured(result: RegExpExecArray, entry?: Entry): Captures {
  if (result.groups === undefined) return {};
  const captures: Record<string, string> = {};
  for (const name in result.groups) {
    const value = result.groups[name];
    if (value !== undefined) captures[name] = value;
    else if (name === 'process' && entry?.identifier != null && !entry.kernel) captures[name] = entry.identifier;
  }
  return captures;
}

function reportCaptures(report: KernelReport): Captures {
  const captures: Record<string, string> = {title: report.title.replace(/!$/, ''), report: report.kind};
  for (const name of ['function', 'module', 'process', 'pid', 'kernel'] as const) {
    const value = report[name];
    if (value !== null) captures[name] = value;
  }
  return captures;
}
