import type {Entry} from '../model/entry.js';

/** One boot's clock, in µs: the kernel's, or the wall clock since the boot's first line where the form has no other. */
export interface Clock {
  /** An entry's time; null without a stamp. */
  at(entry: Entry): number | null;
  read(entry: Entry): void;
  /** The kernel begins to count here; a boot loader's stamps before are of another clock. */
  beginAt(us: number): void;
  /** The latest time; null without any. */
  last(): number | null;
  /** From the first time to the latest; null without any. */
  duration(): number | null;
}

export function createClock(): Clock {
  let firstUs: number | null = null;
  let firstWallUs: number | null = null;
  let lastUs: number | null = null;
  /** From the wall clock to the kernel's, where entries have both, as the kernel's lines in a syslog. */
  let toKernel: number | null = null;

  function at({timeUs, wallUs}: Entry): number | null {
    if (timeUs !== null) return timeUs;
    if (wallUs !== null && toKernel !== null) return wallUs + toKernel;
    return wallUs === null || firstWallUs === null ? null : wallUs - firstWallUs;
  }

  return {
    at,
    read(entry) {
      if (entry.wallUs !== null) firstWallUs ??= entry.wallUs;
      if (entry.timeUs !== null) firstUs ??= entry.timeUs;
      if (entry.timeUs !== null && entry.wallUs !== null) toKernel = entry.timeUs - entry.wallUs;
      const us = at(entry);
      if (us !== null && us > (lastUs ?? 0)) lastUs = us;
    },
    beginAt(us) {
      firstUs = lastUs = us;
    },
    last: () => lastUs,
    duration: () => (lastUs === null ? null : lastUs - (firstUs ?? 0)),
  };
}
