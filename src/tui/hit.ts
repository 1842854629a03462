import {causeDetail} from './layout/cause-detail.js';
import {causesPanes} from './layout/causes.js';
import type {Detail} from './layout/detail.js';
import {bodyHeight} from './layout/frame.js';
import {headerOf, tabsOf} from './layout/header.js';
import {overlayCount} from './layout/overlay.js';
import type {Panes} from './layout/panes.js';
import {stretchesOf} from './layout/stretches.js';
import {chosenUnit, shownUnits, unitPanes} from './layout/units.js';
import type {Action} from './state/action.js';
import {type DetailState, type Pane, type State, selectedIndex, shownCauses} from './state/state.js';

/** What is at a place of the screen: a screen's title, a row of a list, something of a detail. */
interface Hit {
  readonly what: 'row' | 'item';
  readonly index: number;
  /** The cursor is there already. */
  readonly isHere: boolean;
}

/** What a click means: it chooses, and what is chosen already it opens, as Enter does. */
export function actionAt(state: State, row: number, column: number): Action | null {
  if (state.prompt !== null) return null;
  const header = headerOf(state).length;
  if (row === header - 1) {
    const tab = tabsOf().find(({from, text}) => column >= from && column < from + text.length);
    return tab === undefined ? null : {type: 'screen', screen: tab.screen};
  }
  const hit = hitAt(state, row - header, column);
  if (hit === null) return null;
  return hit.isHere ? {type: 'enter'} : {type: 'select', what: hit.what, index: hit.index};
}

/** What the wheel does over a place. */
export function scrollAt(state: State, by: number, row: number, column: number): Action {
  const pane = paneAt(state, row - headerOf(state).length, column);
  return pane === null ? {type: 'scroll', by} : {type: 'scroll', by: pane === 'list' ? Math.sign(by) : by, pane};
}

function panesOf(state: State): Panes | null {
  const height = bodyHeight(state);
  if (state.overlay !== null) return null;
  return state.screen === 'causes'
    ? causesPanes(state, height)
    : state.screen === 'units'
      ? unitPanes(state, height)
      : null;
}

/** Lines above the list. */
function headOf({screen}: State): number {
  return screen === 'units' ? 1 : 0;
}

function paneAt(state: State, at: number, column: number): Pane | null {
  const panes = panesOf(state);
  if (panes === null) return null;
  const isInList = panes.isWide ? column < panes.listWidth : at < panes.listHeight + headOf(state);
  return isInList && panes.listHeight > 0 ? 'list' : 'detail';
}

function hitAt(state: State, at: number, column: number): Hit | null {
  if (at < 0 || at >= bodyHeight(state)) return null;
  const {overlay, timeline, log} = state;
  if (overlay !== null)
    return overlay.kind === 'help' ? null : rowHit(overlay.top + at - 2, overlay.cursor, overlayCount(state, overlay));
  switch (state.screen) {
    case 'timeline':
      return rowHit(timeline.top + at - 1, timeline.cursor, stretchesOf(state).length);
    case 'log':
      return log.top + at === log.cursor ? null : rowHit(log.top + at, log.cursor, log.count);
    case 'causes': {
      const {listTop, detail, pane} = state.causes;
      if (paneAt(state, at, column) === 'list')
        return rowHit(listTop + at, pane === 'list' ? selectedIndex(state) : -1, shownCauses(state).length);
      const panes = causesPanes(state, bodyHeight(state));
      return itemHit(causeDetail(state, panes.detailWidth), detail, pane, detailRow(state, panes, at));
    }
    case 'units': {
      const {cursor, top, detail, pane} = state.units;
      if (paneAt(state, at, column) === 'list')
        return rowHit(top + at - 1, pane === 'list' ? cursor : -1, shownUnits(state).length);
      const panes = unitPanes(state, bodyHeight(state));
      return itemHit(chosenUnit(state, panes.detailWidth), detail, pane, detailRow(state, panes, at));
    }
  }
}

function rowHit(index: number, cursor: number, count: number): Hit | null {
  return index < 0 || index >= count ? null : {what: 'row', index, isHere: index === cursor};
}

/** Below the list there is a line that divides the two. */
function detailRow(state: State, {isWide, listHeight}: Panes, at: number): number {
  return isWide || listHeight === 0 ? at : at - listHeight - headOf(state) - 1;
}

function itemHit({items}: Detail, {item, top}: DetailState, pane: Pane, row: number): Hit | null {
  const line = top + row;
  const index = row < 0 ? -1 : items.findIndex(({first, last}) => line >= first && line <= last);
  return index < 0 ? null : {what: 'item', index, isHere: pane === 'detail' && index === item};
}
