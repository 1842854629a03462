import {type Marker, type MarkerName, markers} from './markers.js';
import {pid1Literals} from './pid1.js';
import {reportLiterals} from './report-titles.js';

/** What the scanner must find for the structure of a boot, whatever the rules. */
export const structuralLiterals: readonly string[] = [
  ...new Set([...pid1Literals, ...reportLiterals, ...markers.map(({literal}) => literal)]),
];

const markerByLiteral: readonly (Marker | null)[] = structuralLiterals.map(
  literal => markers.find(marker => marker.literal === literal) ?? null,
);
const namesReport: readonly boolean[] = structuralLiterals.map(literal => reportLiterals.includes(literal));

/** The first marker that a message is, of the structural literals (by number) that stand in it; null for most. */
export function readMarker(message: string, literals: readonly number[]): Marker | null {
  for (const literal of literals) {
    const marker = markerByLiteral[literal];
    if (
      marker != null &&
      message.includes(marker.literal.trimStart()) &&
      (marker.text === undefined || marker.text.test(message))
    )
      return marker;
  }
  return null;
}

/** Whether one of the literals can name a kernel report. */
export function mayNameReport(literals: readonly number[]): boolean {
  for (const literal of literals) if (namesReport[literal] === true) return true;
  return false;
}

/** Whether a structural literal can only tell again what is noted. */
export function tellsOnlyKnown(literal: number, isNoted: (name: MarkerName) => boolean): boolean {
  const marker = markerByLiteral[literal];
  return marker?.settledBy !== undefined && isNoted(marker.settledBy);
}
