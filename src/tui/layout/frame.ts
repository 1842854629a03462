import type {State} from '../state/state.js';
import {headerOf} from './header.js';

/** Rows between the header and the line of keys. */
export function bodyHeight(state: State): number {
  return Math.max(1, state.size.rows - headerOf(state).length - 1);
}

/** The top of a window of `height` rows that shows `cursor`, moved no farther than needed. */
export function topFor(cursor: number, top: number, height: number, count: number): number {
  const last = Math.max(0, count - height);
  return Math.max(0, Math.min(Math.max(Math.min(top, cursor), cursor - height + 1), last));
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
