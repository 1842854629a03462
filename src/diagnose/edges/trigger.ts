import type {Graph, Node} from '../graph.js';

/** What systemd.socket and systemd.path end with when the unit that they start hit its own limit of starts. */
const limitOfTheOther = new Set(['service-start-limit-hit', 'unit-start-limit-hit']);

/** PID 1 refuses a job that would undo one which may not be undone: going on with the boot, once a failure asked for the emergency target. */
const destructive = /[Tt]ransaction (?:for \S+ )?is destructive/;

function explainByEarlier(node: Node, graph: Graph, line: number): void {
  const before = graph.units.filter(other => other !== node && failedLine(other) < line);
  const cause = before.sort((a, b) => failedLine(a) - failedLine(b))[0];
  if (cause !== undefined) graph.explain(cause, node);
}

/** A socket or path unit that gave up because its service did is explained by that service: the one of its name, or the last that hit its limit. */
export function trigger(graph: Graph): void {
  for (const node of graph.units) {
    const run = node.unit?.runs[0];
    if (run?.said.some(({message}) => destructive.test(message))) explainByEarlier(node, graph, run.failedLine);
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

function failedLine({unit, line}: Node): number {
  return unit?.runs[0]?.failedLine ?? line;
}
