import type {BootFacts} from '../model/boot.js';
import type {Entry, Recent} from '../model/entry.js';
import type {Evidence} from '../model/report.js';
import {longestExcerpt, lookAfterEnd, lookBeforeEnd, lookForFirst} from './end.js';
import {lookAtLoaderEnd, lookForLoop} from './loader-end.js';

/** The lines that are shown where no rule knows what led to the end of a boot. */
export interface Suspects {
  /** A shell was opened, or PID 1 froze, at this line. */
  beforeShell(line: number, firstLine: number): void;
  /** Init exited by itself: what it said, and not the kernel. */
  beforeInitExit(line: number, firstLine: number): void;
  /** No kernel was started. */
  atStop(lastLine: number, firstLine: number): void;
  /** After a shell before which nothing looks abnormal, some initrds give the reason. */
  afterShell(shell: number, lastLine: number): void;
  /** Of an excerpt from this line on, in case nobody knows anything better about it. */
  inExcerpt(from: number, firstLine: number, lastLine: number): void;
  facts(): Pick<BootFacts, 'suspects' | 'stopsAtSuspects'>;
}

/** How far before a shell its reason is looked for when nothing is known. */
const linesBeforeShell = 40;
/** The same for the end of a capture in which no kernel was started: what is at fault is what stands last. */
const linesBeforeStop = 12;

export function createSuspects(
  recent: Recent,
  isNoise: (entry: Entry) => boolean,
  evidenceOf: (entry: Entry) => Evidence,
): Suspects {
  let suspects: readonly Evidence[] = [];
  let stopsAtSuspects = false;
  const from = (line: number, lines: number, firstLine: number): number => Math.max(firstLine, line - lines) - 1;
  return {
    beforeShell(line, firstLine) {
      suspects = lookBeforeEnd(recent, from(line, linesBeforeShell, firstLine), isNoise, evidenceOf);
    },
    beforeInitExit(line, firstLine) {
      const isOut = (entry: Entry): boolean => entry.kernel || isNoise(entry);
      suspects = lookBeforeEnd(recent, from(line, linesBeforeStop, firstLine), isOut, evidenceOf);
    },
    atStop(lastLine, firstLine) {
      const end = lookAtLoaderEnd(recent, from(lastLine, linesBeforeStop, firstLine), isNoise, evidenceOf);
      const loop = lookForLoop(recent, firstLine - 1, evidenceOf);
      suspects = loop.length > 0 ? loop : end.suspects;
      stopsAtSuspects = loop.length > 0 || end.isStop;
    },
    afterShell(shell, lastLine) {
      if (suspects.length > 0 || lastLine - shell >= longestExcerpt) return;
      suspects = lookAfterEnd(recent, shell, isNoise, evidenceOf);
    },
    inExcerpt(line, firstLine, lastLine) {
      if (lastLine - firstLine < longestExcerpt) suspects = lookForFirst(recent, line - 1, isNoise, evidenceOf);
    },
    facts: () => ({suspects, stopsAtSuspects}),
  };
}
