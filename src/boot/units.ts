import type {Entry} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import {type FailedRun, isProcessOf, type Unit} from '../model/unit.js';
import {complainedOf, type EventKind, readUnitEvent, type UnitEvent} from './pid1.js';
import {hasRecovered, isCleanExit, noteFailure, ofNoConsequence, type Tracked} from './tracked-unit.js';
import {createUnitNames, isUnitName} from './unit-names.js';

/** The units of one boot that did not simply start, as PID 1's messages tell of them. */
export interface UnitTable {
  /** Reads a message of PID 1 or a status line. `us`: the entry's time by the boot's clock. */
  read(entry: Entry, us: number | null): UnitEvent | null;
  find(subject: string): Unit | null;
  /** Units that have failed so far. */
  failed(): readonly Unit[];
  /** A program of this name is that of a unit that failed, which is not this one. */
  isOfAnother(identifier: string, unit: Unit): boolean;
  /** A unit came up, or began to; matters where it had failed before that line. The newest first. */
  noteStart(subject: string, line: number, kind: 'starting' | 'started' | 'finished'): void;
  /** All units, names that the console cut joined with the full ones. `lastUs`, `lastLine`: when and where the boot was last heard of. */
  all(lastUs: number | null, lastLine: number): Unit[];
  /** The same without settling anything: a unit whose name was cut is left out where the full one is known. */
  soFar(lastUs: number | null, lastLine: number): Unit[];
  /** The unit that failed last; what a `See 'systemctl status …'` line and a late reason belong to. */
  lastFailed(): Unit | null;
}

const maxEvidence = 4;
/** Failed runs kept one by one: the first tells the cause, of the others the number is enough. */
const maxRuns = 40;
/** From the exit of umount(8) to what PID 1 says of it. */
const linesOfUnmount = 3;
/** A text of `journalctl -x`, between two messages of one failure. */
const linesOfCatalog = 12;

/** `evidenceOf` makes evidence of an entry, so that the table knows nothing of sources. */
export function createUnitTable(evidenceOf: (entry: Entry) => Evidence): UnitTable {
  const names = createUnitNames();
  let lastFailed: Tracked | null = null;
  /** The unit of which PID 1 said last that it could not do something, and where. */
  let complained: {name: string | null; line: number} = {name: null, line: 0};
  /** The unit whose process ended last, if it did not fail since. */
  let lastEnded: Tracked | null = null;

  /** The journal says which unit a message is about; the message then gives its description. */
  function resolveAbout(name: string, {subject}: UnitEvent): Tracked {
    const unit = names.resolve(name);
    if (subject !== name && isDescription(subject)) names.describe(unit, subject);
    return unit;
  }

  /**
   * With StatusUnitFormat=description, `foo.service: Failed with result …` is followed by `Failed to start Foo.`: the only
   * place where name and description meet.
   */
  function describedJustNow({kind, subject}: UnitEvent, entry: Entry, us: number | null): Tracked | null {
    if (kind !== 'failed' || !isDescription(subject)) return null;
    const unit = [lastEnded, lastFailed].find(
      unit => unit !== null && unit.description === null && isUnitName(unit.name) && isJustOver(unit, entry.line, us),
    );
    if (unit == null) {
      const {name, line} = complained;
      if (name === null || entry.line - line > 2 || names.isDescribed(subject) || names.isKnown(name)) return null;
      return names.create(name, subject);
    }
    names.describeAs(unit, subject);
    return unit;
  }

  /**
   * A start that took too long is ended with SIGTERM, which is no failure of the process. Where the failure itself is some
   * lines back, as the texts of `journalctl -x` stand between, it must at least be of the same second.
   */
  function isJustOver({runs, stoppedLine, startLimit, lastFailed}: Tracked, line: number, us: number | null): boolean {
    const lines = line - Math.max(stoppedLine, runs.at(-1)?.lastLine ?? 0, startLimit?.line ?? 0);
    return lines <= 4 || (lines <= linesOfCatalog && us !== null && us === lastFailed.us);
  }

  function fail(
    unit: Tracked,
    kind: EventKind | 'entered',
    result: string | null,
    entry: Entry,
    us: number | null,
  ): FailedRun {
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
        // Older versions say both: `Unit entered failed state.`, then `Failed with result 'timeout'.`
        fail(unit, event.detail === 'failed' ? 'entered' : 'result', event.detail, entry, us);
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
        lastFailed = unit;
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
      if (event.kind === 'not-stopped') {
        forgetExit(entry.line);
        return event;
      }
      if (event.kind === 'name') {
        if (lastFailed !== null && names.isCut(lastFailed)) lastFailed = names.complete(lastFailed, event.subject);
        else nameIt(event.subject, entry.line - 2);
        return event;
      }
      if (entry.message.startsWith('Unit ') && !names.isKnown(event.subject)) nameIt(event.subject, entry.line - 4);
      const unit =
        entry.about === null
          ? (describedJustNow(event, entry, us) ?? names.resolve(event.subject))
          : resolveAbout(entry.about, event);
      if (!ofNoConsequence.test(unit.name)) apply(event, unit, entry, us);
      return event;
    },
    find: names.find,
    all(lastUs, lastLine) {
      names.joinCut();
      return settled([...names.all()], lastUs, lastLine);
    },
    soFar: (lastUs, lastLine) => settled(names.distinct(), lastUs, lastLine),
    failed: () => [...names.all()].filter(({runs, startLimit}) => runs.length > 0 && startLimit === null),
    isOfAnother(identifier, unit) {
      for (const other of names.all())
        if (other !== unit && other.runs.length > 0 && isProcessOf(identifier, other.name)) return true;
      return false;
    },
    noteStart(subject, line, kind) {
      const unit = names.find(subject);
      if (unit === null || line <= unit.lastFailed.line) return;
      if (kind === 'starting') unit.isReady ||= unit.upLine > line;
      else {
        unit.isUp = true;
        unit.isReady ||= kind === 'finished';
        unit.upLine = Math.max(unit.upLine, line);
      }
    },
    lastFailed: () => lastFailed,
  };

  /** `foo.mount: Mount process exited` was of umount(8) where `Failed unmounting /foo.` follows: the file system stays in use. */
  function forgetExit(line: number): void {
    const runs = lastFailed?.runs ?? [];
    const last = runs.at(-1);
    if (lastFailed === null || last === undefined || !/\.(?:mount|swap)$/.test(lastFailed.name)) return;
    if (last.result !== null || line - last.lastLine > linesOfUnmount) return;
    runs.pop();
    lastFailed.tellers.journal = {run: runs.length, said: new Set()};
  }

  /** `Failed to start Foo.` is followed by `See 'systemctl status foo.service'`, or `Unit foo.service entered failed state.` */
  function nameIt(name: string, since: number): void {
    if (lastFailed === null || lastFailed.lastFailed.line < since) return;
    const description = lastFailed.name;
    if (isUnitName(description) || !isUnitName(name)) return;
    lastFailed = names.settle(lastFailed, name);
    names.describe(lastFailed, description);
  }
}

/** What needs no unit to be kept. */
const unread: ReadonlySet<EventKind> = new Set(['starting', 'started', 'stopping', 'stopped', 'skipped', 'waiting']);

function isDescription(subject: string): boolean {
  return !isUnitName(subject) && !subject.includes(' - ');
}

function settled(units: Tracked[], lastUs: number | null, lastLine: number): Tracked[] {
  for (const unit of units) unit.recovered = hasRecovered(unit, lastUs, lastLine);
  return units;
}
