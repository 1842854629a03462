import type {Detail} from '../layout/detail.js';
import {clamp} from '../layout/frame.js';
import type {DetailState} from './state.js';

export interface DetailMotion {
  /** Items; `Infinity`: to an end. */
  readonly by?: number;
  readonly pages?: number;
  /** Lines, as a wheel scrolls them. */
  readonly lines?: number;
  /** Instead of moving, go to this item. */
  readonly to?: number;
}

/** From item to item; text without any is scrolled through, never jumped over. Without a motion all comes to its place. */
export function moveInDetail(
  {lines, items}: Detail,
  window: number,
  state: DetailState,
  {by = 0, pages = 0, lines: scrolled = 0, to}: DetailMotion,
): DetailState {
  const lastTop = Math.max(0, lines.length - window);
  const lastItem = Math.max(0, items.length - 1);
  let item = clamp(to ?? state.item, 0, lastItem);
  let top = clamp(state.top, 0, lastTop);
  const show = (index: number): void => {
    const wanted = items[index];
    if (wanted === undefined) return;
    if (wanted.first < top) top = index === 0 && wanted.last < window ? 0 : wanted.first;
    if (wanted.last >= top + window) top = Math.min(wanted.last - window + 1, wanted.first);
    item = index;
  };
  const scroll = (count: number): void => {
    top = clamp(top + count, 0, lastTop);
    const isVisible = ({first, last}: (typeof items)[number]): boolean => first < top + window && last >= top;
    const here = items[item];
    if (here === undefined || isVisible(here)) return;
    const visible = count > 0 ? items.findIndex(isVisible) : items.findLastIndex(isVisible);
    if (visible >= 0) item = visible;
  };
  if (pages !== 0) scroll(pages * Math.max(1, window - 2));
  else if (scrolled !== 0) scroll(scrolled);
  else if (!Number.isFinite(by)) {
    item = by > 0 ? lastItem : 0;
    top = by > 0 ? lastTop : 0;
  } else if (by !== 0) {
    for (let step = 0; step < Math.abs(by); step++) {
      const next = items[item + Math.sign(by)];
      const turned = clamp(top + Math.sign(by) * (window - 1), 0, lastTop);
      if (next === undefined) top = clamp(top + Math.sign(by), 0, lastTop);
      else if (by > 0 && next.last >= top + 2 * window - 1) top = turned;
      else if (by < 0 && next.first <= top - window) top = turned;
      else show(item + Math.sign(by));
    }
  } else if (to !== undefined) show(item);
  return item === state.item && top === state.top ? state : {...state, item, top};
}

/** Opens or closes what the cursor is on; the same state where that is not to be. */
export function folded({items}: Detail, state: DetailState, how: 'open' | 'close' | 'both'): DetailState {
  const fold = items[state.item]?.fold;
  if (fold === undefined) return state;
  const isOpen = state.open.includes(fold);
  if (how === (isOpen ? 'open' : 'close')) return state;
  const open = isOpen ? state.open.filter(each => each !== fold) : [...state.open, fold].sort((a, b) => a - b);
  return {...state, open};
}
