import type {BootFacts} from '../model/boot.js';
import type {Finding} from '../model/finding.js';
import type {Outcome} from '../model/report.js';
import {type Condition, matchesGlob} from '../model/rule.js';

export interface Context {
  readonly boot: BootFacts;
  readonly findings: readonly Finding[];
  readonly outcome: Outcome | null;
}

/** Whether a condition holds for a finding. What the capture does not tell, passes; what it must know (a command line), does not. */
export function holds(condition: Condition | null, finding: Finding, {boot, findings, outcome}: Context): boolean {
  if (condition === null) return true;
  const {phase, unit, commandLine, seen, before, absent} = condition;
  if (phase !== undefined && finding.phase !== 'unknown' && !phase.includes(finding.phase)) return false;
  if (unit !== undefined && finding.units.size > 0 && !unit.some(glob => [...finding.units.keys()].some(name => matchesGlob(glob, name)))) return false;
  if (commandLine !== undefined && !commandLineIs(commandLine, boot)) return false;
  const found = (ids: readonly string[], where: (other: Finding) => boolean): boolean =>
    findings.some(other => other !== finding && where(other) && ids.some(id => matchesGlob(id, other.rule.id)));
  if (seen !== undefined && !found(seen, () => true)) return false;
  if (before !== undefined && !found(before, other => other.firstLine <= finding.firstLine)) return false;
  if (absent !== undefined && found(absent, () => true)) return false;
  return condition.outcome === undefined || outcome === null || condition.outcome.includes(outcome);
}

function commandLineIs({has, lacks}: NonNullable<Condition['commandLine']>, boot: BootFacts): boolean {
  const text = boot.commandLine?.evidence.text;
  if (text === undefined) return false;
  return (has === undefined || new RegExp(has).test(text)) && (lacks === undefined || !new RegExp(lacks).test(text));
}

/** Findings whose rules' conditions hold. Conditions on other findings are asked of those whose own other conditions hold. */
export function validFindings(findings: readonly Finding[], context: Omit<Context, 'findings'>): Finding[] {
  const alone = findings.filter(finding => holds(withoutOthers(finding.rule.when), finding, {...context, findings: []}));
  return alone.filter(finding => holds(finding.rule.when, finding, {...context, findings: alone}));
}

function withoutOthers(condition: Condition | null): Condition | null {
  if (condition === null) return null;
  const {seen: _seen, before: _before, absent: _absent, ...rest} = condition;
  return rest;
}
