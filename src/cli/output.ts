import {createPaint, type Paint} from '../report/words.js';
import {outputWidth, wantsColor} from './terminal.js';

/** How a command's output is to look. */
export interface Look {
  readonly paint: Paint;
  /** Columns that text may fill, 100 at most: longer lines are hard to read. */
  readonly columns: number;
}

export function look(color?: boolean): Look {
  return {paint: createPaint(wantsColor(color)), columns: Math.max(40, Math.min(outputWidth(), 100))};
}
