import type {BootFacts} from '../model/boot.js';
import type {Entry} from '../model/entry.js';
import type {PhaseName} from '../model/report.js';
import type {Unit} from '../model/unit.js';
import {readMarker, readTitle} from './literals.js';
import type {Marker, MarkerName} from './markers.js';
import {type BootHandlers, openBoot} from './open-boot.js';

/** Entries → boots. One boot is open at a time; a finished one is handed on and forgotten. */
export interface BootTracker {
  /** Places an entry, beginning another boot where it must. `literals`: numbers of the structural literals in it. */
  accept(entry: Entry, literals: readonly number[]): void;
  readonly phase: PhaseName | 'unknown';
  /** The latest time by the boot's clock, in µs; null without any. */
  readonly nowUs: number | null;
  readonly wantsEveryLine: boolean;
  /** A structural literal (by number) has nothing more to tell of this boot. */
  isSettled(literal: number): boolean;
  unitNamed(name: string): Unit | null;
  /** Of a capture; another may follow. `lastLine`: number of its last line. */
  end(lastLine: number): void;
  /** What is known of the open boot; null before anything is. It stays open. `lastLine`: how far the log is. */
  soFar(lastLine: number): BootFacts | null;
}

export function createBootTracker(handlers: BootHandlers): BootTracker {
  let boot = openBoot(handlers);
  /** How often the machine began in a row without a kernel. */
  let restarts = 0;

  function next(line: number): void {
    const facts = boot.close(true, line - 1);
    handlers.finished(facts);
    restarts = facts.stopsBeforeKernel ? restarts + 1 : 0;
    boot = openBoot(handlers, restarts);
  }

  return {
    accept(entry, literals) {
      const marker = markerOf(entry, literals) ?? (entry.identifier === 'systemd-shutdown' ? shutdownMarker : null);
      if (boot.isOver(entry, marker)) next(entry.line);
      // Only the kernel reports; a program may quote it.
      const title = entry.kernel || entry.identifier === null ? readTitle(entry.message, literals) : null;
      boot.accept(entry, marker, title);
    },
    get phase() {
      return boot.phase();
    },
    get nowUs() {
      return boot.now();
    },
    get wantsEveryLine() {
      return boot.wantsEveryLine();
    },
    isSettled: literal => boot.isSettled(literal),
    unitNamed: name => boot.units.find(name),
    end(lastLine) {
      if (boot.isEmpty()) return;
      handlers.finished(boot.close(false, lastLine));
      restarts = 0;
      boot = openBoot(handlers);
    },
    soFar: lastLine => (boot.isEmpty() ? null : boot.soFar(lastLine)),
  };
}

/** A program may quote what the kernel or PID 1 says; only their own words, and words of nobody known, are milestones. */
function markerOf(entry: Entry, literals: readonly number[]): Marker | null {
  const marker = readMarker(entry.message, literals);
  if (marker === null || entry.identifier === null || entry.kernel) return marker;
  return isOfInit(marker) && speaksForInit(entry) ? marker : null;
}

function isOfInit({says}: Marker): boolean {
  return ofInit.has(says);
}

const ofInit: ReadonlySet<MarkerName> = new Set([
  'manager-start',
  'in-initrd',
  'switch-root',
  'target',
  'finished',
  'emergency',
  'frozen',
  'shutdown',
]);
const initPrograms = /^\(?(?:systemd|dracut|init|initrd|procd|sulogin|@?\w{0,2}ystemctl)/;

/** PID 1, what it starts for a shell or a shutdown, or an initramfs; not the manager of a user. */
function speaksForInit({identifier, pid}: Entry): boolean {
  return initPrograms.test(identifier ?? '') && !(identifier === 'systemd' && pid !== null && pid !== 1);
}

const shutdownMarker: Marker = {literal: '', says: 'shutdown', phase: 'shutdown'};
