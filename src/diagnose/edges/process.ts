import {matchesGlob} from '../../model/rule.js';
import type {Graph, Node} from '../graph.js';

/**
 * A unit's failure is explained by what was said in it: `Main process exited` by the process's own words. Of several
 * findings in one unit the first cause explains the others, so that later runs, which trip over what the first left
 * behind, are not blamed.
 */
export function process(graph: Graph): void {
  for (const failed of graph.units) {
    const name = failed.unit?.name ?? '';
    const inUnit = graph.findings.filter(({finding}) => finding !== null && concerns(finding.units, name)).sort(byRoleThenLine);
    const primary = inUnit.find(isWeighty);
    if (primary === undefined) continue;
    for (const other of inUnit) {
      if (other.finding?.units.size === 1 && other.finding.rule.severity !== 'info' && other.line >= primary.line) graph.explain(primary, other);
    }
    graph.explain(primary, failed);
  }
}

/** A console may have cut the unit's name. */
function concerns(units: ReadonlyMap<string, number>, name: string): boolean {
  if (units.has(name)) return true;
  if (!name.includes('…')) return false;
  const glob = name.replace('…', '*');
  return [...units.keys()].some(unit => matchesGlob(glob, unit));
}

function isWeighty({finding}: Node): boolean {
  return finding !== null && finding.rule.severity !== 'info' && finding.rule.role !== 'fact';
}

function byRoleThenLine(a: Node, b: Node): number {
  const weight = (node: Node): number => (node.finding?.rule.role === 'symptom' ? 1 : 0) + (node.finding?.rule.severity === 'warning' ? 2 : 0);
  return weight(a) - weight(b) || a.line - b.line;
}
