/** What a reader has to say about a file. Damage can be everywhere in it: the first places are named, the rest is counted. */
export interface Notices {
  add(text: string): void;
  /** Says once of each offset that what stands there is damaged. */
  damaged(offset: number): void;
  readonly any: boolean;
  list(): string[];
}

const mostNamed = 8;
/** Offsets remembered, so that an object that many entries refer to is one damage. */
const mostRemembered = 1 << 16;

export function createNotices(): Notices {
  const texts = new Set<string>();
  const offsets = new Set<number>();
  return {
    add: text => void texts.add(text),
    damaged(offset) {
      if (offsets.size < mostRemembered) offsets.add(offset);
    },
    get any() {
      return texts.size > 0 || offsets.size > 0;
    },
    list() {
      const named = [...offsets].slice(0, mostNamed).map(offset => `object at offset ${offset} is damaged`);
      const more = offsets.size - named.length;
      const rest = offsets.size < mostRemembered ? String(more) : `at least ${more}`;
      return [...texts, ...named, ...(more > 0 ? [`${rest} more objects are damaged`] : [])];
    },
  };
}
