import type {BootFacts} from '../model/boot.js';
import type {Finding} from '../model/finding.js';
import type {Evidence, PhaseName, Severity} from '../model/report.js';
import {isSymptomOf} from '../model/rule.js';
import {countRuns, hasFailed, type Unit} from '../model/unit.js';

/** Everything that went wrong in a boot is a node; an edge says that one explains another. */
export interface Node {
  readonly kind: 'finding' | 'unit' | 'dependency' | 'outcome';
  /** Of what happened, for order: line of the first sign. */
  readonly line: number;
  readonly timeUs: number | null;
  /** By the boot's clock, which may be the wall's. */
  readonly atUs: number | null;
  readonly phase: PhaseName | 'unknown';
  readonly severity: Severity;
  readonly evidence: readonly Evidence[];
  readonly count: number;
  readonly finding: Finding | null;
  readonly unit: Unit | null;
  /** Of an outcome node. */
  readonly outcome: 'panic' | 'emergency' | 'hang' | null;
  /** The node that explains this one; null while nothing does. */
  explainedBy: Node | null;
  readonly explains: Node[];
}

export interface Graph {
  readonly boot: BootFacts;
  readonly nodes: readonly Node[];
  readonly findings: readonly Node[];
  /** What is known besides what went wrong. */
  readonly facts: readonly Finding[];
  readonly units: readonly Node[];
  readonly dependencies: readonly Node[];
  readonly outcome: Node | null;
  /** Lets `cause` explain `effect`, unless something does already or they would explain each other. */
  explain(cause: Node, effect: Node): void;
}

export function createGraph(boot: BootFacts, found: readonly Finding[]): Graph {
  const findings = found.filter(({rule}) => rule.role === 'cause' || rule.role === 'symptom');
  const findingNodes = findings.map(findingNode);
  const ofClients = findings.filter(({rule}) => rule.symptomOf !== undefined);
  const units = boot.units.filter(hasFailed).map(unit => unitNode(withoutClients(unit, ofClients)));
  const dependencies = boot.units.filter(unit => unit.dependency !== null && !hasFailed(unit)).map(dependencyNode);
  const outcome = outcomeNode(boot);
  const nodes = [...findingNodes, ...units, ...dependencies, ...(outcome === null ? [] : [outcome])];
  return {
    boot,
    nodes,
    findings: findingNodes,
    facts: found.filter(({rule}) => rule.role === 'fact'),
    units,
    dependencies,
    outcome,
    explain(cause, effect) {
      if (effect.explainedBy !== null || cause === effect) return;
      for (let at: Node | null = cause; at !== null; at = at.explainedBy) if (at === effect) return;
      effect.explainedBy = cause;
      cause.explains.push(effect);
    },
  };
}

/** The node at the end of the chain that explains this one. */
export function rootOf(node: Node): Node {
  let at = node;
  while (at.explainedBy !== null) at = at.explainedBy;
  return at;
}

/** Everything that a node explains, near and far. */
export function consequencesOf(node: Node): Node[] {
  return node.explains.flatMap(effect => [effect, ...consequencesOf(effect)]);
}

function findingNode(finding: Finding): Node {
  const {firstLine, timeUs, atUs, phase, evidence, count, rule} = finding;
  return node({
    kind: 'finding',
    line: firstLine,
    timeUs,
    atUs,
    phase,
    severity: rule.severity,
    evidence,
    count,
    finding,
  });
}

/** What a client said of the unit is none of the unit's own words, however near it stands. */
function withoutClients(unit: Unit, findings: readonly Finding[]): Unit {
  const [first, ...later] = unit.runs;
  const clients = findings.filter(({rule}) => isSymptomOf(rule, unit.name));
  if (first === undefined || clients.length === 0) return unit;
  const said = first.said.filter(({evidence}) => !clients.some(({lines}) => lines.has(evidence.line)));
  return {...unit, runs: [{...first, said}, ...later]};
}

function unitNode(unit: Unit): Node {
  const first = unit.runs[0];
  const limit = unit.startLimit;
  const evidence = [
    ...(first?.said.map(({evidence}) => evidence) ?? []),
    ...(first?.evidence ?? []),
    ...(limit === null ? [] : [limit]),
  ];
  return node({
    kind: 'unit',
    line: first?.said[0]?.evidence.line ?? first?.failedLine ?? limit?.line ?? 0,
    timeUs: first?.failedUs ?? null,
    atUs: first?.failedUs ?? null,
    phase: 'unknown',
    severity: unit.mayBeUsers ? 'warning' : 'error',
    evidence,
    count: countRuns(unit),
    unit,
  });
}

function dependencyNode(unit: Unit): Node {
  const evidence = unit.dependency as Evidence;
  return node({
    kind: 'dependency',
    line: evidence.line,
    timeUs: null,
    atUs: null,
    phase: 'unknown',
    severity: 'error',
    evidence: [evidence],
    count: 1,
    unit,
  });
}

function outcomeNode({panic, frozen, emergency, suspects}: BootFacts): Node | null {
  const mark = panic ?? frozen ?? emergency;
  if (mark === null) return null;
  const outcome = mark === panic ? 'panic' : mark === frozen ? 'hang' : 'emergency';
  const {evidence, timeUs, atUs, phase} = mark;
  return node({
    kind: 'outcome',
    line: evidence.line,
    timeUs,
    atUs,
    phase,
    severity: 'fatal',
    evidence: outcome === 'panic' ? [evidence] : [...suspects, evidence],
    count: 1,
    outcome,
  });
}

type NodeParts = Pick<Node, 'kind' | 'line' | 'timeUs' | 'atUs' | 'phase' | 'severity' | 'evidence' | 'count'> &
  Partial<Pick<Node, 'finding' | 'unit' | 'outcome'>>;

function node(parts: NodeParts): Node {
  return {finding: null, unit: null, outcome: null, ...parts, explainedBy: null, explains: []};
}
