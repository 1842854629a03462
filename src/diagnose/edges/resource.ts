import type {Severity} from '../../model/report.js';
import type {Graph, Node} from '../graph.js';

/** Areas whose rules name the resource that broke: a disk, an array, a volume group, a pool, a file system. */
const areas = new Set(['crypt', 'filesystem', 'lvm', 'md', 'read-only', 'storage', 'zfs']);
const weight: Readonly<Record<Severity, number>> = {fatal: 0, error: 1, warning: 2, info: 3};

/**
 * What happens to one device, array or pool is explained by the first error there: a file system that shuts down and cannot
 * replay its log follows from the read error before it. Warnings explain nothing that is graver.
 */
export function resource(graph: Graph): void {
  const firsts = new Map<string, Node>();
  for (const node of graph.findings) {
    for (const name of resourcesOf(node)) {
      const first = firsts.get(name);
      if (first === undefined) firsts.set(name, node);
      else if (isGraver(node, first)) firsts.set(name, node);
      else graph.explain(first, node);
    }
  }
}

function resourcesOf({finding}: Node): string[] {
  if (finding === null || finding.rule.severity === 'info') return [];
  if (!areas.has(finding.rule.id.slice(0, finding.rule.id.indexOf('/')))) return [];
  const {device, array, pool, group} = finding.captures;
  return [device, array, pool, group].filter(name => name !== undefined).map(name => name.replace(/^\/dev\//, ''));
}

function isGraver(node: Node, than: Node): boolean {
  return weight[node.severity] < weight[than.severity];
}
