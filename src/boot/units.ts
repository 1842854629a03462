import type {Entry} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import type {FailedRun, Unit} from '../model/unit.js';
import {complainedOf, type EventKind, readUnitEvent, type UnitEvent} from './pid1.js';
import {hasRecovered, isCleanExit, join, noteFailure, ofNoConsequence, type Tracked} from './tracked-unit.js';
import {wellKnownUnit} from './well-known-units.js';

/** The units of one boot that did not simply start, as PID 1's messages tell of them. */
export interface UnitTable {
  /** Reads a message of PID 1 or a status line. `us`: the entry's time by the boot's clock. */
  read(entry: Entry, us: number | null): UnitEvent | null;
  find(subject: string): Unit | null;
  /** Units that have failed so far. */
  failed(): readonly Unit[];
  /** A unit came up; matters where it had failed before that line. */
  noteStart(subject: string, line: number): void;
  /** All units, names that the console cut joined with the full ones. `lastUs`, `lastLine`: when and where the boot was last heard of. */
  all(lastUs: number | null, lastLine: number): Unit[];
  /** The same without settling anything: a unit whose name was cut is left out where the full one is known. */
  soFar(lastUs: number | null, lastLine: number): Unit[];
  /** The unit that failed last; what a `See 'systemctl status …'` line and a late reason belong to. */
  lastFailed(): Unit | null;
}

const unitSuffix = /\.(?:service|mount|socket|target|device|swap|automount|path|timer|scope|slice)$/;
const maxEvidence = 4;
/** Failed runs kept one by one: the first tells the cause, of the others the number is enough. */
const maxRuns = 40;

/** `evidenceOf` makes evidence of an entry, so that the table knows nothing of sources. */
export function createUnitTable(evidenceOf: (entry: Entry) => Evidence): UnitTable {
  const units = new Map<string, Tracked>();
  const byDescription = new Map<string, Tracked>();
  /** Units whose name or description the console cut. */
  const cut = new Set<Tracked>();
  let lastFailed: Tracked | null = null;
  /** The unit of which PID 1 said last that it could not do something, and where. */
  let complained: {name: string | null; line: number} = {name: null, line: 0};
  /** The unit whose process ended last, if it did not fail since. */
  let lastEnded: Tracked | null = null;

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
    const full = isCut ? findFull(subject) : null;
    if (full !== null) return full;
    const wellKnown = dash < 0 && !unitSuffix.test(subject) ? wellKnownUnit(subject) : null;
    if (wellKnown !== null) {
      const unit = units.get(wellKnown) ?? create(wellKnown, null);
      describe(unit, subject);
      return unit;
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
    if (kind !== 'failed' || unitSuffix.test(subject) || subject.includes(' - ')) return null;
    const unit = [lastEnded, lastFailed].find(
      unit => unit !== null && unit.description === null && unitSuffix.test(unit.name) && isJustOver(unit, entry.line),
    );
    if (unit == null) {
      const {name, line} = complained;
      if (name === null || entry.line - line > 2 || byDescription.has(subject) || units.has(name)) return null;
      return create(name, subject);
    }
    const unnamed = units.get(subject);
    if (unnamed !== undefined) {
      units.delete(subject);
      join(unit, unnamed);
    }
    describe(unit, subject);
    return unit;
  }

  /** A start that took too long is ended with SIGTERM, which is no failure of the process. */
  function isJustOver({runs, stoppedLine}: Tracked, line: number): boolean {
    return line - Math.max(stoppedLine, runs.at(-1)?.lastLine ?? 0) <= 4;
  }

  function create(name: string, description: string | null): Tracked {
    const unit: Tracked = {
      name,
      description: null,
      runs: [],
      restarts: 0,
      dependency: null,
      startLimit: null,
      onFailure: null,
      recovered: false,
      mayBeUsers: false,
      tellers: {console: {run: 0, said: new Set()}, journal: {run: 0, said: new Set()}},
      restartLine: 0,
      isUp: false,
      stoppedLine: 0,
      lastFailed: {line: 0, us: null},
      intervalUs: 0,
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
      if (cut.has(unit)) continue;
      const full = unit.description === null ? unit.name : `${unit.name} - ${unit.description}`;
      if (full.length >= subject.length && full.startsWith(head) && full.endsWith(tail ?? '')) return unit;
    }
    return null;
  }

  /** Of a unit whose name was cut the one with the full name. */
  function fullOf(unit: Tracked): Tracked | null {
    const full = findFull(unit.description === null ? unit.name : `${unit.name} - ${unit.description}`);
    return full === unit ? null : full;
  }

  function fail(unit: Tracked, kind: EventKind, result: string | null, entry: Entry, us: number | null): FailedRun {
    lastFailed = unit;
    lastEnded = null;
    const teller = unit.tellers[entry.status === null ? 'journal' : 'console'];
    if (teller.said.has(kind) && unit.startLimit === null) {
      teller.run++;
      teller.said.clear();
    }
    teller.said.add(kind);
    let run =
      unit.runs[teller.run] ?? (unit.runs.length >= maxRuns || unit.startLimit !== null ? unit.runs.at(-1) : undefined);
    if (run === undefined) {
      run = {
        startLine: null,
        failedLine: entry.line,
        failedUs: us,
        lastLine: entry.line,
        result: null,
        exitStatus: null,
        evidence: [],
        said: [],
      };
      unit.runs.push(run);
    }
    run.lastLine = Math.max(run.lastLine, entry.line);
    if (entry.line - unit.lastFailed.line > 0 && unit.startLimit === null) noteFailure(unit, entry.line, us);
    if (result !== null && (run.result === null || run.result === 'failed')) run.result = result;
    if (run.evidence.length < maxEvidence && unit.startLimit === null) run.evidence.push(evidenceOf(entry));
    return run;
  }

  function apply(event: UnitEvent, unit: Tracked, entry: Entry, us: number | null): void {
    switch (event.kind) {
      case 'exited': {
        const [code, status] = (event.detail ?? '').split(' ');
        if (isCleanExit(code, status)) {
          unit.stoppedLine = entry.line;
          lastEnded = unit;
          return;
        }
        const run = fail(unit, 'exited', null, entry, us);
        run.exitStatus ??= status ?? null;
        return;
      }
      case 'result':
        // A oneshot unit that is stopped; a start that fails of it is said to have failed.
        if (event.detail === 'signal' && unit.stoppedLine > 0 && entry.line - unit.stoppedLine < 8) return;
        fail(unit, 'result', event.detail, entry, us);
        return;
      case 'failed':
        fail(unit, 'failed', 'failed', entry, us);
        return;
      case 'timed-out':
        fail(unit, 'timed-out', 'timeout', entry, us);
        return;
      case 'dependency':
        unit.dependency ??= evidenceOf(entry);
        return;
      case 'restart':
        unit.restarts = Math.max(unit.restarts, event.detail === null ? unit.restarts + 1 : Number(event.detail));
        unit.restartLine = entry.line;
        return;
      case 'start-limit':
        unit.startLimit ??= evidenceOf(entry);
        return;
      case 'on-failure':
        unit.onFailure ??= evidenceOf(entry);
        return;
    }
  }

  return {
    read(entry, us) {
      const event = readUnitEvent(entry.message);
      if (event === null) complained = {name: complainedOf(entry.message), line: entry.line};
      if (event === null || unread.has(event.kind)) return event;
      if (event.kind === 'name') {
        if (lastFailed !== null && cut.has(lastFailed)) rename(lastFailed, event.subject);
        else nameIt(event.subject, entry.line - 2);
        return event;
      }
      if (entry.message.startsWith('Unit ') && !units.has(event.subject)) nameIt(event.subject, entry.line - 4);
      const unit =
        entry.about === null
          ? (describedJustNow(event, entry) ?? resolve(event.subject))
          : resolveAbout(entry.about, event);
      if (!ofNoConsequence.test(unit.name)) apply(event, unit, entry, us);
      return event;
    },
    find(subject) {
      return units.get(subject) ?? byDescription.get(subject) ?? (subject.includes('…') ? findFull(subject) : null);
    },
    all(lastUs, lastLine) {
      for (const unit of cut) {
        const full = fullOf(unit);
        if (full === null) continue;
        units.delete(unit.name);
        join(full, unit);
      }
      cut.clear();
      for (const unit of units.values()) unit.recovered = hasRecovered(unit, lastUs, lastLine);
      return [...units.values()];
    },
    soFar(lastUs, lastLine) {
      const known = [...units.values()].filter(unit => !cut.has(unit) || fullOf(unit) === null);
      for (const unit of known) unit.recovered = hasRecovered(unit, lastUs, lastLine);
      return known;
    },
    failed: () => [...units.values()].filter(({runs, startLimit}) => runs.length > 0 && startLimit === null),
    noteStart(subject, line) {
      const dash = subject.indexOf(' - ');
      const unit = units.get(dash < 0 ? subject : subject.slice(0, dash)) ?? byDescription.get(subject) ?? null;
      if (unit !== null && line > unit.lastFailed.line) unit.isUp = true;
    },
    lastFailed: () => lastFailed,
  };

  function rename(unit: Tracked, name: string): void {
    const [head = '', tail = ''] = unit.name.split('…');
    if (
      !unitSuffix.test(name) ||
      !name.startsWith(head) ||
      (unit.name.includes('…') && !name.endsWith(tail) && unitSuffix.test(unit.name))
    )
      return;
    settle(unit, name);
  }

  /** `Failed to start Foo.` is followed by `See 'systemctl status foo.service'`, or `Unit foo.service entered failed state.` */
  function nameIt(name: string, since: number): void {
    if (lastFailed === null || lastFailed.lastFailed.line < since) return;
    const description = lastFailed.name;
    if (!unitSuffix.test(description) && unitSuffix.test(name)) describe(settle(lastFailed, name), description);
  }

  function settle(unit: Tracked, name: string): Tracked {
    const known = units.get(name);
    units.delete(unit.name);
    cut.delete(unit);
    if (known === undefined) {
      unit.name = name;
      units.set(name, unit);
      return unit;
    }
    join(known, unit);
    if (lastFailed === unit) lastFailed = known;
    return known;
  }
}

/** What needs no unit to be kept. */
const unread: ReadonlySet<EventKind> = new Set(['starting', 'started', 'stopping', 'stopped', 'skipped', 'waiting']);
