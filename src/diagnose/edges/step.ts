import type {Graph, Node} from '../graph.js';

/** What PID 1 does for every service alike: where it cannot, it is for a reason that has nothing to do with the one service. */
const steps = new Set([
  'unit/capabilities-refused',
  'unit/cgroup-refused',
  'unit/credentials-failed',
  'unit/limits-refused',
  'unit/namespace-setup-failed',
  'unit/security-setting-refused',
]);

/** The same step that fails in several units for the same reason, or of the later ones for a reason that is not told, failed once. */
export function step(graph: Graph): void {
  const firsts = new Map<string, Node>();
  for (const node of graph.findings) {
    const {finding} = node;
    if (finding === null || !steps.has(finding.rule.id)) continue;
    const first = firsts.get(finding.rule.id);
    if (first === undefined) firsts.set(finding.rule.id, node);
    else if (isSame(first.finding?.captures, finding.captures)) graph.explain(first, node);
  }
}

function isSame(first: Readonly<Record<string, string>> | undefined, other: Readonly<Record<string, string>>): boolean {
  return ['error', 'path'].every(name => other[name] === undefined || other[name] === first?.[name]);
}
