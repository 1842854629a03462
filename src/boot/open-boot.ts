import type {BootFacts, Mark} from '../model/boot.js';
import type {Entry, Recent} from '../model/entry.js';
import type {KernelReport} from '../model/kernel-report.js';
import type {Evidence, PhaseName} from '../model/report.js';
import type {Unit} from '../model/unit.js';
import {beginsAnother} from './border.js';
import {createClock} from './clock.js';
import {type End, initGaveUp, linesAtEnd, lookAtEnd} from './end.js';
import {signOf} from './identity.js';
import {createReportReader} from './kernel-report.js';
import {readLaterStarts} from './later-starts.js';
import {tellsOnlyKnown} from './literals.js';
import {isShortened} from './loader-end.js';
import {createMachineStarts} from './machine-starts.js';
import {type Marker, type MarkerName, multiUser, shutdownTarget, tellsOfProgress} from './markers.js';
import {createPhases} from './phases.js';
import {noteUserUnit, type UnitEvent} from './pid1.js';
import {createReasons} from './reasons.js';
import {createSuspects} from './suspects.js';
import {readSystemctl} from './systemctl.js';
import type {Title} from './title.js';
import {createUnitTable, type UnitTable} from './units.js';
import {doubtUsersUnits} from './users-units.js';
import {createVoices} from './voices.js';

export interface BootHandlers {
  readonly evidenceOf: (entry: Entry) => Evidence;
  readonly recent: Recent;
  /** A rule knows already why this unit failed. */
  isExplained(unit: Unit): boolean;
  /** The message is known to be harmless. */
  isNoise(entry: Entry): boolean;
  /** A boot is complete. */
  finished(boot: BootFacts): void;
  /** A kernel report is complete. */
  reported(report: KernelReport): void;
}

/** `exited` is followed by `result`, which is followed by `failed`. */
const failing: ReadonlySet<UnitEvent['kind']> = new Set(['failed', 'timed-out', 'result']);
/** What PID 1 says in an initrd; asked where an excerpt leaves out the kernel's part. */
const ofInitrd = /\b(?:sysroot|initrd|dracut)\b|[Ss]witch.[Rr]oot/;

/**
 * What is known of the boot that is being read. What is made anew for each boot has no getters: V8 gives every object that has
 * some a shape of its own, which keeps finished boots in memory for long, and is slow. `restarts`: how often the machine began
 * before without a kernel.
 */
export function openBoot({evidenceOf, reported, recent, isExplained, isNoise}: BootHandlers, restarts = 0) {
  const units: UnitTable = createUnitTable(evidenceOf);
  const marks = new Map<MarkerName, Mark>();
  const signs = new Map<string, string>();
  const phases = createPhases();
  const clock = createClock();
  const starts = createMachineStarts(recent);
  const reports: KernelReport[] = [];
  const suspects = createSuspects(recent, isNoise, evidenceOf);
  /** What systemctl said already. */
  const asked = new Set<string>();
  const voices = createVoices();
  const reasons = createReasons({recent, evidenceOf, voices, isNoise, isOfAnother: units.isOfAnother}, isExplained);
  /** Units that the manager of a user spoke of. */
  const userUnits = new Set<string>();
  let id: string | null = null;
  let kernel: string | null = null;
  let banner: string | null = null;
  let firstLine = 0;
  let entries = 0;
  let isWhole = false;
  let lastReached: string | null = null;
  let progressLine: number | null = null;
  const reader = createReportReader(evidenceOf, report => {
    if (reports.length < 64) reports.push(report);
    reported(report);
  });

  const isNoted = (name: MarkerName): boolean => marks.has(name);
  const mark = (entry: Entry): Mark => ({
    evidence: evidenceOf(entry),
    timeUs: entry.timeUs,
    atUs: clock.last(),
    phase: phases.now(),
  });
  const note = (name: MarkerName, entry: Entry): void => {
    if (!marks.has(name)) marks.set(name, mark(entry));
  };

  function readMark(marker: Marker, entry: Entry): void {
    const {says} = marker;
    const sign = signOf(marker, entry);
    if (sign !== null && !signs.has(sign.kind)) signs.set(sign.kind, sign.value);
    if (says === 'identity') return;
    if (says === 'kernel-banner') {
      if (banner === null && entry.timeUs !== null) clock.beginAt(entry.timeUs);
      banner ??= entry.message;
      kernel ??= /^Linux version (\S+)/.exec(entry.message)?.[1] ?? null;
    }
    if (says === 'separator') id ??= /[0-9a-f]{32}/.exec(entry.message)?.[0] ?? null;
    if (says === 'target') return readTarget(entry);
    if (marker.phase !== undefined && !(marker.phase === 'bootloader' && phases.now() === 'userspace'))
      phases.enter(marker.phase, entry);
    if (tellsOfProgress(marker)) progressLine = entry.line;
    if (says === 'manager-start') phases.enter('userspace', entry);
    if (says === 'login') phases.enter('userspace', entry);
    if (entries < 3 && ['firmware', 'bootloader', 'kernel-handed-over', 'kernel-banner'].includes(says)) isWhole = true;
    if (says === 'emergency' && (marks.has('multi-user') || marks.has('login'))) return;
    if ((says === 'emergency' || says === 'frozen') && !marks.has(says)) suspects.beforeShell(entry.line, firstLine);
    if (says === 'panic' && initGaveUp.test(entry.message) && !marks.has(says))
      suspects.beforeInitExit(entry.line, firstLine);
    note(says, entry);
  }

  /** Asked only where it matters that nothing follows. */
  function isQuoted(): boolean {
    return banner === null && marks.has('kernel-handed-over') && isShortened(recent, firstLine - 1);
  }

  function awaitsKernel(): boolean {
    return isBeforeKernel(phases.now()) && banner === null;
  }

  function readTarget(entry: Entry): void {
    const reached = entry.message.replace(/^Reached target /, '').replace(/\.$/, '');
    if (shutdownTarget.test(reached)) {
      phases.enter('shutdown', entry);
      return note('shutdown', entry);
    }
    if (/\bemergency\.target\b|Emergency Mode|\brescue\.target\b|Rescue (?:Mode|Shell)/.test(reached))
      return note('emergency', entry);
    lastReached = reached;
    if (/^initrd|Initrd/.test(reached)) phases.enter('initrd', entry);
    else if (multiUser.test(reached)) {
      phases.enter('userspace', entry);
      note('multi-user', entry);
    }
  }

  /** What fails while the machine goes down says nothing of the boot. */
  function readUnits(entry: Entry): void {
    if (phases.now() === 'shutdown') return;
    const event = units.read(entry, clock.at(entry));
    if (event === null) return;
    note('init-run', entry);
    if (isBeforeKernel(phases.now())) phases.enter(ofInitrd.test(entry.message) ? 'initrd' : 'userspace', entry);
    const lookUp = entry.status === null ? reasons.lookUp : reasons.lookUpLater;
    if (failing.has(event.kind)) lookUp(units.lastFailed(), firstLine - 1);
  }

  /** The end of a boot that did not finish: its last lines, and the jobs that were begun and not done. */
  function readEnd(lastLine: number): End {
    const end = lookBackFrom(lastLine);
    if (end.newest !== null) clock.read(end.newest);
    if (end.login !== null) note('login', end.login);
    lastReached = end.lastReached ?? lastReached;
    return end;
  }

  function lookBackFrom(lastLine: number): End {
    const where = {isShown: marks.has('emergency') || marks.has('frozen'), isInInitrd: phases.now() === 'initrd'};
    return lookAtEnd(recent, Math.max(firstLine, lastLine - linesAtEnd) - 1, where, evidenceOf);
  }

  function lookThroughExcerpt(lastLine: number): void {
    const shell = marks.get('emergency');
    if (marks.has('frozen')) return;
    if (shell !== undefined) return suspects.afterShell(shell.evidence.line, lastLine);
    // What was odd before init was at work did not keep it from that; an excerpt may begin while it is.
    const isFromBefore = banner !== null || (phases.list[0]?.name ?? 'userspace') !== 'userspace';
    const from = isFromBefore ? (marks.get('init-run') ?? marks.get('manager-start')) : undefined;
    if (!isWhole) suspects.inExcerpt(from?.evidence.line ?? firstLine, firstLine, lastLine);
  }

  function finishedBy(): Mark | null {
    const up = marks.get('multi-user') ?? marks.get('login') ?? null;
    return up ?? (marks.has('emergency') ? null : (marks.get('finished') ?? null));
  }

  function isUnfinished(): boolean {
    return finishedBy() === null && !marks.has('panic');
  }

  function facts(lastLine: number, end: End | null, unitsSoFar: readonly Unit[], isFollowed: boolean): BootFacts {
    return {
      id,
      kernel,
      signs,
      savesDump: /\belfcorehdr=/.test(marks.get('command-line')?.evidence.text ?? ''),
      commandLine: marks.get('command-line') ?? null,
      firstLine,
      lastLine,
      durationUs: clock.duration(),
      phases: phases.list,
      isWhole,
      sawInit: marks.has('init-run') || marks.has('manager-start'),
      kernelUp: marks.has('kernel-up') || marks.has('init-run') || marks.has('manager-start'),
      panic: marks.get('panic') ?? null,
      frozen: marks.get('frozen') ?? null,
      emergency: marks.get('emergency') ?? null,
      finished: finishedBy(),
      shutdown: marks.get('shutdown') ?? marks.get('shutdown-done') ?? null,
      isFollowed,
      lastReached: end?.lastReached ?? lastReached,
      lastLines: end?.last ?? [],
      begun: end?.begun ?? [],
      units: unitsSoFar,
      reports,
      waiting: end?.waiting ?? [],
      stopsBeforeKernel: awaitsKernel(),
      isNameless: voices.areNameless(),
      ...suspects.facts(),
      progressLine,
      restarts,
      isShortened: isQuoted(),
      userUnits,
    };
  }

  return {
    units,
    phase: phases.now,
    now: () => clock.last(),
    isEmpty: () => entries === 0,
    wantsEveryLine: () => reader.isOpen() || entries === 0,
    isSettled: (literal: number): boolean => tellsOnlyKnown(literal, isNoted),
    /** Whether an entry cannot belong to this boot any more. */
    isOver(entry: Entry, marker: Marker | null): boolean {
      if (entry.bootId !== null && id !== null) return entry.bootId !== id;
      if (marker === null || entries === 0) return false;
      return beginsAnother(marker, entry, {has: isNoted, banner, isAwaited: awaitsKernel(), clock, starts});
    },
    accept(entry: Entry, marker: Marker | null, title: Title | null): void {
      if (entries === 0) firstLine = entry.line;
      id ??= entry.bootId;
      clock.read(entry);
      voices.hear(entry);
      if (marker !== null) readMark(marker, entry);
      starts.read(marker, entry);
      reasons.lookAgain(entry.line);
      entries++;
      noteUserUnit(entry, userUnits);
      const told = readSystemctl(entry, recent, asked);
      if (voices.isPid1(entry)) readUnits(entry);
      else if (told !== null) {
        readUnits(told);
        reasons.lookUpTold(units.lastFailed(), firstLine - 1);
      } else if (title !== null || reader.isOpen()) reader.read(entry, title);
    },
    close(isFollowed: boolean, lastLine: number): BootFacts {
      reader.end();
      const end = isUnfinished() ? readEnd(lastLine) : null;
      if (awaitsKernel()) suspects.atStop(lastLine, firstLine);
      else if (end !== null) lookThroughExcerpt(lastLine);
      reasons.lookUpCutOff(units.lastFailed(), firstLine - 1, lastLine);
      reasons.lookAgain(Number.POSITIVE_INFINITY);
      readLaterStarts(units, recent, voices);
      const all = units.all(clock.last(), lastLine);
      if (voices.areNameless()) doubtUsersUnits(all, recent, firstLine - 1);
      return facts(lastLine, end, all, isFollowed);
    },
    /** What would be known if the log ended here, but for what only its end tells. Changes nothing. */
    soFar(lastLine: number): BootFacts {
      const end = isUnfinished() ? lookBackFrom(lastLine) : null;
      // What is waited for may still come.
      return {...facts(lastLine, end, units.soFar(clock.last(), lastLine), false), waiting: [], begun: []};
    },
  };
}

function isBeforeKernel(phase: PhaseName | 'unknown'): boolean {
  return phase === 'firmware' || phase === 'bootloader';
}
