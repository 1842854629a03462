import type {Entry} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import type {Invocation, Unit} from '../model/unit.js';
import {readUnitEvent, type UnitEvent} from './pid1.js';

/** The units of one boot, as PID 1's messages tell of them. */
export interface UnitTable {
  /** Reads a message of PID 1 or a status line; true when a unit's start failed by it. */
  read(entry: Entry): UnitEvent | null;
  /** The unit that an event's subject names; null for one never heard of. */
  find(subject: string): Unit | null;
  /** All units, names that the console cut joined with the full ones. */
  all(): Unit[];
  /** The unit that failed last; what a `See 'systemctl status …'` line and a late reason belong to. */
  readonly lastFailed: Unit | null;
}

const unitSuffix = /\.(?:service|mount|socket|target|device|swap|automount|path|timer|scope|slice)$/;
const maxEvidence = 4;
/** Invocations kept one by one: the first ones tell the cause, of the others the number is enough. */
const maxInvocations = 40;

/** Console and journal tell the same story at slightly different times, so each is counted by itself. */
type Teller = 'console' | 'journal';

interface Tracked extends Unit {
  readonly starts: Record<Teller, number>;
}

/** `evidenceOf` makes evidence of an entry, so that the table knows nothing of sources. */
export function createUnitTable(evidenceOf: (entry: Entry) => Evidence): UnitTable {
  const units = new Map<string, Tracked>();
  const byDescription = new Map<string, Tracked>();
  /** Subjects whose name or description the console cut; joined with their full form when that is known. */
  const cut = new Set<Tracked>();
  let lastFailed: Tracked | null = null;

  function resolve(subject: string): Tracked {
    const dash = subject.indexOf(' - ');
    const name = dash < 0 ? subject : subject.slice(0, dash);
    const description = dash < 0 ? null : subject.slice(dash + 3);
    const known = units.get(name) ?? byDescription.get(subject);
    if (known !== undefined) {
      if (description !== null) describe(known, description);
      return known;
    }
    const isCut = subject.includes('…') || /\S\.\.\.\S/.test(subject);
    if (isCut) {
      const full = findFull(subject);
      if (full !== null) return full;
    }
    const unit = create(name, description);
    if (isCut) cut.add(unit);
    return unit;
  }

  /** The journal says which unit a message is about; the message then gives its description. */
  function resolveAbout(name: string, {subject}: UnitEvent): Tracked {
    const unit = resolve(name);
    if (subject !== name && !unitSuffix.test(subject) && !subject.includes(' - ')) describe(unit, subject);
    return unit;
  }

  /**
   * With StatusUnitFormat=description, `foo.service: Failed with result …` is followed by `Failed to start Foo.`: the only
   * place where name and description meet.
   */
  function describedJustNow({kind, subject}: UnitEvent, entry: Entry): Tracked | null {
    if (kind !== 'failed' || lastFailed === null || lastFailed.description !== null || unitSuffix.test(subject) || subject.includes(' - ')) return null;
    const run = lastFailed.invocations.at(-1);
    if (!unitSuffix.test(lastFailed.name) || run === undefined || entry.line - run.lastLine > 4) return null;
    const unit = lastFailed;
    const unnamed = units.get(subject);
    if (unnamed !== undefined) {
      units.delete(subject);
      join(unit, unnamed);
    }
    describe(unit, subject);
    return unit;
  }

  function create(name: string, description: string | null): Tracked {
    const unit: Tracked = {
      name,
      description: null,
      invocations: [],
      restarts: 0,
      dependency: null,
      startLimit: null,
      onFailure: null,
      state: 'unknown',
      starts: {console: 0, journal: 0},
    };
    units.set(name, unit);
    if (description !== null) describe(unit, description);
    return unit;
  }

  function describe(unit: Tracked, description: string): void {
    if (unit.description !== null || description.includes('…')) return;
    unit.description = description;
    if (!byDescription.has(description)) byDescription.set(description, unit);
  }

  /** The unit whose `name - description` begins and ends as the cut subject does. */
  function findFull(subject: string): Tracked | null {
    const [head, tail] = subject.split(/…|\.\.\.(?=\S)/, 2) as [string, string | undefined];
    for (const unit of units.values()) {
      if (unit.name.includes('…')) continue;
      const full = unit.description === null ? unit.name : `${unit.name} - ${unit.description}`;
      if (full.length >= subject.length && full.startsWith(head) && full.endsWith(tail ?? '')) return unit;
    }
    return null;
  }

  function invocation(unit: Tracked, teller: Teller, entry: Entry): Invocation {
    const index = Math.max(unit.starts[teller], 1) - 1;
    const known = unit.invocations[Math.min(index, unit.invocations.length - 1)];
    if (known !== undefined) return known;
    const created = begin(entry, null);
    unit.invocations.push(created);
    return created;
  }

  function begin(entry: Entry, startLine: number | null): Invocation {
    return {
      startLine,
      timeUs: entry.timeUs,
      lastLine: entry.line,
      result: null,
      exitStatus: null,
      evidence: [],
      said: [],
      failedLine: null,
      failedTimeUs: null,
    };
  }

  function start(unit: Tracked, teller: Teller, entry: Entry): void {
    unit.starts[teller]++;
    unit.state = 'starting';
    if (unit.starts[teller] > unit.invocations.length && unit.invocations.length < maxInvocations) unit.invocations.push(begin(entry, entry.line));
  }

  function fail(unit: Tracked, teller: Teller, entry: Entry, result: string | null): void {
    unit.state = 'failed';
    lastFailed = unit;
    const run = invocation(unit, teller, entry);
    run.lastLine = Math.max(run.lastLine, entry.line);
    run.failedLine ??= entry.line;
    run.failedTimeUs ??= entry.timeUs;
    if (result !== null && (run.result === null || run.result === 'failed')) run.result = result;
    addEvidence(run, entry);
  }

  function addEvidence(run: Invocation, entry: Entry): void {
    if (run.evidence.length < maxEvidence) run.evidence.push(evidenceOf(entry));
  }

  function apply(event: UnitEvent, unit: Tracked, teller: Teller, entry: Entry): void {
    switch (event.kind) {
      case 'starting':
        return start(unit, teller, entry);
      case 'started':
        if (unit.state !== 'failed' || unit.starts[teller] > 0) unit.state = 'started';
        return;
      case 'stopping':
      case 'stopped':
        if (unit.state === 'started' || unit.state === 'starting') unit.state = 'stopped';
        return;
      case 'skipped':
        if (unit.state === 'unknown') unit.state = 'skipped';
        return;
      case 'exited':
        return exitedWith(event, unit, teller, entry);
      case 'result':
        return fail(unit, teller, entry, event.detail);
      case 'failed':
        return fail(unit, teller, entry, 'failed');
      case 'timed-out':
        return fail(unit, teller, entry, 'timeout');
      case 'dependency':
        unit.state = 'failed';
        unit.dependency ??= evidenceOf(entry);
        return;
      case 'restart':
        unit.restarts = Math.max(unit.restarts, event.detail === null ? unit.restarts + 1 : Number(event.detail));
        return;
      case 'start-limit':
        unit.startLimit ??= evidenceOf(entry);
        unit.state = 'failed';
        return;
      case 'on-failure':
        unit.onFailure ??= evidenceOf(entry);
        return;
    }
  }

  function exitedWith(event: UnitEvent, unit: Tracked, teller: Teller, entry: Entry): void {
    const [code, status] = (event.detail ?? '').split(' ');
    if (code === 'exited' && (status === '0/SUCCESS' || status === '0')) return;
    fail(unit, teller, entry, null);
    const run = invocation(unit, teller, entry);
    run.exitStatus ??= status ?? null;
  }

  return {
    read(entry) {
      const event = readUnitEvent(entry.message);
      if (event === null) return null;
      if (event.kind === 'name') {
        if (lastFailed !== null && cut.has(lastFailed)) rename(lastFailed, event.subject);
        return event;
      }
      const unit = entry.about === null ? (describedJustNow(event, entry) ?? resolve(event.subject)) : resolveAbout(entry.about, event);
      apply(event, unit, entry.status === null ? 'journal' : 'console', entry);
      return event;
    },
    find(subject) {
      return units.get(subject) ?? byDescription.get(subject) ?? (subject.includes('…') ? findFull(subject) : null);
    },
    all() {
      for (const unit of cut) {
        const full = findFull(unit.description === null ? unit.name : `${unit.name} - ${unit.description}`);
        if (full === null || full === unit) continue;
        units.delete(unit.name);
        join(full, unit);
      }
      cut.clear();
      return [...units.values()];
    },
    get lastFailed() {
      return lastFailed;
    },
  };

  function rename(unit: Tracked, name: string): void {
    const [head = '', tail = ''] = unit.name.split('…');
    if (!unitSuffix.test(name) || !name.startsWith(head) || (unit.name.includes('…') && !name.endsWith(tail) && unitSuffix.test(unit.name))) return;
    const known = units.get(name);
    units.delete(unit.name);
    cut.delete(unit);
    if (known === undefined) {
      unit.name = name;
      units.set(name, unit);
    } else {
      join(known, unit);
      if (lastFailed === unit) lastFailed = known;
    }
  }

  function join(full: Tracked, part: Tracked): void {
    if (part.state === 'failed') full.state = 'failed';
    full.dependency ??= part.dependency;
    full.startLimit ??= part.startLimit;
    full.onFailure ??= part.onFailure;
    if (!full.invocations.some(run => run.failedLine !== null)) {
      full.invocations.push(...part.invocations.filter(run => run.failedLine !== null));
    }
  }
}
