import type {Entry, Recent} from '../model/entry.js';
import type {Marker} from './markers.js';

/** Tells a machine that begins again before it came to a kernel from the stages of one start. */
export interface MachineStarts {
  read(marker: Marker | null, entry: Entry): void;
  isAgain(marker: Marker, entry: Entry): boolean;
}

/** Enough to tell stages and builds apart; the maker's own line goes on with what each start finds. */
const bannerLength = 60;
/** Somebody asked U-Boot for its version. */
const asked = /\bversion\s*$/;
const linesOfQuestion = 3;
/** K3: the processors' loaders are built from one tree, and reproducible builds of them have one banner. */
const otherProcessor = 'Starting ATF on ARM64 core';
const proper = /^U-Boot (?:20|1\.)/;

export function createMachineStarts(recent: Recent): MachineStarts {
  let first: string | null = null;
  let firstLine = 0;
  let isProper = false;

  function has(after: number, matters: (raw: string) => boolean): boolean {
    let found = false;
    recent(
      after,
      () => {
        found = true;
        return false;
      },
      matters,
    );
    return found;
  }

  return {
    read(marker, entry) {
      if (marker?.isStart === undefined) return;
      isProper ||= proper.test(entry.message);
      if (first !== null) return;
      first = bannerOf(entry);
      firstLine = entry.line;
    },
    isAgain(marker, entry) {
      if (marker.isStart === undefined || bannerOf(entry) !== first || entry.line - firstLine < 2) return false;
      if (has(entry.line - linesOfQuestion - 1, raw => asked.test(raw))) return false;
      return isProper || !has(firstLine - 1, raw => raw.includes(otherProcessor));
    },
  };
}

function bannerOf({message}: Entry): string {
  return message.trimEnd().slice(0, bannerLength);
}
