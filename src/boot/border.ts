import type {Entry} from '../model/entry.js';
import type {Clock} from './clock.js';
import type {MachineStarts} from './machine-starts.js';
import {beginsAnew, type Marker, type MarkerName} from './markers.js';

/** How far apart two stamps may be in one boot when the clock runs back; more is another boot. */
const restartUs = 5_000_000;

/** What is known of a boot when the next line may be of another. */
export interface SoFar {
  readonly has: (name: MarkerName) => boolean;
  /** `Linux version …`, once it was read. */
  readonly banner: string | null;
  /** Firmware or a boot loader is at work, and the kernel is still to come. */
  readonly isAwaited: boolean;
  readonly clock: Clock;
  readonly starts: MachineStarts;
}

/** Whether a line with a marker cannot belong to the boot that is being read. */
export function beginsAnother(marker: Marker, entry: Entry, {has, banner, isAwaited, clock, starts}: SoFar): boolean {
  if (marker.says === 'separator') return true;
  const ended = has('panic') || has('shutdown') || has('shutdown-done');
  if (marker.says === 'kernel-banner') {
    // A boot loader may have stamped its lines, by a clock of its own.
    const mayFollow = isAwaited || has('kernel-handed-over');
    if (banner === null) return has('init-run') || (!mayFollow && (clock.last() ?? 0) > restartUs) || ended;
    const isReplay = entry.message === banner && !has('kernel-up') && !has('init-run') && !ended;
    return !isReplay;
  }
  if (marker.says === 'firmware' || marker.says === 'bootloader') {
    // The kernel was started and said nothing before the machine began again.
    if (banner === null) return has('kernel-handed-over') || starts.isAgain(marker, entry);
    return ended || has('kernel-up') || (has('command-line') && beginsAnew(marker, entry));
  }
  return false;
}
