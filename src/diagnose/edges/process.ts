import type {Finding} from '../../model/finding.js';
import {matchesGlob} from '../../model/rule.js';
import {isProcessOf, type Unit} from '../../model/unit.js';
import type {Graph, Node} from '../graph.js';

/**
 * A unit's failure is explained by what was said in it: `Main process exited` by the process's own words. Of several
 * findings in one unit the first cause explains the others, so that later runs, which trip over what the first left
 * behind, are not blamed.
 */
export function process(graph: Graph): void {
  for (const failed of graph.units) {
    const unit = failed.unit as Unit;
    const inUnit = graph.findings.filter(({finding}) => finding !== null && concerns(finding, unit)).sort(byRoleThenLine);
    const primary = inUnit.find(isWeighty);
    if (primary === undefined) continue;
    for (const other of inUnit) {
      if (isOfOneUnit(other) && other.finding?.rule.severity !== 'info' && other.line >= primary.line) graph.explain(primary, other);
    }
    graph.explain(primary, failed);
  }
}

/** The finding names the unit, a process of it wrote the line, or the line is among what its first failed run said. */
function concerns({units, writers, evidence, phase}: Finding, {name, runs}: Unit): boolean {
  if (phase === 'shutdown') return false;
  if (units.has(name)) return true;
  if (units.size > 0) return name.includes('…') && [...units.keys()].some(unit => matchesGlob(name.replace('…', '*'), unit));
  if ([...writers].some(writer => writer !== 'systemd' && isProcessOf(writer, name))) return true;
  return runs[0]?.said.some(({line}) => evidence.some(found => found.line === line)) ?? false;
}

function isOfOneUnit({finding}: Node): boolean {
  return finding !== null && finding.units.size <= 1 && finding.writers.size <= 1;
}

function isWeighty({finding}: Node): boolean {
  return finding !== null && finding.rule.severity !== 'info' && finding.rule.role !== 'fact';
}

function byRoleThenLine(a: Node, b: Node): number {
  const weight = (node: Node): number => (node.finding?.rule.role === 'symptom' ? 1 : 0) + (node.finding?.rule.severity === 'warning' ? 2 : 0);
  return weight(a) - weight(b) || a.line - b.line;
}
