import type {BootFacts} from '../model/boot.js';
import {explainExitStatus, explainResult} from '../model/exit-status.js';
import type {Cause, Evidence, Fix} from '../model/report.js';
import {countRuns, type FailedRun, type Unit} from '../model/unit.js';
import {quote} from './command.js';
import type {Node} from './graph.js';

export type Words = Pick<Cause, 'title' | 'explanation' | 'fix' | 'references' | 'confidence'>;

/** What to say of a unit that failed and that no rule knows: what its processes said first, labelled as a guess. */
export function inferFromUnit(unit: Unit, boot: BootFacts): Words {
  const said = unit.runs[0]?.said[0];
  return {
    title:
      said === undefined
        ? silentTitle(unit, unit.runs[0])
        : `${unit.name} failed: “${shorten(withoutName(said.message, unit))}”`,
    explanation: `${whatHappened(unit, boot)}${unit.mayBeUsers ? ' It may be a unit of a user, and none of the system.' : ''}`,
    fix: lookCloser(unit, said === undefined),
    references: [],
    confidence: 'guess',
  };
}

function whatHappened(unit: Unit, {isNameless}: BootFacts): string {
  const run = unit.runs[0];
  const why = whyFailed(run);
  if (run?.said[0] === undefined) {
    const unheard = isNameless
      ? 'The log names no writers, so the words of the program cannot be told from others'
      : 'The log has no word of the program itself';
    return `systemd says of ${unit.name} that ${why}. ${unheard}, and no rule knows this failure.`;
  }
  const times = countRuns(unit);
  const first = times > 1 ? `The first of its ${times} runs` : 'It';
  const [lead] = run.said;
  const reason = lead.isByPlace
    ? 'The log names no writers. The abnormal line that stands right before the end is shown as the likely reason, but another program may have written it'
    : lead.isBySomeone
      ? 'The unit’s own program is not heard. What another one said in that time and looks most like the reason is shown first; it may be one that the unit called, or none of its'
      : 'Of what was said in it, the line that looks most like the reason is shown first';
  const how = run.exitStatus === null && (run.result ?? 'failed') === 'failed' ? '' : ` because ${why}`;
  return `${first} failed${how}. ${reason}; no rule knows it.`;
}

function silentTitle(unit: Unit, run: FailedRun | undefined): string {
  if (run?.exitStatus != null || (run?.result != null && run.result !== 'failed'))
    return `${unit.name} failed: ${whyFailed(run)}`;
  return `${unit.name} failed, and the log does not say why`;
}

/** PID 1, and what it starts for a unit, put the name of the unit before. */
function withoutName(message: string, {name}: Unit): string {
  return message.startsWith(name) ? message.slice(name.length).replace(/^:? /, '') : message;
}

/** What glog and klog put before a message. */
const logged = /^[DIWEF]\d{4} \d\d:\d\d:\d\d\.\d{1,6} +\d{1,7} [\w.-]{1,60}:\d{1,5}\] /;
const longestQuote = 90;

export function shorten(message: string): string {
  const text = message.trim().replace(logged, '');
  return text.length > longestQuote ? `${text.slice(0, longestQuote - 1)}…` : text;
}

function whyFailed(run: FailedRun | undefined): string {
  if (run === undefined) return 'it was started too often';
  if (run.exitStatus !== null) return explainExitStatus(run.exitStatus);
  return explainResult(run.result ?? 'failed');
}

function lookCloser(unit: Unit, isSilent: boolean): Fix[] {
  const fixes: Fix[] = [isUnitName.test(unit.name) ? readOf(unit) : findName];
  if (isSilent) fixes.push(seeMore);
  return fixes;
}

/** The console may give a unit's description alone. */
const isUnitName = /^\S+\.(?:service|mount|socket|swap|device|target|scope|slice|timer|path|automount)$/;

function readOf({name}: Unit): Fix {
  return {
    do: 'Read all that the unit wrote in its first run of this boot.',
    command: `journalctl -b -u ${quote(name)}`,
    risk: 'safe',
  };
}

/** What to say of a unit that another one failed for, where that other one is not in the capture. */
export function inferFromDependency(unit: Unit): Words {
  return {
    title: `${unit.name} was not started: something it needs failed`,
    explanation: `systemd says only that what ${unit.name} depends on failed or did not appear. That failure is not in this capture; it stands before this line in the whole log.`,
    fix: [{do: 'Read what went wrong before it in this boot.', command: 'journalctl -b -p warning', risk: 'safe'}],
    references: [],
    confidence: 'guess',
  };
}

const findName: Fix = {
  do: 'Find the name of the unit among those that failed, then read what it wrote with journalctl -b -u NAME.',
  command: 'systemctl --failed',
  risk: 'safe',
};

export const seeMore: Fix = {
  do: 'If the machine does not get far enough for that, boot with the journal on the console, and without `quiet`: add to the kernel command line',
  command: 'systemd.journald.forward_to_console=1',
  risk: 'safe',
};

/** What to say of an end (panic, shell, freeze) that nothing explains. */
export function inferFromOutcome({outcome, evidence}: Node): Words {
  const line = evidence.at(-1)?.text ?? '';
  const reason = /not syncing: (.+)/.exec(line)?.[1];
  const titles = {
    panic: `The kernel panicked${reason === undefined ? '' : `: ${reason}`}`,
    emergency: 'The boot ended in a maintenance shell',
    hang: 'PID 1 gave up and froze',
  };
  return {
    title: titles[outcome ?? 'panic'],
    explanation:
      evidence.length > 1
        ? 'No rule knows what led here, and no unit failed. The lines near it that look abnormal are shown, the first one first; start there.'
        : 'The log shows this end, but nothing before it that a rule knows, and no unit that failed. What led there may not be in this capture.',
    fix: [seeMore],
    references: [],
    confidence: 'guess',
  };
}

/** What to say of an excerpt in which nobody knows anything: its first line that looks abnormal. */
export function inferFromExcerpt({text}: Evidence): Words {
  return {
    title: `No rule knows anything here; this line looks like an error: “${shorten(text)}”`,
    explanation:
      'It is the first line of the excerpt that reads like an error. It may be harmless. More of the log, from the start of the boot on, would tell.',
    fix: [],
    references: [],
    confidence: 'guess',
  };
}
