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
  'kmsan',
  'hard-lockup',
]);
/** Checks that do no damage, but tell of the mistake that does. */
const checks: ReadonlySet<ReportKind> = new Set(['warning', 'ubsan', 'kcsan', 'lockdep', 'atomic']);
const stalls: ReadonlySet<ReportKind> = new Set(['soft-lockup', 'workqueue-lockup', 'rcu-stall', 'hung-task']);
/** A report and the panic that it makes stand close together. */
const nearLines = 400;
/** A check and the crash that it foretells follow each other, in one task: pid 1 runs all drivers' probes. */
const nextLines = 10;
const nextUs = 2_000_000;
/** Checks of locks: where nothing is heard after one but a stall, the locks are at fault. */
const lockChecks: ReadonlySet<ReportKind> = new Set(['lockdep', 'atomic']);
/** The functions of file systems, RAID and the block layer, which trip over what a disk no longer does. */
const storageFunction =
  /^_*(?:btrfs|ext[234]|jbd2?|journal|xfs|xlog|f2fs|reiserfs|gfs2|ocfs2|nilfs|jfs|fat|ntfs|ubifs|jffs2|raid\d+|md|dm|bio|blk|bdev|submit_bh|(?:mark|sync|end)_buffer|write_(?:all_supers|dev_supers))_?/;
const storageModule =
  /^(?:btrfs|ext[234]|jbd2?|xfs|f2fs|reiserfs|gfs2|ocfs2|nilfs2|jfs|v?fat|ntfs3?|ubifs|jffs2|raid\d+|md_mod|dm_\w+)$/;
const storageFile = /\bat \S*\b(?:fs|block|drivers\/md)\//;
/** Rules of what the disks did, and of what file systems said of it. */
const storageRule = /^(?:storage|filesystem|md|read-only)\//;
const soonUs = 60_000_000;

/** What is left of a report whose beginning is not in the log. */
const cutOff: ReadonlySet<string> = new Set(['kernel/report-cut-off', 'kernel/crash-cut-off']);

/** What stands behind a panic's line is the panic's own trace, and no report that was cut off. */
export function panicTrace({boot, findings, outcome, explain}: Graph): void {
  const end = boot.panic?.evidence.line;
  if (end === undefined || outcome === null) return;
  const told = findings.find(({evidence}) => evidence.some(({line}) => line === end)) ?? outcome;
  for (const node of findings) if (node.line > end && cutOff.has(node.finding?.rule.id ?? '')) explain(told, node);
}

/**
 * The first damaging report explains the reports after it, and the panic at the end; a stall explains the stalls after it. A
 * check that failed in the same task right before the damage explains that, a check of locks the stall right after it, and a
 * disk that failed the crash of a file system right after it.
 */
export function kernel(graph: Graph): void {
  const reports = graph.findings.filter(({finding}) => finding?.report != null).sort((a, b) => a.line - b.line);
  const kind = (node: Node): ReportKind => node.finding?.report?.kind as ReportKind;
  const first = reports.find(node => damaging.has(kind(node)));
  if (first !== undefined) {
    const omen = reports.find(node => checks.has(kind(node)) && foretells(node, first)) ?? failedDisk(graph, first);
    if (omen !== undefined) graph.explain(omen, first);
    explainLater(graph, reports, first);
  }
  const isStall = (node: Node): boolean => stalls.has(kind(node));
  const stall = reports.find(isStall);
  if (stall !== undefined) {
    for (let after = stall; ; ) {
      const omen = reports.findLast(node => lockChecks.has(kind(node)) && isNext(node, after));
      if (omen === undefined) break;
      graph.explain(omen, after);
      after = omen;
    }
    // Of CPUs that wait for the stalled one the watchdog says that they are dead.
    const isFollowing = (node: Node): boolean =>
      isStall(node) || (kind(node) === 'hard-lockup' && stall.explainedBy !== null);
    explainLater(graph, reports.filter(isFollowing), stall);
  }
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

/** Nothing else was logged between two reports. */
function isNext({finding: omen}: Node, {finding: stall}: Node): boolean {
  const lines = (stall?.report?.firstLine ?? 0) - (omen?.report?.lastLine ?? 0);
  return lines > 0 && lines <= nextLines;
}

function foretells({finding: omen}: Node, {finding: damage}: Node): boolean {
  const [before, after] = [omen?.report, damage?.report];
  // That lockdep does not know a lock says less than the crash at it.
  if (before?.title.includes('non-static key')) return false;
  if (before == null || after == null || before.pid === null || before.pid !== after.pid) return false;
  const lines = after.firstLine - before.lastLine;
  if (lines < 0 || lines > nextLines) return false;
  return before.timeUs === null || after.timeUs === null || after.timeUs - before.timeUs <= nextUs;
}

/** What was wrong with a disk when the code that works on it crashed. */
function failedDisk({findings}: Graph, crash: Node): Node | undefined {
  const report = crash.finding?.report;
  if (report == null) return undefined;
  const isOfStorage =
    storageFunction.test(report.function ?? '') ||
    storageModule.test(report.module ?? '') ||
    storageFile.test(report.title);
  if (!isOfStorage) return undefined;
  return findings.find(
    ({finding, severity, line, timeUs}) =>
      (severity === 'error' || severity === 'fatal') &&
      storageRule.test(finding?.rule.id ?? '') &&
      line < report.firstLine &&
      report.firstLine - line < nearLines &&
      (timeUs === null || report.timeUs === null || report.timeUs - timeUs <= soonUs),
  );
}

function explainLater(graph: Graph, reports: readonly Node[], cause: Node): void {
  for (const node of reports) if (node.line >= cause.line) graph.explain(cause, node);
}
