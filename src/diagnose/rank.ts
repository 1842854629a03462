import type {BootFacts} from '../model/boot.js';
import type {Severity} from '../model/report.js';
import {consequencesOf, type Graph, type Node} from './graph.js';
import {isLater} from './later.js';

const weight: Readonly<Record<Severity, number>> = {fatal: 0, error: 1, warning: 2, info: 3};

/**
 * Root causes, most important first: those whose chain decided the outcome, then by severity, then by time. Where a chain did,
 * what else failed on the way is worth no more than a notice, unless it would have ended the boot too.
 */
export function rank(roots: readonly Node[], {outcome, boot}: Graph): {causes: Node[]; notices: Node[]} {
  const deciding = new Set(
    roots.filter(node => node === outcome || (outcome !== null && consequencesOf(node).includes(outcome))),
  );
  const decides = (node: Node): boolean => deciding.has(node);
  const isDecided = deciding.size > 0;
  // An empty slot is no second reason beside the image that cannot be started.
  const stopsHere = !boot.sawInit && roots.some(node => node.severity === 'fatal' && !isSymptom(node));
  // Where only those that waited for it tell of a failure, they have to stand for it.
  const standsIn = boot.finished === null && roots.every(({kind}) => kind === 'dependency');
  const isCause = (node: Node): boolean => {
    if (decides(node) || standsIn) return true;
    if (node.kind === 'dependency' || isGotOver(node, boot) || isLater(node, boot)) return false;
    if (stopsHere && isSymptom(node)) return node.severity === 'fatal';
    if (isDecided) return node.severity === 'fatal';
    if (node.kind === 'unit') return isBroken(node);
    const breaks = consequencesOf(node).some(isBroken);
    return isBroken(node) || (breaks && node.severity !== 'info');
  };
  const order = (a: Node, b: Node): number =>
    Number(decides(b)) - Number(decides(a)) ||
    Number(isSymptom(a)) - Number(isSymptom(b)) ||
    weight[a.severity] - weight[b.severity] ||
    isReport(b) - isReport(a) ||
    isInferred(a) - isInferred(b) ||
    a.line - b.line;
  const causes = new Set(roots.filter(isCause));
  return {
    causes: [...causes].sort(order),
    notices: roots.filter(node => !causes.has(node) && node.kind !== 'dependency').sort(order),
  };
}

/** An empty slot, say, that the boot loader met before it counted down to the boot or loaded a file. */
function isGotOver({finding}: Node, {stopsBeforeKernel, progressLine}: BootFacts): boolean {
  if (finding === null || finding.rule.role !== 'symptom' || !stopsBeforeKernel) return false;
  return progressLine !== null && finding.lastLine < progressLine;
}

function isInferred({finding}: Node): number {
  return finding === null ? 1 : 0;
}

/** What the kernel thinks worth a report is graver than what a driver says in passing. */
function isReport({finding}: Node): number {
  return finding?.report == null ? 0 : 1;
}

/** A unit that did not start, or a finding that says that something broke. */
export function isBroken({kind, severity}: Node): boolean {
  return kind === 'dependency' || (kind !== 'outcome' && weight[severity] < weight.warning);
}

/** It only shows that something went wrong. */
export function isSymptom({finding}: Node): boolean {
  return finding?.rule.role === 'symptom';
}
