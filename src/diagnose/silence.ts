import type {BootFacts} from '../model/boot.js';
import type {Cause, Evidence} from '../model/report.js';
import type {Words} from './fallback.js';

/** Of a kernel that was started with the line `start`, and of which nothing was heard. */
export function silenceCause(boot: BootFacts, start: Evidence): Cause {
  return {
    rule: null,
    ...inferFromSilence(boot),
    severity: 'fatal',
    unit: null,
    phase: 'kernel',
    fingerprint: 'stop:kernel',
    evidence: [start],
    effects: [],
  };
}

/** U-Boot and depthcharge, just before the kernel runs. A kernel that an EFI loader starts often prints on another console. */
const handsOver =
  /^(?:Starting kernel (?:\.\.\.|in \w+ mode)|Starting Kernel at = |Exiting depthcharge with code |## Transferring control to Linux)/;
/** What unpacks the kernel, U-Boot's last words and the firmware that stays, which speak after it: none of them is the kernel. */
const notYetKernel =
  /^(?:Uncompressing Linux\.\.\. done, booting the kernel\.|[DIE]\/TC: |(?:NOTICE|INFO|WARNING): {1,4}\w|\[U-Boot\]|$)/;

/** The line with which the boot loader started a kernel, where not a word came after it; null otherwise. */
function silentStartIn({kernel, lastLines}: BootFacts): Evidence | null {
  const start = lastLines.findLastIndex(({text}) => !notYetKernel.test(text.trim()));
  const last = lastLines[start];
  return kernel === null && last !== undefined && handsOver.test(last.text.trim()) ? last : null;
}

/**
 * The same, where the silence tells: the machine began again, or the capture shows the loader from its own start. People quote
 * the last lines of a loader for other reasons, and leave out what follows.
 */
export function silentStartOf(boot: BootFacts): Evidence | null {
  const isTold = !boot.isShortened && boot.phases.some(({name}) => name === 'firmware' || name === 'bootloader');
  return boot.isFollowed || isTold ? silentStartIn(boot) : null;
}

const leavesFirmware = /^EFI stub: Exiting boot services/;

/** A start after which nothing came, and of which no more can be said; an EFI kernel may print on another console. */
export function quietStartOf(boot: BootFacts): Evidence | null {
  const last = boot.lastLines.at(-1);
  return last !== undefined && leavesFirmware.test(last.text.trim()) ? last : silentStartIn(boot);
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
