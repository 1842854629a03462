import type {Graph, Node} from '../graph.js';

/** What systemd.socket and systemd.path end with when the unit that they start hit its own limit of starts. */
const limitOfTheOther = new Set(['service-start-limit-hit', 'unit-start-limit-hit']);

/** A socket or path unit that gave up because its service did is explained by that service: the one of its name, or the last that hit its limit. */
export function trigger(graph: Graph): void {
  for (const node of graph.units) {
    const run = node.unit?.runs[0];
    if (run == null || !limitOfTheOther.has(run.result ?? '')) continue;
    const service = serviceOf(node, graph, run.failedLine);
    if (service !== undefined) graph.explain(service, node);
  }
}

function serviceOf(node: Node, {units}: Graph, line: number): Node | undefined {
  const stem = stemOf(node);
  const before = units.filter(other => other !== node && other.line <= line);
  return (
    before.find(other => stemOf(other) === stem || stemOf(other).startsWith(`${stem}@`)) ??
    before.filter(({unit}) => unit?.startLimit != null).at(-1)
  );
}

function stemOf({unit}: Node): string {
  return (unit?.name ?? '').replace(/\.\w+$/, '');
}
