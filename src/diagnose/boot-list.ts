import type {BootFacts} from '../model/boot.js';
import type {Finding} from '../model/finding.js';
import type {Boot} from '../model/report.js';
import {diagnose} from './diagnose.js';
import {inSource, type LinesInSource} from './in-source.js';
import {joinTold, type Told} from './join.js';
import {groupBoots} from './same-boot.js';

/** A boot as it was read from a file. */
export interface ReadBoot {
  readonly facts: BootFacts;
  readonly findings: readonly Finding[];
  /** Null where entries are numbered by lines. */
  readonly lines: LinesInSource | null;
  /** Which of several files; null where there is but one. */
  readonly source: number | null;
}

/** The boots of a log, diagnosed. */
export interface BootList {
  add(read: ReadBoot): void;
  end(): readonly Boot[];
  /** With a boot that goes on still. */
  soFar(open: ReadBoot | null): readonly Boot[];
}

type OfSeveral = ReadBoot & {readonly source: number};

/**
 * Of one file each boot is diagnosed as soon as it was read, so that no more than its diagnosis is kept. Of several files what
 * a boot's log means is known only with the others: they may show the same boot.
 */
export function createBootList(onBoot?: (boot: Boot) => void): BootList {
  const boots: Boot[] = [];
  const several: OfSeveral[] = [];
  return {
    add(read) {
      if (read.source !== null) several.push({...read, source: read.source});
      else if (addBoot(boots, read.facts.savesDump, told(read).boot)) onBoot?.(boots.at(-1) as Boot);
    },
    end() {
      const joined = joinedBoots(several);
      for (const boot of joined) onBoot?.(boot);
      return numbered([...boots, ...joined]);
    },
    soFar(open) {
      if (open === null) return numbered([...boots, ...joinedBoots(several)]);
      if (open.source !== null) return numbered(joinedBoots([...several, {...open, source: open.source}]));
      const shown = [...boots];
      addBoot(shown, open.facts.savesDump, told(open).boot);
      return numbered(shown);
    },
  };
}

/** The kernel that saves a crashed one's memory belongs to the same incident: then false. */
function addBoot(to: Boot[], savesDump: boolean, boot: Boot): boolean {
  const last = to.at(-1);
  if (savesDump && last !== undefined) to[to.length - 1] = {...last, lastLine: boot.lastLine};
  else to.push({...boot, index: to.length});
  return !savesDump || last === undefined;
}

function numbered(boots: readonly Boot[]): Boot[] {
  return boots.map((boot, index) => (boot.index === index ? boot : {...boot, index}));
}

function told({facts, findings, lines, source}: ReadBoot): Told {
  return {facts, source: source ?? 0, boot: inSource(diagnose(facts, findings, 0), lines)};
}

function joinedBoots(several: readonly OfSeveral[]): Boot[] {
  const boots: Boot[] = [];
  const groups = groupBoots(several);
  groups.forEach((group, at) => {
    // A boot is followed by another, not by what another file shows of it.
    const isFollowed = at < groups.length - 1;
    const all = group.map(read => told({...read, facts: {...read.facts, isFollowed}}));
    addBoot(
      boots,
      group.every(({facts}) => facts.savesDump),
      joinTold(all),
    );
  });
  return boots;
}
