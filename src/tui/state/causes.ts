import {causeDetail} from '../layout/cause-detail.js';
import {causesPanes} from '../layout/causes.js';
import {bodyHeight, clamp, topFor} from '../layout/frame.js';
import {type DetailMotion, folded, moveInDetail} from './detail.js';
import {type CausesState, type Pane, type State, selectedCause, selectedIndex, shownCauses, unread} from './state.js';

/** Moves in the list or in the detail of the screen of causes; without a motion puts all in its place. */
export function moveInCauses(state: State, pane: Pane = state.causes.pane, motion: DetailMotion = {}): State {
  const isInList = pane === 'list' && shownCauses(state).length > 1;
  const inPane = changed(state, {pane: isInList ? 'list' : 'detail'});
  return isInList ? settleDetail(inList(inPane, motion)) : settleDetail(inPane, motion);
}

function changed(state: State, causes: Partial<CausesState>): State {
  return {...state, causes: {...state.causes, ...causes}};
}

function inList(state: State, {by = 0, pages = 0, lines = 0, to}: DetailMotion): State {
  const shown = shownCauses(state);
  const {listHeight} = causesPanes(state, bodyHeight(state));
  const from = to ?? selectedIndex(state);
  const last = Math.max(0, shown.length - 1);
  const key = shown[clamp(from + by + lines + pages * Math.max(1, listHeight - 1), 0, last)]?.key ?? null;
  if (key === (selectedCause(state)?.key ?? null)) return changed(state, {selected: key});
  return changed(state, {selected: key, detail: unread});
}

function settleDetail(state: State, motion: DetailMotion = {}): State {
  const panes = causesPanes(state, bodyHeight(state));
  const {causes} = state;
  const listTop = topFor(selectedIndex(state), causes.listTop, panes.listHeight, shownCauses(state).length);
  const detail = moveInDetail(causeDetail(state, panes.detailWidth), panes.detailHeight, causes.detail, motion);
  return changed(state, {listTop, detail});
}

/** Opens or closes what the cursor is on; on the list, goes to the detail; closing what is closed, goes to the list. */
export function foldInCauses(state: State, how: 'open' | 'close' | 'both'): State {
  const {pane, detail} = state.causes;
  if (pane === 'list') return how === 'close' ? state : moveInCauses(state, 'detail');
  const {detailWidth} = causesPanes(state, bodyHeight(state));
  const next = folded(causeDetail(state, detailWidth), detail, how);
  if (next === detail) return how === 'close' ? moveInCauses(state, 'list') : state;
  return moveInCauses(changed(state, {detail: next}), 'detail', {to: next.item});
}

/**
 * Another report came: the cause that was selected stays selected, and stays where it is on the screen. Before anything
 * was chosen, the first one is shown.
 */
export function settleCauses(state: State, before: {readonly state: State}): State {
  const {causes} = state;
  if (causes.selected === null) return state;
  const index = shownCauses(state).findIndex(({key}) => key === causes.selected);
  if (index < 0) return changed(state, {selected: null, detail: unread});
  const moved = index - selectedIndex(before.state);
  return changed(state, {listTop: Math.max(0, causes.listTop + moved)});
}
