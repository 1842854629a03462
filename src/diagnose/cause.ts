import type {Cause, Effect, UnitReport} from '../model/report.js';
import {fill} from '../model/rule.js';
import {countRuns, hasFailed, type Unit} from '../model/unit.js';
import type {Context} from './conditions.js';
import {explainFinding, readable} from './explain.js';
import {inferFromDependency, inferFromOutcome, inferFromUnit} from './fallback.js';
import {normalize} from './findings.js';
import {consequencesOf, type Graph, type Node} from './graph.js';
import {phaseOf} from './phase.js';

/** A root of the graph, or what is worth a notice, as the report tells it. */
export function causeOf(node: Node, context: Context): Cause {
  const words =
    node.finding !== null
      ? explainFinding(node.finding, context)
      : node.unit === null
        ? inferFromOutcome(node)
        : node.kind === 'dependency'
          ? inferFromDependency(node.unit)
          : inferFromUnit(node.unit, context.boot);
  const unit = node.unit?.name ?? (node.finding === null ? null : unitOf(node));
  return {
    rule: node.finding?.rule.id ?? null,
    ...words,
    severity: node.severity,
    unit,
    phase: phaseOf(node, context.boot),
    fingerprint: fingerprintOf(node),
    evidence: node.evidence,
    effects: effectsOf(node),
  };
}

/** The unit that a finding is about, or that failed of it. */
function unitOf({finding, explains}: Node): string | null {
  const named = finding === null ? undefined : [...finding.units.keys()][0];
  return named ?? explains.find(({kind}) => kind === 'unit')?.unit?.name ?? null;
}

/** Rule id, or unit and result, and the normalized captures: no host, device, time or wording. */
function fingerprintOf({finding, unit, outcome}: Node): string {
  if (finding !== null) return finding.key === '' ? finding.rule.id : `${finding.rule.id}:${finding.key}`;
  if (unit !== null) return `unit:${normalize(unit.name)}:${resultOf(unit)}`;
  return `outcome:${outcome}`;
}

function resultOf(unit: Unit): string {
  if (unit.dependency !== null && !hasFailed(unit)) return 'dependency';
  return unit.runs[0]?.result ?? (unit.startLimit === null ? 'failed' : 'start-limit-hit');
}

const maxEffects = 40;

function effectsOf(node: Node): Effect[] {
  const effects = consequencesOf(node)
    .filter(({finding}) => finding?.rule.role !== 'noise')
    .sort((a, b) => a.line - b.line);
  return effects.slice(0, maxEffects).map(effectOf);
}

function effectOf({kind, finding, unit, outcome, evidence: all, count}: Node): Effect {
  // What was said in a unit that something else explains is that other's evidence; here PID 1's own words tell.
  const told = outcome === null ? (unit?.runs[0]?.evidence ?? []) : all.slice(-1);
  const evidence = told.length > 0 ? told : all;
  const title =
    finding !== null
      ? fill(finding.rule.title, readable(finding.captures))
      : kind === 'unit'
        ? unitTitle(unit as Unit)
        : kind === 'dependency'
          ? `${(unit as Unit).name} was not started: something it needs failed`
          : {panic: 'Kernel panic', emergency: 'Maintenance shell', hang: 'PID 1 froze'}[outcome ?? 'panic'];
  const lastLine = finding?.lastLine ?? unit?.runs.at(-1)?.lastLine ?? null;
  return {
    title,
    unit: unit?.name ?? null,
    count,
    evidence: evidence.slice(0, 3),
    ...(lastLine !== null && count > 1 && {lastLine}),
  };
}

function unitTitle(unit: Unit): string {
  const runs = Math.max(unit.runs.length, unit.restarts);
  if (unit.startLimit !== null) return `${unit.name} failed ${runs} times, and systemd gave up`;
  return runs > 1 ? `${unit.name} failed ${runs} times` : `${unit.name} failed`;
}

/** What only shows that something went wrong, with nothing known before it: the abnormal lines near it may be the reason. */
export function withSuspects(cause: Cause, {nodes, boot}: Graph): Cause {
  // The end of a boot has the suspects for its own evidence.
  const told = nodes.filter(({kind}) => kind !== 'outcome');
  const known = new Set(told.flatMap(({evidence}) => evidence.map(each => each.line)));
  const isKnown = (line: number): boolean => known.has(line) || told.some(({finding}) => finding?.lines.has(line));
  const last = cause.evidence.at(-1)?.line ?? 0;
  // What comes after it is no reason, but where a shell was opened, at which the reason may be asked for.
  const near = boot.suspects.filter(({line}) => !isKnown(line) && (line < last || boot.emergency !== null));
  if (near.length === 0) return cause;
  return {
    ...cause,
    confidence: 'guess',
    explanation: `${cause.explanation} No rule knows what led here; the lines near it that look abnormal are shown first.`,
    evidence: [...near, ...cause.evidence],
  };
}

export function unitReport(unit: Unit): UnitReport {
  const first = unit.runs[0];
  const result = hasFailed(unit) || unit.dependency !== null ? resultOf(unit) : 'success';
  return {
    name: unit.name,
    result,
    invocations: countRuns(unit),
    firstError: first?.said[0]?.evidence ?? first?.evidence[0] ?? unit.dependency,
  };
}
