import type {Entry} from '../model/entry.js';
import type {Marker} from './markers.js';

/** Before this the clock of a machine was not set: boards without a battery begin each boot at the same time. */
const firstPlausible = Date.UTC(2015, 0) / 1000;
const hardwareClock = /setting system clock to [\dT:-]+(?: UTC)? \((\d+)\)/;
const auditBegins = /^audit: type=2000 audit\((\d+)\.(\d{3}):1\)/;
/** Two boots hardly ever reach a place at the same µs; before this the kernel's clock does not run. */
const clockRunsUs = 100_000;

/**
 * What tells a boot from all others in every form of its log: the time that the kernel read from the clock, by `kind`, and
 * the µs at which it came by known places. Null for lines that tell nothing.
 */
export function signOf({says}: Marker, {message, timeUs, kernel}: Entry): {kind: string; value: string} | null {
  if (says === 'identity') {
    const [clock, audit] = [hardwareClock.exec(message), auditBegins.exec(message)];
    const seconds = clock?.[1] ?? audit?.[1];
    if (seconds === undefined || Number(seconds) < firstPlausible) return null;
    return clock === null ? {kind: 'audit', value: `${seconds}.${audit?.[2]}`} : {kind: 'clock', value: seconds};
  }
  const isPlace = says === 'kernel-up' || says === 'init-run';
  if (!isPlace || !kernel || timeUs === null || timeUs < clockRunsUs) return null;
  return {kind: `at ${says}`, value: String(timeUs)};
}
