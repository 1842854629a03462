import {concerns} from '../../model/finding.js';
import type {Graph, Node} from '../graph.js';

/** systemd, src/core/transaction.c: each member of a circle is named with its job. */
const member = /([\w@:.\\-]+\.\w+)\/(?:start|restart|verify-active)\b/g;

/**
 * A member of an ordering circle that fails later was started without what it waits for: systemd dropped a job of that
 * circle. It fails of that, as far as the log tells.
 */
export function cycle(graph: Graph): void {
  for (const circle of graph.findings) {
    if (circle.finding?.rule.id !== 'systemd/ordering-cycle') continue;
    const members = membersOf(circle);
    for (const node of graph.units) {
      if (node.line <= circle.line || node.unit === null || !members.has(node.unit.name)) continue;
      graph.explain(circle, node);
      for (const other of graph.findings)
        if (other.line > circle.line && other.finding !== null && isOnlyOf(other, node)) graph.explain(circle, other);
    }
  }
}

function membersOf({evidence}: Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (const {text} of evidence) {
    for (const [, name] of text.matchAll(member)) names.add(name as string);
    const first = /(\S+): Found ordering cycle/.exec(text)?.[1];
    if (first !== undefined) names.add(first);
  }
  return names;
}

/** What PID 1 says of that unit and of no other: its program's own words are of the program. */
function isOnlyOf({finding}: Node, {unit}: Node): boolean {
  if (finding === null || unit === null || finding.units.size !== 1) return false;
  return [...finding.writers].every(writer => writer === 'systemd') && concerns(finding, unit);
}
