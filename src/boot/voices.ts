import type {Entry} from '../model/entry.js';
import {isPid1, readUnitEvent} from './pid1.js';
import {wellKnownUnit} from './well-known-units.js';

/**
 * Who speaks in a boot. `journalctl -o cat` prints messages alone, without the names of their writers: there, and only there,
 * PID 1 is known by its wordings.
 */
export interface Voices {
  /** Takes an entry of the boot, in order. */
  hear(entry: Entry): void;
  /** No writers are named in this boot, as far as it was read. */
  areNameless(): boolean;
  /** Nobody wrote it, for all that such a boot tells. */
  isNobodys(entry: Entry): boolean;
  isPid1(entry: Entry): boolean;
  /** The same for a start that went well, which matters only of a unit that is known: also where programs could have said it. */
  mayBePid1(entry: Entry): boolean;
}

/** For so many messages alone one line may name a writer: programs print what others logged. */
const oddOnesIn = 8;
/** With the unit's description alone, `Failed to start Foo.` follows within so many lines what PID 1 says of the process. */
const linesOfOneFailure = 4;
const description = /^Failed to (?:start|mount) [^:]+\.$/;

const suffix = String.raw`\.(?:service|mount|socket|target|device|swap|automount|path|timer|scope|slice)`;
/** systemd, src/core/unit.c, service.c, mount.c, swap.c and job.c: what is said of a unit, behind its name. */
const ofUnit = new RegExp(
  String.raw`^[\w@:.\\-]+${suffix}: (?:(?:[Mm]ain|[Cc]ontrol|Mount|Swap) process exited, code=\w+|Failed with result '[\w-]+'|Unit entered failed state\.|Scheduled restart job, restart counter is at \d|Scheduled restart job\.|Service hold-off time over, scheduling restart|Start request repeated too quickly|Triggering OnFailure= dep|Job \S+/start (?:failed with result|timed out))`,
);
/** The same with the unit's name inside; systemctl has other words behind it (`Failed to start foo.service: Unit not found.`). */
const withName = new RegExp(
  String.raw`^(?:Failed to (?:start|mount|listen on|activate swap|set up automount)|Timed out (?:starting|waiting for(?: device)?|mounting|activating(?: swap)?)|Dependency failed for) [\w@:.\\-]+${suffix}(?: - .+)?\.$`,
);
const unmistakable =
  /^(?:Dependency failed for .+\.|Timed out waiting for device .+\.|Unit \S+ entered failed state\.?)$/;

export function createVoices(): Voices {
  let named = 0;
  let nameless = 0;
  /** Status lines are printed, so this is the console. */
  let isConsole = false;
  let lastTold = Number.NEGATIVE_INFINITY;

  function areNameless(): boolean {
    return named * oddOnesIn <= nameless;
  }

  function speaksAsPid1({message, line}: Entry): boolean {
    if (ofUnit.test(message)) {
      lastTold = line;
      return true;
    }
    if (withName.test(message) || unmistakable.test(message)) return true;
    if (!description.test(message)) return false;
    const subject = readUnitEvent(message)?.subject ?? null;
    return subject !== null && (wellKnownUnit(subject) !== null || line - lastTold <= linesOfOneFailure);
  }

  function tellsOfFailure(entry: Entry): boolean {
    if (!isNameless(entry) || !areNameless() || !speaksAsPid1(entry)) return false;
    // It is said once.
    if (entry.message.startsWith('Failed to ')) lastTold = Number.NEGATIVE_INFINITY;
    return true;
  }

  /** With log_target=console, as in containers, PID 1 prints its messages alone between its status lines. */
  function tellsOnConsole({identifier, kernel, status, timeUs, wallUs, aside, message}: Entry): boolean {
    const isBare = identifier === null && !kernel && status === null && timeUs === null && wallUs === null && !aside;
    return isConsole && isBare && ofUnit.test(message);
  }

  return {
    hear(entry) {
      if (entry.status !== null) isConsole = true;
      if (isNameless(entry)) nameless++;
      else if (namesWriter(entry)) named++;
    },
    areNameless,
    isNobodys: entry => isNameless(entry) && areNameless(),
    isPid1: entry => isPid1(entry) || tellsOfFailure(entry) || tellsOnConsole(entry),
    mayBePid1: entry => isPid1(entry) || (isNameless(entry) && areNameless()),
  };
}

/** A time alone may be the program's own. */
function namesWriter({identifier, pid, kernel, status, unit, kind}: Entry): boolean {
  return status !== null || kernel || (identifier !== null && pid !== null) || unit !== null || kind === 'entry';
}

/** Nothing but a message. */
function isNameless(entry: Entry): boolean {
  return entry.format === 'plain' && entry.identifier === null && !entry.aside;
}
