import type {Recent} from '../model/entry.js';
import {hasFailed, type Unit} from '../model/unit.js';
import {isWellKnownName} from './well-known-units.js';

const managerOfUser = /^Start(?:ing|ed) (?:user@\d+\.service\b|User Manager for UID \d)/;
const verb = /^(?:Start|Finish|Listen|Reach|Mount|Creat|Stopp)/;
/** Of other types the manager of a user starts none by itself. */
const ofUsers = /\.(?:service|socket|timer|path|target|scope|slice)$/;

/**
 * The manager of a user says of its units what PID 1 says of the system's. Where no writers are named, a unit of which nothing
 * was heard before a user's manager was started may be either's.
 */
export function doubtUsersUnits(units: readonly Unit[], recent: Recent, after: number): void {
  const failed = units.filter(unit => hasFailed(unit) && ofUsers.test(unit.name) && !isWellKnownName(unit.name));
  if (failed.length === 0) return;
  const firstHeard = new Map<string, number>();
  let managerLine = Number.POSITIVE_INFINITY;
  const names = failed.map(({name}) => name);
  const descriptions = failed.flatMap(({description}) => description ?? []);
  const matters = (raw: string): boolean =>
    verb.test(raw) &&
    (raw.includes('user@') ||
      raw.includes('User Manager') ||
      [...names, ...descriptions].some(name => raw.includes(name)));
  recent(
    after,
    ({message, line}) => {
      if (managerOfUser.test(message)) managerLine = line;
      if (!verb.test(message)) return true;
      for (const {name, description} of failed)
        if (message.includes(name) || (description !== null && message.includes(description)))
          firstHeard.set(name, line);
      return true;
    },
    matters,
  );
  for (const unit of failed) {
    const heard = Math.min(firstHeard.get(unit.name) ?? Number.POSITIVE_INFINITY, unit.runs[0]?.failedLine ?? 0);
    if (heard > managerLine) unit.mayBeUsers = true;
  }
}
