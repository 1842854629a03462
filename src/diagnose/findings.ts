import {concerns, type Finding} from '../model/finding.js';
import type {KernelReport} from '../model/kernel-report.js';
import type {Evidence, PhaseName} from '../model/report.js';
import type {Captures, Rule} from '../model/rule.js';
import type {Unit} from '../model/unit.js';

/** Where a match stands. */
export interface Place {
  readonly phase: PhaseName | 'unknown';
  /** The unit that it is about, or whose process wrote it. */
  readonly unit: string | null;
  /** Identifier of the process that wrote it; null for the kernel and the unknown. */
  readonly writer: string | null;
  readonly evidence: readonly Evidence[];
  readonly timeUs: number | null;
  readonly atUs: number | null;
}

/** The findings of one boot, repeated matches counted. */
export interface FindingStore {
  add(rule: Rule, captures: Captures, place: Place, report?: KernelReport): void;
  all(): Finding[];
  /** A cause that needs no further condition is known for the unit's failure. */
  explains(unit: Unit): boolean;
}

const maxEvidence = 8;
const maxWriters = 50;
const maxLines = 500;
/** Findings of one rule with different keys, before the rest is counted under the last. */
const maxKeys = 100;

/** A rule's findings by key, and by the key as it was captured, which spares normalizing it again. */
interface Keyed {
  readonly findings: Map<string, Finding>;
  readonly asCaptured: Map<string, Finding>;
}

/** Past the limit everything else is counted under the last finding. */
function fullOf({findings}: Keyed): Finding | undefined {
  return findings.size >= maxKeys ? [...findings.values()].at(-1) : undefined;
}

export function createFindingStore(): FindingStore {
  const byRule = new Map<string, Keyed>();
  return {
    add(rule, captures, place, report) {
      let keyed = byRule.get(rule.id);
      if (keyed === undefined) {
        keyed = {findings: new Map(), asCaptured: new Map()};
        byRule.set(rule.id, keyed);
      }
      const captured = rule.key.length === 0 ? '' : rule.key.map(name => captures[name] ?? '').join(' ');
      let known = keyed.asCaptured.get(captured);
      if (known !== undefined) return repeat(known, place, captures);
      const key = normalize(captured);
      known = keyed.findings.get(key);
      if (known !== undefined) return repeat(known, place, captures);
      known = fullOf(keyed);
      if (known !== undefined) return repeat(known, place, {});
      const finding = begin(rule, key, captures, place, report ?? null);
      keyed.findings.set(finding.key, finding);
      keyed.asCaptured.set(captured, finding);
    },
    explains(unit) {
      for (const {findings} of byRule.values()) {
        for (const finding of findings.values()) {
          const {role, when, severity} = finding.rule;
          if (role === 'cause' && when === null && severity !== 'info' && concerns(finding, unit)) return true;
        }
      }
      return false;
    },
    all: () =>
      [...byRule.values()].flatMap(({findings}) => [...findings.values()]).sort((a, b) => a.firstLine - b.firstLine),
  };
}

function begin(rule: Rule, key: string, captures: Captures, place: Place, report: KernelReport | null): Finding {
  const first = place.evidence[0] as Evidence;
  return {
    rule,
    key,
    captures,
    count: 1,
    firstLine: first.line,
    lastLine: first.line,
    timeUs: place.timeUs,
    atUs: place.atUs,
    phase: place.phase,
    evidence: [...place.evidence],
    lines: new Set(place.evidence.map(({line}) => line)),
    units: new Map(place.unit === null ? [] : [[place.unit, first.line]]),
    writers: new Set(place.writer === null ? [] : [place.writer]),
    report,
  };
}

/** A console prints the journal's line and its own: the second of two equal messages adds nothing. */
function repeat(finding: Finding, place: Place, captures: Captures): void {
  // Only with a key do two matches speak of the same thing.
  if (finding.key !== '') complete(finding, captures);
  const evidence = place.evidence[0] as Evidence;
  finding.count++;
  finding.lastLine = evidence.line;
  if (finding.lines.size < maxLines) finding.lines.add(evidence.line);
  if (place.unit !== null && !finding.units.has(place.unit)) finding.units.set(place.unit, evidence.line);
  if (place.writer !== null && finding.writers.size < maxWriters) finding.writers.add(place.writer);
  if (finding.evidence.length < maxEvidence && finding.evidence.every(known => known.line !== evidence.line)) {
    finding.evidence.push(...place.evidence.slice(0, 1));
  }
}

/** One variant names the path, another one, lines later, the error. */
function complete(finding: Finding, captures: Captures): void {
  for (const name in captures) {
    if (finding.captures[name] === undefined) finding.captures = {...captures, ...finding.captures};
  }
}

/** What differs from machine to machine in a captured value: ids, device names, numbers. */
export function normalize(value: string): string {
  // Words alone are alike everywhere, but for device names, and ids that happen to have no digit.
  if (!/\d|[shv]d[a-z]|[a-f]{4}/i.test(value)) return value;
  return value
    .replace(
      /[0-9a-f]{8}(?:-|\\x2d)[0-9a-f]{4}(?:-|\\x2d)[0-9a-f]{4}(?:-|\\x2d)[0-9a-f]{4}(?:-|\\x2d)[0-9a-f]{12}/gi,
      'UUID',
    )
    .replace(/\b[0-9A-F]{4}(?:-|\\x2d)[0-9A-F]{4}\b/g, 'UUID')
    .replace(/\b[0-9a-f]{16,64}\b/gi, 'HASH')
    .replace(/\b(?:[shv]d[a-z]+|xvd[a-z]+|nvme\d+n\d+|mmcblk\d+|dm-\d+|md\d+|loop\d+|sr\d+)(?:p?\d+)?\b/g, 'DEVICE')
    .replace(/\b0x[0-9a-f]+\b/gi, 'N')
    .replace(/(?<![\w.@-])\d+(?![\w.@-])/g, 'N');
}
