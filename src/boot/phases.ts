import type {PhaseFacts} from '../model/boot.js';
import type {Entry} from '../model/entry.js';
import type {PhaseName} from '../model/report.js';

/** How far one boot has come. */
export interface Phases {
  /** Goes on to a later phase; what is of an earlier one does not lead back. */
  enter(name: PhaseName, entry: Entry): void;
  now(): PhaseName | 'unknown';
  /** Those that were entered, in order. */
  readonly list: readonly PhaseFacts[];
}

const order: readonly PhaseName[] = [
  'firmware',
  'bootloader',
  'kernel',
  'initrd',
  'switch-root',
  'userspace',
  'shutdown',
];

export function createPhases(): Phases {
  const list: PhaseFacts[] = [];
  let phase: PhaseName | 'unknown' = 'unknown';
  let hasSwitched = false;
  return {
    enter(name, entry) {
      hasSwitched ||= name === 'switch-root';
      if (phase === name) return;
      const here = phase === 'unknown' ? -1 : order.indexOf(phase);
      // The init that was seen is that of the initrd.
      if (name === 'initrd' && phase === 'userspace' && !hasSwitched) list.pop();
      else if (order.indexOf(name) <= here) return;
      phase = name;
      list.push({name, firstLine: entry.line, startUs: entry.timeUs});
    },
    now: () => phase,
    list,
  };
}
