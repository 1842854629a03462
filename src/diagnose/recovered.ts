import type {BootFacts} from '../model/boot.js';
import {explainExitStatus, explainResult} from '../model/exit-status.js';
import type {Cause} from '../model/report.js';
import type {FailedRun, Unit} from '../model/unit.js';
import {quote} from './command.js';
import {shorten} from './fallback.js';
import {normalize} from './findings.js';
import {phaseAt} from './phase.js';

/** Ends that cost time or data although the next start went well. */
const worthTelling = new Set(['timeout', 'watchdog', 'core-dump', 'signal', 'oom-kill']);
/** So many starts that failed are worth telling, however they ended. */
const manyRuns = 3;
const maxNotices = 3;

/** What failed on the way in a boot where nothing is broken in the end: units that came up after starts that failed. */
export function recoveredNotices(boot: BootFacts): Cause[] {
  return boot.units
    .filter(unit => unit.recovered && unit.startLimit === null && !unit.mayBeUsers && isWorthTelling(unit))
    .slice(0, maxNotices)
    .map(unit => noticeOf(unit, boot));
}

function isWorthTelling({runs, restarts}: Unit): boolean {
  return runs.length > 0 && (worthTelling.has(runs[0]?.result ?? '') || Math.max(runs.length, restarts) >= manyRuns);
}

function noticeOf(unit: Unit, boot: BootFacts): Cause {
  const run = unit.runs[0] as FailedRun;
  const times = Math.max(unit.runs.length, unit.restarts);
  const why = run.exitStatus !== null ? explainExitStatus(run.exitStatus) : explainResult(run.result ?? 'failed');
  // What was said later may be of the start that went well.
  const before = run.said.filter(({evidence}) => evidence.line <= run.failedLine);
  const said = before[0];
  const evidence = [...before.map(({evidence}) => evidence), ...run.evidence];
  return {
    rule: null,
    title: `${unit.name} came up only after ${times === 1 ? 'a start' : `${times} starts`} that failed`,
    explanation: `The first failed because ${why}${said === undefined ? '' : `, after “${shorten(said.message)}”`}. systemd started it again, and that seems to have gone well; what waits for it came up late.`,
    fix: [{do: 'Read all that it wrote in this boot.', command: `journalctl -b -u ${quote(unit.name)}`, risk: 'safe'}],
    references: [],
    confidence: 'likely',
    severity: 'warning',
    unit: unit.name,
    phase: phaseAt(run.failedLine, boot),
    fingerprint: `recovered:${normalize(unit.name)}`,
    evidence,
    effects: [],
  };
}
