import type {ReportKind} from '../../model/kernel-report.js';
import type {Graph, Node} from '../graph.js';

/** Reports after which the kernel's state cannot be trusted: whatever it reports later may follow from them. */
const damaging: ReadonlySet<ReportKind> = new Set([
  'oops',
  'bug',
  'kasan',
  'kfence',
  'slab',
  'list-corruption',
  'hard-lockup',
]);
const stalls: ReadonlySet<ReportKind> = new Set(['soft-lockup', 'workqueue-lockup', 'rcu-stall', 'hung-task']);
/** A report and the panic that it makes stand close together. */
const nearLines = 400;

/** The first damaging report explains the reports after it, and the panic at the end; a stall explains the stalls after it. */
export function kernel(graph: Graph): void {
  const reports = graph.findings.filter(({finding}) => finding?.report != null).sort((a, b) => a.line - b.line);
  const kind = (node: Node): ReportKind => node.finding?.report?.kind as ReportKind;
  const first = reports.find(node => damaging.has(kind(node)));
  if (first !== undefined) explainLater(graph, reports, first);
  const stall = reports.find(node => stalls.has(kind(node)));
  if (stall !== undefined)
    explainLater(
      graph,
      reports.filter(node => stalls.has(kind(node))),
      stall,
    );
  const end = graph.outcome;
  if (end?.outcome !== 'panic') return;
  const culprit = first ?? stall ?? reports.filter(node => end.line - node.line < nearLines).at(-1);
  if (culprit === undefined || culprit.line > end.line) return;
  for (const node of graph.findings) {
    if (node.finding?.rule.role === 'symptom' && node.evidence.some(({line}) => line === end.line))
      graph.explain(culprit, node);
  }
  if (!graph.findings.some(node => node.finding?.rule.role === 'cause' && node.evidence[0]?.line === end.line))
    graph.explain(culprit, end);
}

function explainLater(graph: Graph, reports: readonly Node[], cause: Node): void {
  for (const node of reports) if (node.line >= cause.line) graph.explain(cause, node);
}
