import type {Entry, Visit} from '../model/entry.js';

/** The last entries of forms whose lines cannot be read again one by one, so that one can look back. */
export interface KeptEntries {
  keep(entry: Entry): void;
  /** Shows entries of the lines after `after`, newest first; false when `visit` has seen enough. */
  show(after: number, visit: Visit<Entry>, matters?: (raw: string) => boolean): boolean;
  /** Shows them in pieces: those after a line, then those before that are after another line. */
  from(visit: Visit<Entry>, matters?: (raw: string) => boolean): (after: number) => boolean;
}

const most = 4096;

/** An error by its priority, whatever its words; 3 is `err`. Source: systemd.journal-fields(7). */
export function isGrave({priority}: Entry): boolean {
  return priority !== null && priority <= 3;
}

export function createKeptEntries(): KeptEntries {
  const kept: Entry[] = [];
  let count = 0;
  const from: KeptEntries['from'] = (visit, matters) => {
    let at = count - 1;
    return after => {
      for (; at >= 0 && at >= count - most; at--) {
        const entry = kept[at % most] as Entry;
        if (entry.line <= after) return true;
        if ((isGrave(entry) || matters?.(entry.text) !== false) && !visit(entry)) return false;
      }
      return true;
    };
  };
  return {
    keep(entry) {
      kept[count++ % most] = entry;
    },
    from,
    show: (after, visit, matters) => from(visit, matters)(after),
  };
}
