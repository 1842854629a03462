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
  /** One column at the end of the line, whatever its length. */
  readonly edge?: Span;
}

export function line(...spans: readonly (Span | string)[]): Line {
  return {spans: spans.map(span => (typeof span === 'string' ? {text: span} : span))};
}

export const blank: Line = {spans: []};

export function span(tone: Tone, text: string): Span {
  return {text, tone};
}

/** A column at the right end that says where the visible part of something longer is; nothing where all is visible. */
export function withScrollbar(lines: readonly Line[], top: number, height: number, count: number): readonly Line[] {
  if (count <= height) return lines;
  const thumb = Math.max(1, Math.floor((height * height) / count));
  const from = Math.round((top / (count - height)) * (height - thumb));
  return Array.from({length: height}, (_each, row): Line => {
    const edge = row >= from && row < from + thumb ? thumbSpan : trackSpan;
    return {...(lines[row] ?? blank), edge};
  });
}

const thumbSpan = span('plain', '┃');
const trackSpan = span('dim', '│');
