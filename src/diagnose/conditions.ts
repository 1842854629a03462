import {argumentsIn, type BootFacts} from '../model/boot.js';
import type {Finding} from '../model/finding.js';
import type {Outcome, PhaseName} from '../model/report.js';
import {type Condition, matchesGlob} from '../model/rule.js';

export interface Context {
  readonly boot: BootFacts;
  readonly findings: readonly Finding[];
  readonly outcome: Outcome | null;
}

/** Whether a condition holds for a finding. What the capture does not tell, passes; what it must know (a command line), does not. */
export function holds(condition: Condition | null, finding: Finding, context: Context): boolean {
  return (
    condition === null || (holdsAlone(condition, finding, context) && holdsWithOthers(condition, finding, context))
  );
}

/** The conditions on the line, the unit, the command line and the outcome. */
function holdsAlone(
  {phase, unit, captures, commandLine, outcome: outcomes}: Condition,
  finding: Finding,
  {boot, outcome}: Context,
): boolean {
  if (phase !== undefined && !mayBeIn(phase, finding)) return false;
  if (
    unit !== undefined &&
    finding.units.size > 0 &&
    !unit.some(glob => [...finding.units.keys()].some(name => matchesGlob(glob, name)))
  )
    return false;
  if (captures !== undefined && !areCaptured(captures, finding)) return false;
  if (commandLine !== undefined && !commandLineIs(commandLine, boot)) return false;
  return outcomes === undefined || isOutcome(outcomes, outcome);
}

/** Kernels and initrds have no day to spend. */
const dayUs = 86_400_000_000;

/** An excerpt tells no phase, unless its clock says that the machine has been up for long. */
function mayBeIn(phases: readonly PhaseName[], {phase, timeUs}: Finding): boolean {
  if (phase !== 'unknown') return phases.includes(phase);
  return timeUs === null || timeUs < dayUs || phases.includes('userspace') || phases.includes('shutdown');
}

function areCaptured(wanted: Readonly<Record<string, string>>, {captures}: Finding): boolean {
  return Object.entries(wanted).every(([name, source]) => {
    const value = captures[name];
    return value !== undefined && compiled(source).test(value);
  });
}

const patterns = new Map<string, RegExp>();

/** The conditions of rules are asked again for every boot. */
function compiled(source: string): RegExp {
  let pattern = patterns.get(source);
  if (pattern === undefined) {
    pattern = new RegExp(source);
    patterns.set(source, pattern);
  }
  return pattern;
}

/** Before the diagnosis only an end that the log shows is known; healthy and degraded cannot be told apart yet. */
function isOutcome(outcomes: readonly Outcome[], outcome: Outcome | null): boolean {
  return outcome === null ? outcomes.some(name => !shownEnds.includes(name)) : outcomes.includes(outcome);
}

const shownEnds: readonly Outcome[] = ['panic', 'hang', 'emergency'];

/** The conditions on other findings. */
function holdsWithOthers({seen, before, absent}: Condition, finding: Finding, {findings}: Context): boolean {
  const found = (ids: readonly string[], where: (other: Finding) => boolean): boolean =>
    findings.some(other => other !== finding && where(other) && ids.some(id => matchesGlob(id, other.rule.id)));
  if (seen !== undefined && !found(seen, () => true)) return false;
  if (before !== undefined && !found(before, other => other.firstLine <= finding.firstLine)) return false;
  return absent === undefined || !found(absent, () => true);
}

function commandLineIs({has, lacks}: NonNullable<Condition['commandLine']>, boot: BootFacts): boolean {
  const text = boot.commandLine?.evidence.text;
  if (text === undefined) return false;
  const words = argumentsIn(text);
  // Also with a blank before the first word, so that `\sroot=` finds it.
  const matches = (source: string): boolean => compiled(source).test(words) || compiled(source).test(` ${words}`);
  return (has === undefined || matches(has)) && (lacks === undefined || !matches(lacks));
}

/** Findings whose rules' conditions hold. Conditions on other findings are asked of those whose own other conditions hold. */
export function validFindings(findings: readonly Finding[], context: Omit<Context, 'findings'>): Finding[] {
  const unasked: Context = {...context, findings};
  const alone = findings.filter(
    finding =>
      !isOfUser(finding, context.boot) &&
      (finding.rule.when === null || holdsAlone(finding.rule.when, finding, unasked)),
  );
  const asked: Context = {...context, findings: alone};
  return alone.filter(finding => finding.rule.when === null || holdsWithOthers(finding.rule.when, finding, asked));
}

/** Said by a child of a user's manager, which looks like a child of PID 1: only users' managers spoke of the unit since. */
function isOfUser({units}: Finding, {userUnits, units: ofSystem}: BootFacts): boolean {
  return (
    userUnits.size > 0 &&
    units.size > 0 &&
    [...units.keys()].every(name => userUnits.has(name) && !ofSystem.some(unit => unit.name === name))
  );
}
