import type {BootFacts} from '../model/boot.js';
import type {Boot, Cause, Effect, Evidence, Outcome, Severity, UnitReport} from '../model/report.js';
import {verdictOf} from './verdict.js';

/** A boot as one file shows it, and what is concluded from that. */
export interface Told {
  readonly boot: Boot;
  readonly facts: BootFacts;
  readonly source: number;
}

const mostEvidence = 8;
const weight: Readonly<Record<Severity, number>> = {fatal: 0, error: 1, warning: 2, info: 3};
const sureness = {certain: 0, likely: 1, guess: 2} as const;

/**
 * What several files say of one boot, as one. Each was diagnosed on its own, for their lines have no common order. The same
 * cause in two files is one; what one file only guesses, or cannot explain and another can, is a consequence there. An
 * event that both show is counted once.
 */
export function joinTold(all: readonly Told[]): Boot {
  const [only] = all as [Told];
  if (all.length === 1) return {...only.boot, sources: [only.source]};
  const boots = all.map(({boot}) => boot);
  const main = all.toSorted((a, b) => b.boot.phases.length - a.boot.phases.length)[0] as Told;
  const {told, outcome} = decideOutcome(all);
  const rootCauses = joinCauses(all, outcome);
  const blamed = new Set(rootCauses.map(({fingerprint}) => fingerprint));
  const notices = mergeSame(boots.flatMap(boot => boot.notices)).filter(({fingerprint}) => !blamed.has(fingerprint));
  const known = <V>(values: readonly (V | null)[]): V | null => values.find(value => value !== null) ?? null;
  return {
    ...main.boot,
    id: known(boots.map(({id}) => id)),
    kernel: known(boots.map(({kernel}) => kernel)),
    commandLine: known(boots.map(({commandLine}) => commandLine)),
    outcome,
    sources: [main.source, ...all.filter(each => each !== main).map(({source}) => source)],
    durationUs: Math.max(-1, ...boots.map(({durationUs}) => durationUs ?? -1)) < 0 ? null : longest(boots),
    rootCauses,
    notices,
    units: joinUnits(boots),
    stoppedAt: told.boot.stoppedAt,
    waitingFor: told.boot.waitingFor,
    verdict: verdictOf(told.facts, outcome, rootCauses),
  };
}

function longest(boots: readonly Boot[]): number {
  return Math.max(...boots.map(({durationUs}) => durationUs ?? 0));
}

/**
 * The gravest end that a file shows. That a file merely ends says little: who saw the boot come up, or go down in order,
 * knows better.
 */
function decideOutcome(all: readonly Told[]): {told: Told; outcome: Outcome} {
  const isShutDown = all.some(({facts}) => facts.shutdown !== null);
  const rank = ({boot: {outcome, rootCauses}, facts}: Told): number => {
    const isShown = facts.frozen !== null || rootCauses.some(({rule}) => rule !== null);
    const order = ['panic', 'emergency', 'reboot', 'shown hang', 'degraded', 'healthy', 'hang', 'incomplete'];
    if (outcome === 'reboot' && isShutDown) return order.length;
    return order.indexOf(outcome === 'hang' && isShown ? 'shown hang' : outcome);
  };
  const told = all.toSorted((a, b) => rank(a) - rank(b))[0] as Told;
  return {told, outcome: told.boot.outcome};
}

function joinCauses(all: readonly Told[], outcome: Outcome): Cause[] {
  const causes = mergeSame(all.flatMap(({boot}) => boot.rootCauses)).sort(bySureness);
  const folded = new Map<Cause, Effect[]>();
  const left: Cause[] = [];
  for (const cause of causes) {
    // That a file ended while the boot waited is no cause where the boot went on.
    if (cause.fingerprint.startsWith('stop:') && outcome !== 'hang') continue;
    const better = left.find(other => knowsBetter(other, cause));
    if (better === undefined) left.push(cause);
    else folded.set(better, [...(folded.get(better) ?? []), effectOf(cause), ...cause.effects]);
  }
  return left
    .map(cause => ({...cause, effects: mergeEffects([...cause.effects, ...(folded.get(cause) ?? [])])}))
    .sort(
      (a, b) =>
        weight[a.severity] - weight[b.severity] ||
        sureness[a.confidence] - sureness[b.confidence] ||
        b.effects.length - a.effects.length,
    );
}

/** Who knows more comes first. */
function bySureness(a: Cause, b: Cause): number {
  return (
    sureness[a.confidence] - sureness[b.confidence] ||
    Number(a.rule === null) - Number(b.rule === null) ||
    b.effects.length - a.effects.length
  );
}

/** The one has the other among what followed from it, or knows a reason where the other only guesses. */
function knowsBetter(one: Cause, other: Cause): boolean {
  const isEffect = one.effects.some(
    ({title, unit}) => title === other.title || (other.confidence !== 'certain' && isSameUnit(unit, other.unit)),
  );
  if (isEffect) return true;
  if (other.rule !== null) return false;
  if (other.unit === null) return one.rule !== null || one.unit !== null;
  return one.rule !== null && isSameUnit(one.unit, other.unit);
}

/** The console may have cut a name. */
function isSameUnit(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  if (one === other) return true;
  const [cut, full] = one.includes('…') ? [one, other] : [other, one];
  const [head = '', tail] = cut.split('…');
  return tail !== undefined && full.startsWith(head) && full.endsWith(tail);
}

function effectOf({title, unit, evidence}: Cause): Effect {
  return {title, unit, count: 1, evidence: evidence.slice(0, 3)};
}

/** Causes with one fingerprint are one: the surer words, and the lines of all files. So are failures of one unit that no rule knows. */
function mergeSame(causes: readonly Cause[]): Cause[] {
  const merged: Cause[] = [];
  for (const cause of causes) {
    const at = merged.findIndex(known => isSameCause(known, cause));
    const known = merged[at];
    if (known === undefined) merged.push(cause);
    else merged[at] = mergeTwo(known, cause);
  }
  return merged;
}

function isSameCause(one: Cause, other: Cause): boolean {
  if (one.rule !== null || other.rule !== null) return one.fingerprint === other.fingerprint;
  return one.fingerprint === other.fingerprint || isSameUnit(one.unit, other.unit);
}

/** A console cuts long names. */
function isCut({title}: Cause): boolean {
  return title.includes('…');
}

/** A console shows that a unit failed, and neither its result nor what it said. */
function isVague({fingerprint}: Cause): boolean {
  return fingerprint.endsWith(':failed');
}

function mergeTwo(one: Cause, other: Cause): Cause {
  const isSurer =
    sureness[other.confidence] < sureness[one.confidence] ||
    (isVague(one) && !isVague(other)) ||
    (isCut(one) && !isCut(other));
  const [first, second] = isSurer ? [other, one] : [one, other];
  return {
    ...first,
    evidence: mergeEvidence(first.evidence, second.evidence),
    effects: mergeEffects([...first.effects, ...second.effects]),
  };
}

/** The lines of each file together; of neither so many that the other has no place. */
function mergeEvidence(one: readonly Evidence[], other: readonly Evidence[]): Evidence[] {
  const ofOne = one.slice(0, Math.max(mostEvidence / 2, mostEvidence - other.length));
  return [...ofOne, ...other]
    .filter(
      (each, index, all) => all.findIndex(({line, source}) => line === each.line && source === each.source) === index,
    )
    .slice(0, mostEvidence);
}

function mergeEffects(effects: readonly Effect[]): Effect[] {
  const merged: Effect[] = [];
  for (const effect of effects) {
    const at = merged.findIndex(({title, unit}) => title === effect.title && unit === effect.unit);
    const known = merged[at];
    if (known === undefined) merged.push(effect);
    else
      merged[at] = {
        ...(effect.count > known.count ? effect : known),
        evidence: [...known.evidence.slice(0, 2), ...effect.evidence.slice(0, 2)],
      };
  }
  return merged;
}

function joinUnits(boots: readonly Boot[]): UnitReport[] {
  const units: UnitReport[] = [];
  for (const unit of boots.flatMap(boot => boot.units)) {
    const at = units.findIndex(({name}) => isSameUnit(name, unit.name));
    const known = units[at];
    if (known === undefined) units.push(unit);
    else units[at] = mergeUnits(known, unit);
  }
  return units;
}

function mergeUnits(one: UnitReport, other: UnitReport): UnitReport {
  const saysLittle = one.result === 'failed' || one.result === 'success';
  return {
    name: one.name.includes('…') ? other.name : one.name,
    result: saysLittle && other.result !== 'success' ? other.result : one.result,
    invocations: Math.max(one.invocations, other.invocations),
    firstError: one.firstError ?? other.firstError,
  };
}
