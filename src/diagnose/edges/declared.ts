import type {BootFacts} from '../../model/boot.js';
import {matchesGlob} from '../../model/rule.js';
import type {Graph, Node} from '../graph.js';

/** How much later, in µs, than its consequence a cause may be logged: journald gets lines of several writers out of order. */
const lateUs = 5_000_000;
const lateLines = 40;

const beforeKernel: ReadonlySet<Node['phase']> = new Set(['firmware', 'bootloader', 'unknown']);

/** A rule says what follows from its failure: other rules, units by glob, the outcome. */
export function declared(graph: Graph): void {
  const causes = graph.findings.filter(({finding}) => finding?.rule.role === 'cause');
  const symptoms = graph.findings.filter(({finding}) => finding?.rule.role === 'symptom');
  for (const cause of [...causes, ...symptoms]) {
    for (const pattern of cause.finding?.rule.explains ?? []) {
      for (const effect of graph.nodes) {
        if (!matches(pattern, effect) || isTooEarly(cause, effect) || isGotOver(cause, effect, graph.boot)) continue;
        graph.explain(cause, effect);
      }
    }
  }
}

function matches(pattern: string, node: Node): boolean {
  if (pattern.startsWith('unit:')) return node.unit !== null && matchesGlob(pattern.slice(5), node.unit.name);
  if (pattern.startsWith('outcome:')) return node.outcome === pattern.slice(8);
  return node.finding !== null && matchesGlob(pattern, node.finding.rule.id);
}

/** The boot loader went to another medium after it and loaded from there what it then could not start. */
function isGotOver({finding}: Node, effect: Node, {progressLine}: BootFacts): boolean {
  if (finding === null || effect.finding === null || progressLine === null) return false;
  if (!beforeKernel.has(effect.phase)) return false;
  if (finding.rule.role !== 'symptom' || effect.finding.rule.role !== 'cause') return false;
  return finding.lastLine < progressLine && progressLine < effect.line;
}

/** The effect was over before the cause was first seen. The kernel command line is there from the start, wherever it is printed. */
function isTooEarly(cause: Node, effect: Node): boolean {
  const last = effect.finding?.lastLine ?? effect.line;
  if (last >= cause.line) return false;
  // The time is that of the first match: of an effect seen again and again the last line tells how near it came.
  const isSeenOnce = (effect.finding?.count ?? 1) === 1;
  if (isSeenOnce && cause.timeUs !== null && effect.timeUs !== null) return effect.timeUs + lateUs < cause.timeUs;
  return last + lateLines < cause.line;
}
