import type {BootFacts} from '../model/boot.js';
import type {Outcome} from '../model/report.js';
import {hasFailed} from '../model/unit.js';
import type {Node} from './graph.js';

const stalls = new Set(['soft-lockup', 'hard-lockup', 'workqueue-lockup', 'rcu-stall', 'hung-task']);
/** A kernel log that runs this long, in µs, is past the start of init. */
const pastInitUs = 3_000_000;

/** How a boot ended; the words are those of the report. `causes`: what will be reported as root causes. */
export function outcomeOf(boot: BootFacts, causes: readonly Node[]): Outcome {
  if (boot.panic !== null) return 'panic';
  if (boot.frozen !== null) return 'hang';
  if (boot.emergency !== null)
    return boot.finished === null || boot.finished.evidence.line < boot.emergency.evidence.line
      ? 'emergency'
      : 'degraded';
  if (boot.isFollowed && boot.shutdown === null && boot.isWhole && boot.sawInit && boot.id === null) return 'reboot';
  const isBroken =
    boot.units.some(hasFailed) || causes.some(({severity}) => severity === 'fatal' || severity === 'error');
  if (boot.finished !== null || boot.shutdown !== null) return isBroken ? 'degraded' : 'healthy';
  if (causes.some(({finding}) => finding?.report != null && stalls.has(finding.report.kind))) return 'hang';
  if (causes.some(isBeforeKernel)) return 'hang';
  if (isBroken) return 'degraded';
  if (boot.waiting.length > 0) return 'hang';
  return boot.sawInit || boot.kernelUp || (boot.durationUs ?? 0) > pastInitUs ? 'healthy' : 'incomplete';
}

function isBeforeKernel({phase, severity}: Node): boolean {
  return severity === 'fatal' && (phase === 'firmware' || phase === 'bootloader');
}
