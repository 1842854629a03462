import {argumentsIn, type BootFacts} from '../model/boot.js';
import type {Finding} from '../model/finding.js';
import type {Boot, Outcome} from '../model/report.js';
import {hasFailed} from '../model/unit.js';
import {causeOf, unitReport, withSuspects} from './cause.js';
import {type Context, validFindings} from './conditions.js';
import {cycle} from './edges/cycle.js';
import {declared} from './edges/declared.js';
import {dependency} from './edges/dependency.js';
import {driver} from './edges/driver.js';
import {kernel, panicTrace} from './edges/kernel.js';
import {layer} from './edges/layer.js';
import {mount} from './edges/mount.js';
import {outcome as outcomeEdges} from './edges/outcome.js';
import {process} from './edges/process.js';
import {resource} from './edges/resource.js';
import {step} from './edges/step.js';
import {trigger} from './edges/trigger.js';
import {createGraph, type Node} from './graph.js';
import {isLater} from './later.js';
import {endOf, outcomeOf} from './outcome.js';
import {isBroken, isSymptom, rank} from './rank.js';
import {recoveredNotices} from './recovered.js';
import {silenceCause, silentStartOf} from './silence.js';
import {stopCause, suspectNotice} from './stop.js';
import {verdictOf} from './verdict.js';

const edges = [
  panicTrace,
  declared,
  kernel,
  driver,
  resource,
  mount,
  cycle,
  process,
  step,
  layer,
  trigger,
  dependency,
  outcomeEdges,
];

/**
 * What one boot's log means: the facts and the findings become causes with what follows from them. `index`: which boot of
 * the capture it is.
 */
export function diagnose(boot: BootFacts, found: readonly Finding[], index: number): Boot {
  const findings = validFindings(found, {boot, outcome: endOf(boot)});
  const graph = createGraph(boot, findings);
  for (const edge of edges) edge(graph);
  const roots = graph.nodes.filter(node => node.explainedBy === null && !isAfterShutdown(node, boot));
  const {causes: causing, notices: noticed} = rank(roots, graph);
  const outcome = outcomeOf(boot, causing);
  const context: Context = {boot, findings, outcome};
  const rootCauses = causing.map(node => causeOf(node, context));
  const [first] = causing;
  if (first !== undefined && isSymptom(first)) rootCauses[0] = withSuspects(causeOf(first, context), graph);
  const silent = rootCauses.length === 0 ? silentStartOf(boot) : null;
  if (silent !== null) rootCauses.push(silenceCause(boot, silent));
  if (rootCauses.length === 0 && (outcome === 'hang' || (outcome === 'reboot' && boot.finished === null)))
    rootCauses.push(stopCause(boot));
  const notices = noticed.map(node => causeOf(node, context));
  const later = noticed.findIndex(node => isBroken(node) && isLater(node, boot));
  if (rootCauses.length === 0) notices.push(...recoveredNotices(boot));
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
    verdict: verdictOf(boot, outcome, rootCauses, later < 0 ? null : notices[later]),
  };
}

/** What happens after shutdown begins explains nothing of the boot. */
function isAfterShutdown(node: Node, boot: BootFacts): boolean {
  return boot.shutdown !== null && node.line > boot.shutdown.evidence.line && node.kind !== 'outcome';
}

/** An excerpt that shows no end and nothing that a rule knows. */
function isUnfinished(outcome: Outcome, {finished, shutdown}: BootFacts): boolean {
  return outcome === 'incomplete' || (outcome === 'healthy' && finished === null && shutdown === null);
}

function commandLineOf(boot: BootFacts): string | null {
  const text = boot.commandLine?.evidence.text;
  return text === undefined ? null : argumentsIn(text);
}
