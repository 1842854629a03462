import type {BootFacts, Mark, PhaseFacts, Waiting} from '../model/boot.js';
import type {Entry, Recent} from '../model/entry.js';
import type {KernelReport} from '../model/kernel-report.js';
import type {Evidence, PhaseName} from '../model/report.js';
import type {Invocation, Unit} from '../model/unit.js';
import {createReportReader} from './kernel-report.js';
import {type Marker, type MarkerName, readMarker} from './markers.js';
import {isPid1, type UnitEvent} from './pid1.js';
import {lookUpSaid} from './said.js';
import {createUnitTable, type UnitTable} from './units.js';

/** Entries → boots. One boot is open at a time; a finished one is handed on and forgotten. */
export interface BootTracker {
  /** Places an entry: begins another boot where it must, and says in which phase the entry stands. */
  accept(entry: Entry): void;
  readonly phase: PhaseName | 'unknown';
  readonly wantsEveryLine: boolean;
  /** The unit that a process or a message belongs to, as far as the boot knows. */
  unitOf(entry: Entry): Unit | null;
  unitNamed(name: string): Unit | null;
  end(): void;
}

export interface BootHandlers {
  readonly evidenceOf: (entry: Entry) => Evidence;
  readonly recent: Recent;
  /** A boot is complete. */
  finished(boot: BootFacts): void;
  /** A kernel report is complete. */
  reported(report: KernelReport): void;
}

const order: readonly PhaseName[] = ['firmware', 'bootloader', 'kernel', 'initrd', 'switch-root', 'userspace', 'shutdown'];
const multiUser = /\b(?:multi-user\.target|graphical\.target|Multi-User(?: System)?|Graphical Interface)\b/;
const shutdownTarget = /\b(?:shutdown|final|umount|poweroff|reboot|halt)\.target\b|System (?:Shutdown|Power Off|Reboot)|Unmount All Filesystems|Late Shutdown/;
const failing: ReadonlySet<UnitEvent['kind']> = new Set(['failed', 'timed-out', 'result', 'exited']);
/** How far apart two stamps may be in one boot when the clock runs back; more is another boot. */
const restartUs = 5_000_000;
const maxWaiting = 8;

export function createBootTracker(handlers: BootHandlers): BootTracker {
  let boots = 0;
  let boot = openBoot(boots, handlers);

  function next(): void {
    handlers.finished(boot.close(true, handlers.recent));
    boots++;
    boot = openBoot(boots, handlers);
  }

  return {
    accept(entry) {
      const marker = readMarker(entry.message) ?? (entry.identifier === 'systemd-shutdown' ? shutdownMarker : null);
      if (boot.isOver(entry, marker)) next();
      boot.accept(entry, marker);
    },
    get phase() {
      return boot.phase;
    },
    get wantsEveryLine() {
      return boot.wantsEveryLine;
    },
    unitOf: entry => boot.unitOf(entry),
    unitNamed: name => boot.units.find(name),
    end() {
      if (boot.isEmpty && boots > 0) return;
      handlers.finished(boot.close(false, handlers.recent));
    },
  };
}

const shutdownMarker: Marker = {literal: '', says: 'shutdown', phase: 'shutdown'};

function openBoot(index: number, {evidenceOf, reported, recent}: BootHandlers) {
  const units: UnitTable = createUnitTable(evidenceOf);
  const marks = new Map<MarkerName, Mark>();
  const phases: PhaseFacts[] = [];
  const reports: KernelReport[] = [];
  const waiting = new Map<string, Waiting>();
  /** Failed starts of which nothing was heard from the processes yet. */
  const silent: {unit: Unit; run: Invocation}[] = [];
  let id: string | null = null;
  let kernel: string | null = null;
  let banner: string | null = null;
  let phase: PhaseName | 'unknown' = 'unknown';
  let firstLine = 0;
  let lastLine = 0;
  let firstUs: number | null = null;
  let lastUs: number | null = null;
  let firstWallUs: number | null = null;
  let lastWallUs: number | null = null;
  let entries = 0;
  let isWhole = false;
  let lastReached: string | null = null;
  const reader = createReportReader(evidenceOf, report => {
    if (reports.length < 64) reports.push(report);
    reported(report);
  });

  const mark = (entry: Entry): Mark => ({evidence: evidenceOf(entry), timeUs: entry.timeUs, phase});
  const note = (name: MarkerName, entry: Entry): void => {
    if (!marks.has(name)) marks.set(name, mark(entry));
  };

  function enter(name: PhaseName, entry: Entry): void {
    if (phase === name) return;
    const here = phase === 'unknown' ? -1 : order.indexOf(phase);
    if (name === 'initrd' && phase === 'userspace' && !marks.has('switch-root')) phases.pop();
    else if (order.indexOf(name) <= here) return;
    phase = name;
    phases.push({name, firstLine: entry.line, startUs: entry.timeUs});
  }

  function readMark(marker: Marker, entry: Entry): void {
    const {says} = marker;
    if (says === 'kernel-banner') {
      banner ??= entry.message;
      kernel ??= /^Linux version (\S+)/.exec(entry.message)?.[1] ?? null;
    }
    if (says === 'separator') id ??= /[0-9a-f]{32}/.exec(entry.message)?.[0] ?? null;
    if (says === 'target') return readTarget(entry);
    if (marker.phase !== undefined && !(marker.phase === 'bootloader' && phase === 'userspace')) enter(marker.phase, entry);
    if (says === 'manager-start') enter('userspace', entry);
    if (says === 'login') enter('userspace', entry);
    if (entries === 0 && ['firmware', 'bootloader', 'kernel-handed-over', 'kernel-banner'].includes(says)) isWhole = true;
    if (says === 'emergency' && (marks.has('multi-user') || marks.has('login'))) return;
    note(says, entry);
  }

  function readTarget(entry: Entry): void {
    const reached = entry.message.replace(/^Reached target /, '').replace(/\.$/, '');
    if (shutdownTarget.test(reached)) return enter('shutdown', entry);
    if (/\bemergency\.target\b|Emergency Mode|\brescue\.target\b|Rescue (?:Mode|Shell)/.test(reached)) return note('emergency', entry);
    lastReached = reached;
    if (/^initrd|Initrd/.test(reached)) enter('initrd', entry);
    else if (multiUser.test(reached)) {
      enter('userspace', entry);
      note('multi-user', entry);
    }
  }

  /** What fails while the machine goes down says nothing of the boot. */
  function readUnits(entry: Entry): void {
    if (phase === 'shutdown') return;
    const event = units.read(entry);
    if (event === null) return;
    note('init-run', entry);
    if (event.kind === 'waiting') {
      waiting.delete(event.subject);
      waiting.set(event.subject, {subject: event.subject, spent: event.detail, evidence: evidenceOf(entry)});
      if (waiting.size > maxWaiting) waiting.delete(waiting.keys().next().value as string);
    }
    if (failing.has(event.kind)) lookUp(units.lastFailed);
  }

  /** Only the first failed start of a unit is looked into: the later ones are its consequence. */
  function lookUp(unit: Unit | null): void {
    const run = unit?.invocations.find(({failedLine}) => failedLine !== null);
    if (unit === null || run === undefined || run.said.length > 0) return;
    run.said = lookUpSaid(unit, run, recent(), evidenceOf);
    if (run.said.length === 0 && !silent.some(known => known.run === run)) silent.push({unit, run});
  }

  return {
    units,
    get phase() {
      return phase;
    },
    get isEmpty() {
      return entries === 0;
    },
    get wantsEveryLine() {
      return reader.isOpen;
    },
    unitOf(entry: Entry): Unit | null {
      const name = entry.about ?? entry.unit;
      if (name !== null) return units.find(name);
      const before = /^(\S+\.(?:service|mount|socket|swap|target)): /.exec(entry.message);
      if (before !== null) return units.find(before[1] as string);
      if (entry.identifier === null || entry.kernel) return null;
      return units.find(`${entry.identifier.replace(/^[(@]+|\)$/g, '')}.service`);
    },
    /** Whether an entry cannot belong to this boot any more. */
    isOver(entry: Entry, marker: Marker | null): boolean {
      if (entry.bootId !== null && id !== null) return entry.bootId !== id;
      if (marker === null || entries === 0) return false;
      if (marker.says === 'separator') return true;
      const ended = marks.has('panic') || marks.has('shutdown') || marks.has('shutdown-done');
      if (marker.says === 'kernel-banner') {
        if (banner === null) return marks.has('init-run') || (lastUs ?? 0) > restartUs || ended;
        const isReplay = entry.message === banner && !marks.has('kernel-up') && !marks.has('init-run') && !ended;
        return !isReplay;
      }
      if (marker.says === 'firmware' || marker.says === 'bootloader') return banner !== null && (ended || marks.has('kernel-up'));
      return false;
    },
    accept(entry: Entry, marker: Marker | null): void {
      if (entries === 0) firstLine = entry.line;
      id ??= entry.bootId;
      lastLine = entry.line;
      if (entry.timeUs !== null) {
        firstUs ??= entry.timeUs;
        if (entry.timeUs > (lastUs ?? 0)) lastUs = entry.timeUs;
      }
      if (entry.wallUs !== null) {
        firstWallUs ??= entry.wallUs;
        lastWallUs = entry.wallUs;
      }
      if (marker !== null) readMark(marker, entry);
      entries++;
      if (isPid1(entry)) readUnits(entry);
      else reader.read(entry);
    },
    close(isFollowed: boolean, look: Recent): BootFacts {
      reader.end();
      for (const {unit, run} of silent) run.said = lookUpSaid(unit, run, look(), evidenceOf);
      const monotonic = firstUs === null || lastUs === null ? null : lastUs - firstUs;
      const wall = firstWallUs === null || lastWallUs === null ? null : lastWallUs - firstWallUs;
      return {
        index,
        id,
        kernel,
        commandLine: marks.get('command-line') ?? null,
        firstLine,
        lastLine,
        durationUs: monotonic ?? wall,
        phases,
        isWhole,
        sawInit: marks.has('init-run') || marks.has('manager-start'),
        kernelUp: marks.has('kernel-up') || marks.has('init-run') || marks.has('manager-start'),
        panic: marks.get('panic') ?? null,
        frozen: marks.get('frozen') ?? null,
        emergency: marks.get('emergency') ?? null,
        finished: marks.get('multi-user') ?? marks.get('login') ?? (marks.has('emergency') ? null : (marks.get('finished') ?? null)),
        shutdown: marks.get('shutdown') ?? marks.get('shutdown-done') ?? null,
        isFollowed,
        lastReached,
        lastLines: [],
        units: units.all(),
        reports,
        waiting: [...waiting.values()],
      };
    },
  };
}
