/** A shorter rest of something tells nothing. */
const shortest = 4;
const longest = 200;

/**
 * Hides what an ellipsis left of something that was found whole elsewhere: the beginning before it, as in a long quote that
 * was cut, and the end after it, as in the names on a console. `nameOf`: what stands in the place of it.
 */
export function hideCut(text: string, whole: Iterable<string>, nameOf: (found: string) => string): string {
  if (!text.includes('…')) return text;
  const known = [...whole];
  return text.split('…').reduce((before, after) => {
    const begun = longestRest(known, found => (length: number) => before.endsWith(found.slice(0, length)));
    const ended = longestRest(known, found => (length: number) => after.startsWith(found.slice(-length)));
    const head = begun === null ? before : before.slice(0, -begun.length) + nameOf(begun.found);
    const tail = ended === null ? after : nameOf(ended.found) + after.slice(ended.length);
    return `${head}…${tail}`;
  });
}

interface Rest {
  readonly found: string;
  readonly length: number;
}

function longestRest(known: readonly string[], isThere: (found: string) => (length: number) => boolean): Rest | null {
  let best: Rest | null = null;
  for (const found of known) {
    const isOf = isThere(found);
    for (let length = Math.min(found.length - 1, longest); length >= shortest && length > (best?.length ?? 0); length--)
      if (isOf(length)) best = {found, length};
  }
  return best;
}
