import type {Graph, Node} from '../graph.js';
import {rootOf} from '../graph.js';

/**
 * The end of a boot is explained by the chain that led there: a shell by the unit whose OnFailure= opened it or by what the
 * initrd could not do, a panic by what was said of it, by the first kernel report, or by what init could not do.
 */
export function outcome(graph: Graph): void {
  const end = graph.outcome;
  if (end === null) return;
  const cause =
    sameLine(graph, end) ??
    (end.outcome === 'panic' ? null : onFailure(graph, end)) ??
    lastFatal(graph, end) ??
    firstFailed(graph, end);
  if (cause !== null) graph.explain(cause, end);
}

/** A finding on the very line that ends the boot. */
function sameLine(graph: Graph, end: Node): Node | null {
  const here = graph.findings.filter(
    node => node.finding?.rule.severity !== 'info' && node.evidence.some(({line}) => line === end.line),
  );
  return here.sort((a, b) => a.line - b.line)[0] ?? null;
}

function onFailure(graph: Graph, end: Node): Node | null {
  const triggering = [...graph.units, ...graph.dependencies].filter(
    ({unit}) => unit?.onFailure != null && unit.onFailure.line <= end.line + 20,
  );
  return triggering.sort((a, b) => rootOf(a).line - rootOf(b).line)[0] ?? null;
}

function lastFatal(graph: Graph, end: Node): Node | null {
  const fatal = graph.findings.filter(node => node.severity === 'fatal' && node.line <= end.line + 20);
  return fatal.find(node => node.explainedBy === null && node.finding?.rule.role === 'cause') ?? fatal.at(-1) ?? null;
}

function firstFailed(graph: Graph, end: Node): Node | null {
  if (end.outcome === 'panic') return null;
  const before = [...graph.units, ...graph.dependencies].filter(node => node.line <= end.line + 20);
  const errors = graph.findings.filter(node => node.severity === 'error' && node.line <= end.line);
  return before.sort((a, b) => a.line - b.line)[0] ?? errors[0] ?? null;
}
