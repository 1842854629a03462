import type {KernelReport} from './kernel-report.js';
import type {Evidence, PhaseName} from './report.js';
import {type Captures, matchesGlob, type Rule} from './rule.js';
import {isProcessOf, type Unit} from './unit.js';

/** What one rule found in one boot; all matches with the same key are one finding. */
export interface Finding {
  readonly rule: Rule;
  /** Values of the rule's `key` captures. */
  readonly key: string;
  /** Of the first match; where the rule has a key, completed by what later ones of that key capture. */
  captures: Captures;
  count: number;
  readonly firstLine: number;
  lastLine: number;
  readonly timeUs: number | null;
  /** By the boot's clock, which may be the wall's. */
  readonly atUs: number | null;
  readonly phase: PhaseName | 'unknown';
  /** The first ones, in order. */
  readonly evidence: Evidence[];
  /** Lines of the first matches, more of them than are evidence. */
  readonly lines: Set<number>;
  /** Units that the matches were about, in order of appearance, with the line of the first. */
  readonly units: Map<string, number>;
  /** Identifiers of the processes that wrote the matches. */
  readonly writers: Set<string>;
  readonly report: KernelReport | null;
}

/** The finding names the unit, a process of it wrote the line, or the line is among what its first failed run said. */
export function concerns({units, writers, lines, phase, rule}: Finding, {name, runs}: Unit): boolean {
  if (phase === 'shutdown') return false;
  if (units.has(name)) return true;
  if (name.includes('…') && [...units.keys()].some(unit => matchesGlob(name.replace('…', '*'), unit))) return true;
  if ([...writers].some(writer => writer !== 'systemd' && isProcessOf(writer, name))) return true;
  // A warning that only stands near is not why a unit failed.
  const isGrave = rule.severity === 'fatal' || rule.severity === 'error';
  return runs[0]?.said.some(({evidence, isByPlace}) => lines.has(evidence.line) && (isGrave || !isByPlace)) ?? false;
}
