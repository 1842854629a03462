import {argumentsIn, type BootFacts} from '../model/boot.js';
import type {Finding} from '../model/finding.js';
import type {Boot, Cause, Effect, Evidence, Outcome, Severity, UnitReport} from '../model/report.js';
import {fill} from '../model/rule.js';
import {countRuns, hasFailed, type Unit} from '../model/unit.js';
import {type Context, validFindings} from './conditions.js';
import {declared} from './edges/declared.js';
import {dependency} from './edges/dependency.js';
import {driver} from './edges/driver.js';
import {kernel, panicTrace} from './edges/kernel.js';
import {layer} from './edges/layer.js';
import {outcome as outcomeEdges} from './edges/outcome.js';
import {process} from './edges/process.js';
import {resource} from './edges/resource.js';
import {step} from './edges/step.js';
import {trigger} from './edges/trigger.js';
import {explainFinding, readable} from './explain.js';
import {
  handOverOf,
  inferFromExcerpt,
  inferFromOutcome,
  inferFromSilence,
  inferFromStop,
  inferFromUnit,
  silentStartOf,
} from './fallback.js';
import {normalize} from './findings.js';
import {consequencesOf, createGraph, type Graph, type Node} from './graph.js';
import {endOf, outcomeOf} from './outcome.js';
import {phaseAt, phaseOf} from './phase.js';
import {verdictOf} from './verdict.js';

const edges = [panicTrace, declared, kernel, driver, resource, process, step, layer, trigger, dependency, outcomeEdges];

/**
 * What one boot's log means: the facts and the findings become causes with what follows from them. `index`: which boot of
 * the capture it is.
 */
export function diagnose(boot: BootFacts, found: readonly Finding[], index: number): Boot {
  const findings = validFindings(found, {boot, outcome: endOf(boot)});
  const graph = createGraph(boot, findings.filter(isShown));
  for (const edge of edges) edge(graph);
  const roots = graph.nodes.filter(node => node.explainedBy === null && !isAfterShutdown(node, boot));
  const {causes: causing, notices: noticed} = sort(roots, graph);
  const outcome = outcomeOf(boot, causing);
  const context: Context = {boot, findings, outcome};
  const rootCauses = causing.map(node => causeOf(node, context));
  const [first] = causing;
  if (first !== undefined && isSymptom(first) === 1)
    rootCauses[0] = withSuspects(causeOf(first, context), first, graph);
  const silent = rootCauses.length === 0 ? silentStartOf(boot) : null;
  if (silent !== null) rootCauses.push(silenceCause(boot, silent));
  if (rootCauses.length === 0 && (outcome === 'hang' || (outcome === 'reboot' && boot.finished === null)))
    rootCauses.push(stopCause(boot));
  const notices = noticed.map(node => causeOf(node, context));
  if (rootCauses.length === 0 && notices.length === 0 && isUnfinished(outcome, boot))
    notices.push(...suspectNotice(boot));
  return {
    index,
    id: boot.id,
    kernel: boot.kernel,
    commandLine: commandLineOf(boot),
    outcome,
    firstLine: boot.firstLine,
    lastLine: boot.lastLine,
    durationUs: boot.durationUs,
    phases: boot.phases.map((phase, at) => ({...phase, endUs: boot.phases[at + 1]?.startUs ?? null})),
    rootCauses,
    notices,
    units: boot.units.filter(unit => hasFailed(unit) || unit.dependency !== null || unit.restarts > 0).map(unitReport),
    stoppedAt: outcome === 'healthy' ? null : boot.lastReached,
    waitingFor:
      outcome === 'hang' || outcome === 'incomplete'
        ? (boot.waiting.length > 0 ? boot.waiting : boot.begun).map(({subject}) => subject)
        : [],
    verdict: verdictOf(boot, outcome, rootCauses),
  };
}

function isShown({rule}: Finding): boolean {
  return rule.role === 'cause' || rule.role === 'symptom';
}

/** What happens after shutdown begins explains nothing of the boot. */
function isAfterShutdown(node: Node, boot: BootFacts): boolean {
  return boot.shutdown !== null && node.line > boot.shutdown.evidence.line && node.kind !== 'outcome';
}

const weight: Readonly<Record<Severity, number>> = {fatal: 0, error: 1, warning: 2, info: 3};

/**
 * Root causes, most important first: those whose chain decided the outcome, then by severity, then by time. Where a chain did,
 * what else failed on the way is worth no more than a notice, unless it would have ended the boot too.
 */
function sort(roots: readonly Node[], {outcome, boot: {sawInit}}: Graph): {causes: Node[]; notices: Node[]} {
  const decides = (node: Node): boolean =>
    node === outcome || (outcome !== null && consequencesOf(node).includes(outcome));
  const isDecided = roots.some(decides);
  // An empty slot is no second reason beside the image that cannot be started.
  const stopsHere = !sawInit && roots.some(node => node.severity === 'fatal' && isSymptom(node) === 0);
  const isCause = (node: Node): boolean => {
    if (decides(node)) return true;
    if (node.kind === 'dependency') return false;
    if (stopsHere && isSymptom(node) === 1) return node.severity === 'fatal';
    if (isDecided) return node.severity === 'fatal';
    if (node.kind === 'unit') return isBroken(node);
    const breaks = consequencesOf(node).some(isBroken);
    return isBroken(node) || (breaks && node.severity !== 'info');
  };
  const order = (a: Node, b: Node): number =>
    Number(decides(b)) - Number(decides(a)) ||
    isSymptom(a) - isSymptom(b) ||
    weight[a.severity] - weight[b.severity] ||
    isReport(b) - isReport(a) ||
    isInferred(a) - isInferred(b) ||
    a.line - b.line;
  return {
    causes: roots.filter(isCause).sort(order),
    notices: roots.filter(node => !isCause(node) && node.kind !== 'dependency').sort(order),
  };
}

function isInferred({finding}: Node): number {
  return finding === null ? 1 : 0;
}

/** What the kernel thinks worth a report is graver than what a driver says in passing. */
function isReport({finding}: Node): number {
  return finding?.report == null ? 0 : 1;
}

/** A unit that did not start, or a finding that says that something broke. */
function isBroken({kind, severity}: Node): boolean {
  return kind === 'dependency' || (kind !== 'outcome' && weight[severity] < weight.warning);
}

function isSymptom({finding}: Node): number {
  return finding?.rule.role === 'symptom' ? 1 : 0;
}

function causeOf(node: Node, context: Context): Cause {
  const words =
    node.finding !== null
      ? explainFinding(node.finding, context)
      : node.unit !== null
        ? inferFromUnit(node.unit, context.boot)
        : inferFromOutcome(node);
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

function stopCause(boot: BootFacts): Cause {
  const waiting = boot.waiting.at(-1);
  const said = boot.stopsBeforeKernel && boot.suspects.length > 0 ? boot.suspects : boot.lastLines;
  const evidence: Evidence[] = waiting === undefined ? [...said] : [waiting.evidence];
  return {
    rule: null,
    ...inferFromStop(boot),
    severity: 'fatal',
    unit: waiting?.isRepeated === true ? null : (waiting?.subject ?? null),
    phase: boot.phases.at(-1)?.name ?? 'unknown',
    fingerprint: `stop:${waiting === undefined ? (boot.phases.at(-1)?.name ?? 'unknown') : normalize(waiting.subject)}`,
    evidence,
    effects: [],
  };
}

function silenceCause(boot: BootFacts, start: Evidence): Cause {
  return {
    rule: null,
    ...inferFromSilence(boot),
    severity: 'fatal',
    unit: null,
    phase: 'kernel',
    fingerprint: 'stop:kernel',
    evidence: [start],
    effects: [],
  };
}

/** An excerpt that shows no end, no init at work and nothing that a rule knows. */
function isUnfinished(outcome: Outcome, {finished, shutdown, sawInit}: BootFacts): boolean {
  return outcome === 'incomplete' || (outcome === 'healthy' && finished === null && shutdown === null && !sawInit);
}

/** Never a root cause: a line that reads like an error is harmless more often than not, and a kernel may print elsewhere. */
function suspectNotice(boot: BootFacts): Cause[] {
  const [first = handOverOf(boot)] = boot.suspects;
  if (first === null) return [];
  const words = boot.suspects.length > 0 ? inferFromExcerpt(first) : inferFromSilence(boot);
  return [
    {
      rule: null,
      ...words,
      severity: 'warning',
      unit: null,
      phase: phaseAt(first.line, boot),
      fingerprint: `line:${normalize(first.text)}`,
      evidence: boot.suspects.length > 0 ? [...boot.suspects] : [first],
      effects: [],
    },
  ];
}

/** What only shows that something went wrong, with nothing known before it: the abnormal lines before it may be the reason. */
function withSuspects(cause: Cause, {line}: Node, {nodes, boot}: Graph): Cause {
  // The end of a boot has the suspects for its own evidence.
  const told = nodes.filter(({kind}) => kind !== 'outcome');
  const known = new Set(told.flatMap(({evidence}) => evidence.map(each => each.line)));
  const before = boot.suspects.filter(suspect => suspect.line < line && !known.has(suspect.line));
  if (before.length === 0) return cause;
  return {
    ...cause,
    confidence: 'guess',
    explanation: `${cause.explanation} No rule knows what led here; the lines before it that look abnormal are shown first.`,
    evidence: [...before, ...cause.evidence],
  };
}

function unitReport(unit: Unit): UnitReport {
  const first = unit.runs[0];
  const result = hasFailed(unit) ? resultOf(unit) : unit.dependency === null ? 'success' : 'dependency';
  return {
    name: unit.name,
    result,
    invocations: countRuns(unit),
    firstError: first?.said[0]?.evidence ?? first?.evidence[0] ?? unit.dependency,
  };
}

function commandLineOf(boot: BootFacts): string | null {
  const text = boot.commandLine?.evidence.text;
  return text === undefined ? null : argumentsIn(text);
}

export type {Outcome};
