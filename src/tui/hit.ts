import {causesPanes, detailOf} from './layout/causes.js';
import {bodyHeight} from './layout/frame.js';
import {headerOf, tabsOf} from './layout/header.js';
import type {Action} from './state/action.js';
import {bootOf, causesOf, type State} from './state/state.js';

/** What a click means: a screen's title, a row of a list, something of the detail. */
export function actionAt(state: State, row: number, column: number): Action | null {
  if (state.overlay !== null || state.prompt !== null) return null;
  const header = headerOf(state).length;
  if (row === header - 1) {
    const tab = tabsOf().find(({from, text}) => column >= from && column < from + text.length);
    return tab === undefined ? null : {type: 'screen', screen: tab.screen};
  }
  const at = row - header;
  if (at < 0 || at >= bodyHeight(state)) return null;
  switch (state.screen) {
    case 'causes':
      return inCauses(state, at, column);
    case 'timeline':
      return at === 0 ? null : {type: 'select', what: 'row', index: state.timeline.top + at - 1};
    case 'units':
      return at === 0 ? null : {type: 'select', what: 'row', index: state.units.top + at - 1};
    case 'log':
      return {type: 'select', what: 'row', index: state.log.top + at};
  }
}

function inCauses(state: State, at: number, column: number): Action | null {
  const panes = causesPanes(state, bodyHeight(state));
  const {listTop, top} = state.causes;
  const isInList = panes.isWide ? column < panes.listWidth : at < panes.listHeight;
  if (isInList) {
    const index = listTop + at;
    return index < causesOf(bootOf(state)).length ? {type: 'select', what: 'cause', index} : null;
  }
  const line = top + at - (panes.isWide || panes.listHeight === 0 ? 0 : panes.listHeight + 1);
  const index = detailOf(state, panes.detailWidth).items.findIndex(({first, last}) => line >= first && line <= last);
  return index < 0 ? null : {type: 'select', what: 'item', index};
}
