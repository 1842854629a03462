import {cut, widthOf} from '../text.js';
import {type Line, line, span} from './line.js';

/** A line across, with words on it. */
export function divider(left: string, right: string, columns: number): Line {
  const end = right === '' ? '' : ` ${cut(right, Math.floor(columns / 2))} `;
  const start = left === '' ? '' : ` ${cut(left, columns - widthOf(end) - 8)} `;
  const dashes = Math.max(0, columns - widthOf(start) - widthOf(end) - 4);
  return line(
    span('dim', '──'),
    span('strong', start),
    span('dim', '─'.repeat(dashes)),
    span('note', end),
    span('dim', '──'),
  );
}
