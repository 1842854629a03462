import type {BootFacts} from '../model/boot.js';
import type {Outcome} from '../model/report.js';
import {hasFailedForSure, type Unit} from '../model/unit.js';
import {consequencesOf, type Node} from './graph.js';
import {isLongAfter} from './later.js';
import {silentStartOf} from './silence.js';

const stalls = new Set(['soft-lockup', 'hard-lockup', 'workqueue-lockup', 'rcu-stall', 'hung-task']);
/** A kernel log that runs this long, in µs, is past the start of init. */
const pastInitUs = 3_000_000;

/** The end that the log shows by itself, whatever caused it. */
export function endOf({panic, frozen, emergency, finished}: BootFacts): 'panic' | 'hang' | 'emergency' | null {
  if (panic !== null) return 'panic';
  if (frozen !== null) return 'hang';
  if (emergency === null) return null;
  return finished === null || finished.evidence.line < emergency.evidence.line ? 'emergency' : null;
}

/** How a boot ended; the words are those of the report. `causes`: what will be reported as root causes. */
export function outcomeOf(boot: BootFacts, causes: readonly Node[]): Outcome {
  const end = endOf(boot);
  if (end !== null) return end;
  if (boot.emergency !== null) return 'degraded';
  if (boot.isFollowed && boot.shutdown === null && boot.isWhole && (boot.sawInit || hasRun(boot))) return 'reboot';
  if (startsOverAndOver(boot)) return 'reboot';
  // A warning that something broke of is not harmless: of its consequences the gravest counts.
  const chain = causes.flatMap(cause => [cause, ...consequencesOf(cause)]);
  const isBroken = boot.units.some(unit => hasFailedForSure(unit) && !failedLater(unit, boot)) || chain.some(isGrave);
  if (boot.finished !== null || boot.shutdown !== null) return isBroken ? 'degraded' : 'healthy';
  if (causes.some(isStall) || chain.some(node => isLastingStall(node, boot.lastLine))) return 'hang';
  if (chain.some(isBeforeInit) && !boot.sawInit) return 'hang';
  if (boot.isFollowed && silentStartOf(boot) !== null) return 'hang';
  if (boot.waiting.length > 0) return 'hang';
  if (isBroken) return boot.stopsBeforeKernel ? stopOf(boot, causes) : 'degraded';
  if (boot.stopsAtSuspects && !boot.isFollowed) return 'hang';
  if (endsInInitrd(boot)) return 'incomplete';
  return boot.sawInit || boot.kernelUp || (boot.durationUs ?? 0) > pastInitUs ? 'healthy' : 'incomplete';
}

/** So many lines the loader may say after what stopped it. */
const linesAfterStop = 12;

/** Where no kernel was started: whether what is blamed is the last that was tried, or the loader went on for long. */
function stopOf({lastLine, isFollowed}: BootFacts, causes: readonly Node[]): Outcome {
  const isLast = causes.some(({finding}) => finding !== null && lastLine - finding.lastLine <= linesAfterStop);
  return isLast && !isFollowed ? 'hang' : 'incomplete';
}

function failedLater({runs}: Unit, boot: BootFacts): boolean {
  return isLongAfter(runs[0]?.failedUs ?? null, boot);
}

/** In the loader; a board may start again once, when it has changed its own settings. */
function startsOverAndOver({isFollowed, stopsBeforeKernel, restarts}: BootFacts): boolean {
  return isFollowed && stopsBeforeKernel && restarts > 0;
}

/** A kernel got under way, and no farther. */
function hasRun({kernel, durationUs, finished}: BootFacts): boolean {
  return finished === null && kernel !== null && (durationUs ?? 0) > 0;
}

/** The init that was seen is that of the initrd, and the log ends before it handed over. */
function endsInInitrd({phases}: BootFacts): boolean {
  return phases.at(-1)?.name === 'initrd';
}

/** A stall, or a check of locks that foretold it. */
function isStall({finding, severity, explains}: Node): boolean {
  if (finding?.report == null) return false;
  return stalls.has(finding.report.kind) || (severity === 'warning' && explains.some(isStall));
}

/** So many lines the last report of a stall may have. */
const lastLines = 60;

/** Whatever the stall of a processor follows from: where the log ends with it, nothing else happened. */
function isLastingStall({finding}: Node, end: number): boolean {
  if (finding?.report == null || finding.report.kind === 'hung-task' || !stalls.has(finding.report.kind)) return false;
  return end - Math.max(finding.lastLine, finding.report.lastLine) <= lastLines;
}

function isGrave({severity}: Node): boolean {
  return severity === 'fatal' || severity === 'error';
}

/** What ends a boot in the firmware, the boot loader or the kernel; in an excerpt told by where its rule says it happens. */
function isBeforeInit({phase, severity, finding}: Node): boolean {
  if (severity !== 'fatal' || finding?.report != null) return false;
  const phases = phase === 'unknown' ? (finding?.rule.when?.phase ?? []) : [phase];
  return phases.length > 0 && phases.every(name => name === 'firmware' || name === 'bootloader' || name === 'kernel');
}
