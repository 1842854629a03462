import {concerns} from '../../model/finding.js';
import {isSymptomOf} from '../../model/rule.js';
import type {Unit} from '../../model/unit.js';
import type {Graph, Node} from '../graph.js';

/**
 * A unit's failure is explained by what was said in it: `Main process exited` by the process's own words. Of several
 * findings in one unit the first cause explains the others, so that later runs, which trip over what the first left
 * behind, are not blamed. What a client says of a unit that does not answer, its rule knows as a symptom of that unit.
 */
export function process(graph: Graph): void {
  for (const failed of graph.units) {
    const unit = failed.unit as Unit;
    for (const node of graph.findings) if (isAudits(node, unit)) graph.explain(failed, node);
    const inUnit = graph.findings
      .filter(({finding}) => finding !== null && !isSymptomOf(finding.rule, unit.name) && concerns(finding, unit))
      .sort(byRoleThenLine);
    for (const node of graph.findings)
      if (node.finding !== null && isSymptomOf(node.finding.rule, unit.name)) graph.explain(failed, node);
    if (hasOwnWords(unit)) for (const node of inUnit) if (isOfItsEnd(node, unit)) graph.explain(failed, node);
    const primary = inUnit.find(node => isWeighty(node) && node.explainedBy !== failed);
    if (primary === undefined) continue;
    for (const other of inUnit) {
      if (isOfOneUnit(other) && other.finding?.rule.severity !== 'info' && other.line >= primary.line)
        graph.explain(primary, other);
    }
    graph.explain(primary, failed);
  }
}

/** The audit log's record of a failure that PID 1 tells itself. It names services without their ending. */
function isAudits({finding}: Node, {name}: Unit): boolean {
  return finding?.rule.id === 'unit/failed-says-audit' && name === `${finding.captures['unit']}.service`;
}

/** The unit's processes said why. */
function hasOwnWords({runs}: Unit): boolean {
  return runs[0]?.said.some(({isByPlace, isBySomeone}) => !isByPlace && !isBySomeone) ?? false;
}

/** A symptom that PID 1 told of the unit's end; none that the unit's own words show. */
function isOfItsEnd({finding}: Node, {runs}: Unit): boolean {
  if (finding?.rule.role !== 'symptom' || [...finding.writers].some(writer => writer !== 'systemd')) return false;
  return !runs[0]?.said.some(({evidence}) => finding.lines.has(evidence.line));
}

function isOfOneUnit({finding}: Node): boolean {
  return finding !== null && finding.units.size <= 1 && finding.writers.size <= 1;
}

function isWeighty({finding}: Node): boolean {
  return finding !== null && finding.rule.severity !== 'info' && finding.rule.role !== 'fact';
}

function byRoleThenLine(a: Node, b: Node): number {
  const weight = (node: Node): number =>
    (node.finding?.rule.role === 'symptom' ? 1 : 0) + (node.finding?.rule.severity === 'warning' ? 2 : 0);
  return weight(a) - weight(b) || a.line - b.line;
}
