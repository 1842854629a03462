import type {Size} from '../state/state.js';

/** How a screen with a list and what is known of its chosen row is divided. Widths in columns, heights in rows. */
export interface Panes {
  /** The list stands left of the detail, not above it. */
  readonly isWide: boolean;
  readonly listHeight: number;
  readonly listWidth: number;
  readonly detailHeight: number;
  readonly detailWidth: number;
  /** For the log around what the cursor is on; 0 where there is no room for it. */
  readonly peekWidth: number;
}

const narrowest = 100;
const widestList = 46;
const widestDetail = 104;
const narrowestPeek = 54;
/** Between two panes. */
export const gapWidth = 3;

/** `count`: rows of the list; a single one needs none. `head`: lines above the list that belong to it. */
export function panesOf({columns}: Size, height: number, count: number, {besides = true, head = 0} = {}): Panes {
  if (count > 1 && besides && columns >= narrowest) {
    const listWidth = Math.min(widestList, Math.floor(columns * 0.32));
    return {
      isWide: true,
      listHeight: height,
      listWidth,
      detailHeight: height,
      ...beside(columns - listWidth - gapWidth),
    };
  }
  const rows = count > 1 || head > 0 ? Math.min(count, Math.max(2, Math.floor(height / 3) - head)) : 0;
  // One line divides the list from the rest.
  const above = rows === 0 ? 0 : rows + head + 1;
  const detailHeight = Math.max(1, height - above);
  return {isWide: false, listHeight: rows, listWidth: columns, detailHeight, ...beside(columns)};
}

function beside(columns: number): Pick<Panes, 'detailWidth' | 'peekWidth'> {
  const rest = columns - gapWidth;
  const detailWidth = Math.min(widestDetail, Math.max(Math.floor(rest / 2), 84));
  const peekWidth = rest - detailWidth;
  return peekWidth < narrowestPeek ? {detailWidth: columns, peekWidth: 0} : {detailWidth, peekWidth};
}
