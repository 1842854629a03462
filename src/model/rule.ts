import type {Confidence, Fix, Outcome, PhaseName, Reference, Severity} from './report.js';

/** `cause`, or: `symptom`, true but pointing away; `noise`, harmless; `fact`, known only for other rules' conditions. */
export type Role = 'cause' | 'symptom' | 'noise' | 'fact';

/** A rule as it is compiled at build time: every default filled in. docs/writing-rules.md says what each part means. */
export interface Rule {
  /** The file's path below the rules folder, without extension. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly role: Role;
  readonly confidence: Confidence;
  readonly match: readonly Variant[];
  readonly key: readonly string[];
  readonly when: Condition | null;
  readonly explains: readonly string[];
  /** Units of whose failure this is a symptom, as globs. */
  readonly symptomOf?: readonly string[];
  /** What it says. Of the built-in rules that is more than all else together, and is read when a rule has something to say. */
  readonly words: () => RuleWords;
}

export interface RuleWords {
  readonly explain: string;
  readonly because: readonly Because[];
  readonly fix: readonly Fix[];
  readonly references: readonly Reference[];
}

export interface Variant {
  /** Source of a regular expression; null for a variant that takes any kernel report of its kinds. */
  readonly text: string | null;
  /** Every matching message has one of them; empty for variants on kernel reports. */
  readonly literals: readonly string[];
  /** For each literal, where in it the window begins that the scanner looks for; absent where it was not measured. */
  readonly windows?: readonly number[];
  readonly identifier: readonly string[] | null;
  /** Kinds of kernel report. */
  readonly block: readonly string[] | null;
}

export interface Condition {
  readonly phase?: readonly PhaseName[] | undefined;
  readonly unit?: readonly string[] | undefined;
  /** Regular expressions by the name of a capture. */
  readonly captures?: Readonly<Record<string, string>> | undefined;
  readonly commandLine?: {readonly has?: string | undefined; readonly lacks?: string | undefined} | undefined;
  readonly seen?: readonly string[] | undefined;
  readonly before?: readonly string[] | undefined;
  readonly absent?: readonly string[] | undefined;
  readonly outcome?: readonly Outcome[] | undefined;
}

export interface Because {
  readonly when: Condition | null;
  readonly say: string;
  readonly fix: readonly Fix[];
}

/** What a rule's regular expression captured, by group name. */
export type Captures = Readonly<Record<string, string>>;

/** `unit/*` matches every id of the area; a glob with `*` anywhere matches unit names. */
export function matchesGlob(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  if (star === pattern.length - 1) return text.startsWith(pattern.slice(0, -1));
  const parts = pattern.split('*');
  const [first, last] = [parts[0] as string, parts[parts.length - 1] as string];
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** Fills `{capture}` and `{capture|default}`; what is not known becomes the default, or the capture's name in capitals. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(
    /\{(\w+)(?:\|([^{}]*))?\}/g,
    (_whole, name: string, other?: string) => values[name] ?? other ?? name.toUpperCase(),
  );
}

/** Whether a rule's message only shows that this unit failed. */
export function isSymptomOf({symptomOf}: Rule, unit: string): boolean {
  return symptomOf?.some(glob => matchesGlob(glob, unit)) ?? false;
}
