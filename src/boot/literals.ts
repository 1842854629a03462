import {type Marker, type MarkerName, markers} from './markers.js';
import {pid1Literals} from './pid1.js';
import {reportLiterals, titles} from './report-titles.js';
import {systemctlLiterals} from './systemctl.js';
import type {Title} from './title.js';

/** What the scanner must find for the structure of a boot, whatever the rules. */
export const structuralLiterals: readonly string[] = [
  ...new Set([...pid1Literals, ...reportLiterals, ...systemctlLiterals, ...markers.map(({literal}) => literal)]),
];

const markerByLiteral: readonly (Marker | null)[] = structuralLiterals.map(
  literal => markers.find(marker => marker.literal === literal) ?? null,
);
const titlesByLiteral: readonly (readonly Title[])[] = structuralLiterals.map(literal =>
  titles.filter(({literals}) => literals.includes(literal)),
);

/** The first marker that a message is, of the structural literals (by number) that stand in it; null for most. */
export function readMarker(message: string, literals: readonly number[]): Marker | null {
  for (const literal of literals) {
    const marker = literal < structuralLiterals.length ? (markerByLiteral[literal] as Marker | null) : null;
    if (marker === null || !message.includes(marker.literal.trimStart())) continue;
    if (marker.text === undefined || marker.text.test(message)) return marker;
  }
  return null;
}

/** The kernel report that a message names, of the structural literals that stand in it; null for most. */
export function readTitle(message: string, literals: readonly number[]): Title | null {
  for (const literal of literals) {
    if (literal >= structuralLiterals.length) continue;
    for (const title of titlesByLiteral[literal] as readonly Title[]) if (title.text.test(message)) return title;
  }
  return null;
}

/** Whether a structural literal tells nothing but which boot it is, which matters only beside another log of it. */
export function tellsOnlyIdentity(literal: number): boolean {
  return markerByLiteral[literal]?.says === 'identity';
}

/** Whether a structural literal can only tell again what is noted. */
export function tellsOnlyKnown(literal: number, isNoted: (name: MarkerName) => boolean): boolean {
  const marker = markerByLiteral[literal];
  return marker?.settledBy !== undefined && isNoted(marker.settledBy);
}
