/** What a span of text means; the theme says how that looks. */
export type Tone = 'plain' | 'dim' | 'strong' | 'good' | 'bad' | 'warn' | 'note' | 'code' | 'hit';

export interface Span {
  readonly text: string;
  readonly tone?: Tone;
}

/** One line of the screen. */
export interface Line {
  readonly spans: readonly Span[];
  /** The cursor is on it. */
  readonly isSelected?: boolean;
}

export function line(...spans: readonly (Span | string)[]): Line {
  return {spans: spans.map(span => (typeof span === 'string' ? {text: span} : span))};
}

export const blank: Line = {spans: []};

export function span(tone: Tone, text: string): Span {
  return {text, tone};
}
