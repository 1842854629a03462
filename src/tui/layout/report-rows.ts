import {rowsOfBoot} from '../../recording/excerpts.js';
import type {LogText} from '../../recording/log-text.js';
import {bootOf, causesOf, type State} from '../state/state.js';
import type {Tone} from './line.js';

/** What a finding says about a row. */
export interface RowMark {
  readonly mark: string;
  readonly tone: Tone;
  readonly words: string;
}

/** Rows that the report speaks of, by what it says of them. The first to claim a row has it. */
export function marksOf(state: State, text: LogText): Map<number, RowMark> {
  const marks = new Map<number, RowMark>();
  const add = (row: number, mark: RowMark): void => {
    if (!marks.has(row)) marks.set(row, mark);
  };
  for (const boot of state.report?.boots ?? []) {
    for (const {cause, isNotice} of causesOf(boot)) {
      const tone: Tone = isNotice ? 'note' : cause.severity === 'fatal' || cause.severity === 'error' ? 'bad' : 'warn';
      const label = isNotice ? 'worth knowing' : 'cause';
      for (const evidence of cause.evidence)
        add(text.rowOf(evidence), {mark: isNotice ? '·' : '✖', tone, words: `${label}: ${cause.title}`});
      for (const effect of cause.effects) {
        for (const evidence of effect.evidence)
          add(text.rowOf(evidence), {mark: '↳', tone: 'warn', words: `follows from the cause: ${effect.title}`});
      }
    }
    for (const unit of boot.units)
      if (unit.firstError !== null)
        add(text.rowOf(unit.firstError), {mark: '↳', tone: 'warn', words: `first error of ${unit.name}`});
  }
  return marks;
}

/** The first and the last row of the boot that is shown. */
export function bootRows(state: State, text: LogText): {readonly first: number; readonly last: number} {
  const boot = bootOf(state);
  const rows = boot === null || state.report === null ? null : rowsOfBoot(state.report, boot, text);
  return rows ?? {first: 0, last: text.rows - 1};
}
