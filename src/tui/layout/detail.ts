import type {Evidence, Source} from '../../model/report.js';
import type {Target} from '../state/state.js';
import {cut, wrapColumns} from '../text.js';
import {blank, type Line, line, type Span, span, type Tone} from './line.js';

/** Something of a detail that the cursor can be on: lines `first` to `last`. */
export interface Item {
  readonly first: number;
  readonly last: number;
  readonly target: Target;
  /** What Enter opens and closes, by its number in the detail's state. */
  readonly fold?: number;
}

/** What is known of one thing in a list: text, and in it what can be chosen. */
export interface Detail {
  readonly lines: readonly Line[];
  readonly items: readonly Item[];
}

/** Left and right of all text, for the mark of what is chosen and the scrollbar. */
export const margin = 2;
const maxEvidenceLines = 3;
/** Lines that are longer are hard to read. */
const widestText = 100;

/** Writes a detail `columns` wide, from top to bottom. `sources`: where a log is of several files, those. */
export function createDetail(columns: number, sources: readonly Source[] = []) {
  const lines: Line[] = [];
  const items: Item[] = [];
  const indent = ' '.repeat(margin);
  const width = Math.max(16, Math.min(columns - 2 * margin, widestText));

  function item(target: Target, fold: number | null, add: () => void): void {
    const first = lines.length;
    add();
    items.push({first, last: lines.length - 1, target, ...(fold !== null && {fold})});
  }

  return {
    /** Columns for text. */
    width,
    gap(): void {
      lines.push(blank);
    },
    row(...spans: readonly (Span | string)[]): void {
      lines.push(line(indent, ...spans));
    },
    /** Words as they fit, `inset` columns farther in than other text. */
    say(tone: Tone, words: string, inset = 0): void {
      for (const part of wrapColumns(words, width - inset))
        lines.push(line(indent + ' '.repeat(inset), span(tone, part)));
    },
    item,
    /** A line of the log; the numbers of those that belong together take as many digits. */
    evidence(each: Evidence, digits: number, inset = 0): void {
      item({evidence: each, copy: each.text, what: `line ${each.line}`}, null, () => {
        const file = sources[each.source ?? 0]?.name;
        if (file !== undefined)
          lines.push(line(`${indent}${' '.repeat(inset)}`, span('dim', cut(file, width - inset))));
        const number = `${indent}${' '.repeat(inset)}${String(each.line).padStart(digits)} │ `;
        const room = width + margin - number.length;
        const parts = wrapColumns(each.text, room);
        const shown = parts.slice(0, maxEvidenceLines);
        if (parts.length > shown.length) shown.push(cut(`… ${parts.slice(maxEvidenceLines).join(' ')}`, room));
        shown.forEach((part, index) =>
          lines.push(line(span('dim', index === 0 ? number : `${' '.repeat(number.length - 2)}│ `), part)),
        );
      });
    },
    finish: (): Detail => ({lines, items}),
  };
}

export type DetailWriter = ReturnType<typeof createDetail>;

/** The visible part, with the chosen item marked. `item`: -1 where the cursor is elsewhere. */
export function detailWindow({lines, items}: Detail, item: number, top: number, height: number): readonly Line[] {
  const chosen = items[item];
  return lines.slice(top, top + height).map((each, index): Line => {
    const isSelected = chosen !== undefined && top + index >= chosen.first && top + index <= chosen.last;
    return isSelected ? {spans: each.spans, isSelected} : each;
  });
}
