import {closestMatch} from 'leven';

/** What somebody may have meant; undefined when nothing is near. A third of the letters may be wrong. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const near = closestMatch(
    lower,
    candidates.map(candidate => candidate.toLowerCase()),
    {maxDistance: Math.max(1, Math.floor(word.length / 3))},
  );
  return candidates.find(candidate => candidate.toLowerCase() === near);
}

/** `; did you mean X?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = closest(word, candidates);
  return near === undefined ? '' : `; did you mean ${near}?`;
}
