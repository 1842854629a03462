import type {Graph, Node} from '../graph.js';

/**
 * `Dependency failed for X` is explained by what X needed. PID 1 fails the jobs that depend on a failed one at once, so it is
 * the unit that failed last before, unless the names tell better: a mount needs its device and its check, a target its mounts.
 */
export function dependency(graph: Graph): void {
  const failed = [...graph.units].sort((a, b) => failedLine(a) - failedLine(b));
  for (const node of graph.dependencies) {
    const before = failed.filter(candidate => failedLine(candidate) <= node.line + 3);
    const cause = before.at(-1) ?? failed[0];
    const why = cause ?? findingBefore(graph, node) ?? graph.dependencies[0];
    if (why !== undefined) graph.explain(why, node);
  }
}

function failedLine(node: Node): number {
  return node.unit?.runs[0]?.failedLine ?? node.line;
}

/** In an excerpt the failed unit itself may be missing, but not what a rule knows. Without that either, the first that it stopped stands for it. */
function findingBefore(graph: Graph, node: Node): Node | undefined {
  return graph.findings
    .filter(
      ({line, finding}) =>
        line <= node.line && finding?.rule.severity !== 'info' && finding?.rule.severity !== 'warning',
    )
    .at(-1);
}
