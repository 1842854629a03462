import type {BootFacts} from '../model/boot.js';
import {explainExitStatus, explainResult} from '../model/exit-status.js';
import type {Cause, Evidence, Fix} from '../model/report.js';
import {countRuns, type FailedRun, type Unit} from '../model/unit.js';
import {quote} from './command.js';
import type {Node} from './graph.js';

type Words = Pick<Cause, 'title' | 'explanation' | 'fix' | 'references' | 'confidence'>;

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
  const reason = run.said[0].isByPlace
    ? 'The log names no writers. The abnormal line that stands right before the end is shown as the likely reason, but another program may have written it'
    : 'Of what was said in it, the line that looks most like the reason is shown first';
  return `${first} failed because ${why}. ${reason}; no rule knows it.`;
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

function shorten(message: string): string {
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

const findName: Fix = {
  do: 'Find the name of the unit among those that failed, then read what it wrote with journalctl -b -u NAME.',
  command: 'systemctl --failed',
  risk: 'safe',
};

const seeMore: Fix = {
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
        ? 'No rule knows what led here, and no unit failed. The lines before it that look abnormal are shown, the first one first; start there.'
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

/** U-Boot and depthcharge, just before the kernel runs. A kernel that an EFI loader starts often prints on another console. */
const handsOver = /^(?:Starting kernel \.\.\.|Exiting depthcharge with code )/;
/** What unpacks the kernel, U-Boot's last words and the firmware that stays, which speak after it: none of them is the kernel. */
const notYetKernel =
  /^(?:Uncompressing Linux\.\.\. done, booting the kernel\.|## Transferring control to Linux|[DIE]\/TC: |(?:NOTICE|INFO|WARNING): {1,4}\w|\[U-Boot\]|$)/;

/** The line with which the boot loader started a kernel, where not a word came after it; null otherwise. */
export function silentStartOf({kernel, lastLines}: BootFacts): Evidence | null {
  const start = lastLines.findLastIndex(({text}) => !notYetKernel.test(text.trim()));
  const last = lastLines[start];
  return kernel === null && last !== undefined && handsOver.test(last.text.trim()) ? last : null;
}

const leavesFirmware = /^EFI stub: Exiting boot services/;

/** The last that an EFI kernel says on the firmware's console, where nothing came after it; null otherwise. */
export function handOverOf({lastLines}: BootFacts): Evidence | null {
  const last = lastLines.at(-1);
  return last !== undefined && leavesFirmware.test(last.text.trim()) ? last : null;
}

/** What to say of a kernel of which nothing is heard. */
export function inferFromSilence({isFollowed}: BootFacts): Words {
  return {
    title: 'The kernel was started, and nothing was heard of it',
    explanation: isFollowed
      ? 'The boot loader handed over and nothing was printed until the machine began again. The kernel crashed before its console worked, or the boot loader gave it a device tree, an address or a console of another board.'
      : 'The capture ends where the boot loader handed over. Either it was cut there, or the kernel prints on another console, or it crashed before its console worked: a device tree of another board, addresses that overlap, an image for another processor.',
    fix: [
      {
        do: 'Ask for messages from the very start, and name the console that you watch.',
        command: 'earlycon console=ttyS0,115200',
        risk: 'safe',
      },
      {
        do: 'Check that kernel, device tree and initramfs do not overlap in memory, and that the device tree is of this board.',
        risk: 'safe',
      },
    ],
    references: [],
    confidence: 'guess',
  };
}

/** What to say of a boot that just stops: how far it got, what it waited for, what the firmware or boot loader said last. */
export function inferFromStop(boot: BootFacts): Words {
  const waiting = boot.waiting.at(-1);
  const said = boot.stopsBeforeKernel ? boot.suspects[0] : undefined;
  if (waiting === undefined && said !== undefined) return stoppedAfter(said.text, boot);
  if (waiting?.isRepeated === true) return keepsWaiting(waiting.subject);
  const last = boot.lastLines.at(-1);
  if (waiting === undefined && last !== undefined && boot.isFollowed) return restartedAfter(last.text);
  return {
    title:
      waiting === undefined
        ? 'The boot stopped, and the log does not say why'
        : `The boot waits for ${waiting.subject}`,
    explanation:
      waiting === undefined
        ? `The capture ends ${boot.lastReached === null ? 'before a target was reached' : `after ${boot.lastReached} was reached`}, and nothing in it failed visibly.`
        : `systemd last said that a start job is running for ${waiting.subject}${waiting.spent === null ? '' : ` (${waiting.spent})`}, and then nothing more. What it waits for decides.`,
    fix: [seeMore],
    references: [],
    confidence: 'guess',
  };
}

function keepsWaiting(words: string): Words {
  return {
    title: `The boot waits for something that does not come: “${shorten(words)}”`,
    explanation:
      'A program of the initrd repeats these words up to the end of the capture, and nothing that a rule knows failed before. What it waits for decides. It may also have come after the capture ended.',
    fix: [
      {
        do: 'Look at what is waited for: the server, the network to it, or the device. Where that is a matter of time, start the machine again.',
        risk: 'safe',
      },
    ],
    references: [],
    confidence: 'guess',
  };
}

function stoppedAfter(line: string, {phases}: BootFacts): Words {
  const who = phases.at(-1)?.name === 'firmware' ? 'firmware' : 'boot loader';
  return {
    title: `The ${who} stopped after “${shorten(line)}”`,
    explanation: `No kernel was started in this capture, and no rule knows what the ${who} said last. The first of its last lines that look abnormal is quoted.`,
    fix: [
      {
        do: `Look at the console of the machine: the ${who} may wait at a prompt or in a menu, or go on without this line being at fault.`,
        risk: 'safe',
      },
    ],
    references: [],
    confidence: 'guess',
  };
}

function restartedAfter(line: string): Words {
  return {
    title: `The machine restarted after “${shorten(line)}”`,
    explanation:
      'The boot was not done, and nothing says that it was shut down. The last lines before the machine began again are shown. A watchdog that nobody fed, the power supply, or a crash that could not be printed does that.',
    fix: [
      {
        do: 'See whether it always stops at the same place, and what comes next there in a boot that works.',
        risk: 'safe',
      },
      {
        do: 'If the boot loader or the firmware starts a watchdog, switch it off for a test, or give the kernel its driver.',
        risk: 'caution',
      },
    ],
    references: [],
    confidence: 'guess',
  };
}
