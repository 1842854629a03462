import type {BootFacts} from '../model/boot.js';
import type {Cause, Evidence} from '../model/report.js';
import {inferFromExcerpt, seeMore, shorten, type Words} from './fallback.js';
import {normalize} from './findings.js';
import {phaseAt} from './phase.js';
import {inferFromSilence, quietStartOf} from './silence.js';

/** Of a boot that just stops. */
export function stopCause(boot: BootFacts): Cause {
  const waiting = boot.waiting.at(-1);
  const said = boot.stopsAtSuspects ? boot.suspects : boot.lastLines;
  const evidence: Evidence[] = waiting === undefined ? [...said] : [waiting.evidence];
  return {
    rule: null,
    ...inferFromStop(boot),
    severity: 'fatal',
    unit: waiting?.isRepeated === true ? null : (waiting?.subject ?? null),
    phase: boot.phases.at(-1)?.name ?? 'unknown',
    fingerprint: `stop:${waiting === undefined ? (boot.phases.at(-1)?.name ?? 'unknown') : normalize(waiting.subject)}`,
    evidence,
    effects: [],
  };
}

/** Never a root cause: a line that reads like an error is harmless more often than not, and a kernel may print elsewhere. */
export function suspectNotice(boot: BootFacts): Cause[] {
  // A loader that started a kernel got over what it had said before.
  const start = quietStartOf(boot);
  const [first = null] = start === null ? boot.suspects : [start];
  if (first === null) return [];
  const words = start === null ? inferFromExcerpt(first) : inferFromSilence(boot);
  return [
    {
      rule: null,
      ...words,
      severity: 'warning',
      unit: null,
      phase: phaseAt(first.line, boot),
      fingerprint: `line:${normalize(first.text)}`,
      evidence: start === null ? [...boot.suspects] : [start],
      effects: [],
    },
  ];
}

/** What to say of a boot that just stops: how far it got, what it waited for, what the firmware or boot loader said last. */
function inferFromStop(boot: BootFacts): Words {
  const waiting = boot.waiting.at(-1);
  const said = boot.stopsAtSuspects ? boot.suspects[0] : undefined;
  if (waiting === undefined && said !== undefined && !boot.isFollowed) return stoppedAfter(said.text, boot);
  if (waiting?.isRepeated === true) return keepsWaiting(waiting.subject);
  const last = said ?? boot.lastLines.at(-1);
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
