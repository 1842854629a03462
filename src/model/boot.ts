import type {KernelReport} from './kernel-report.js';
import type {Evidence, PhaseName} from './report.js';
import type {Unit} from './unit.js';

/** What the log of one boot says, before anything is concluded from it. */
export interface BootFacts {
  readonly id: string | null;
  readonly kernel: string | null;
  /** What no other boot has, by kind: two boots with different values of one kind are not the same. */
  readonly signs: ReadonlyMap<string, string>;
  /** A kernel that another, crashed one started to save its memory (kdump). */
  readonly savesDump: boolean;
  readonly commandLine: Mark | null;
  readonly firstLine: number;
  readonly lastLine: number;
  /** µs from the first time stamp to the last; null without any. */
  readonly durationUs: number | null;
  readonly phases: readonly PhaseFacts[];
  /** The capture begins with firmware, a boot loader or the kernel: it is no excerpt from the middle. */
  readonly isWhole: boolean;
  /** PID 1 was seen at work. */
  readonly sawInit: boolean;
  /** The kernel was done with its own start. */
  readonly kernelUp: boolean;
  readonly panic: Mark | null;
  /** PID 1 gave up (`Freezing execution`). */
  readonly frozen: Mark | null;
  /** A rescue, emergency or initramfs shell. */
  readonly emergency: Mark | null;
  /** The login prompt, multi-user.target or `Startup finished`. */
  readonly finished: Mark | null;
  readonly shutdown: Mark | null;
  /** Another boot follows in the capture. */
  readonly isFollowed: boolean;
  /** The last target or unit that was reached, in PID 1's words. */
  readonly lastReached: string | null;
  readonly lastLines: readonly Evidence[];
  /** The capture ends in the firmware or the boot loader. */
  readonly stopsBeforeKernel: boolean;
  /** Messages alone, without the names of their writers (`journalctl -o cat`). */
  readonly isNameless: boolean;
  /**
   * Lines that look abnormal: shortly before a shell, a freeze or an end without a kernel, or the first ones of a short excerpt
   * without an end; for when nothing is known.
   */
  readonly suspects: readonly Evidence[];
  /** No kernel was started, and the firmware or the boot loader came to rest with the suspects. */
  readonly stopsAtSuspects: boolean;
  /** Where the boot loader last counted down to the boot, or loaded a file: what it met before did not stop it. */
  readonly progressLine: number | null;
  /** Somebody left lines out; looked for where a kernel was started and nothing is heard of it. */
  readonly isShortened: boolean;
  /** How often in a row the machine began before without coming to a kernel. */
  readonly restarts: number;
  /** Units that the manager of a user spoke of; PID 1 may have units of the same name. */
  readonly userUnits: ReadonlySet<string>;
  readonly units: readonly Unit[];
  readonly reports: readonly KernelReport[];
  /** Jobs that PID 1 said it was waiting for, the last ones; where it said nothing, what a program of the initrd waits for. */
  readonly waiting: readonly Waiting[];
  /** Jobs that were begun shortly before the end of an unfinished boot, and not done. */
  readonly begun: readonly Waiting[];
}

export interface Mark {
  readonly evidence: Evidence;
  readonly timeUs: number | null;
  /** By the boot's clock, which may be the wall's. */
  readonly atUs: number | null;
  readonly phase: PhaseName | 'unknown';
}

export interface PhaseFacts {
  readonly name: PhaseName;
  readonly firstLine: number;
  readonly startUs: number | null;
}

export interface Waiting {
  readonly subject: string;
  /** `30s / 1min 30s`, as PID 1 wrote it. */
  readonly spent: string | null;
  readonly evidence: Evidence;
  /** Not PID 1's words of a job, but those of a program, which the capture ends with again and again. */
  readonly isRepeated?: boolean;
}

const beforeArguments = 'ommand line: ';

/** The kernel's arguments in a line that shows them; a report has them alone, without words of the kernel. */
export function argumentsIn(line: string): string {
  const at = line.indexOf(beforeArguments);
  return at < 0 ? line : line.slice(at + beforeArguments.length);
}
