import {causesPanes, detailOf} from '../layout/causes.js';
import {clamp, topFor} from '../layout/frame.js';
import {type CausesState, type ListedCause, type State, selectedCause, selectedIndex, shownCauses} from './state.js';

interface CausesMotion {
  readonly by: number;
  readonly pane: 'list' | 'detail';
  /** Rows of the body. */
  readonly height: number;
  readonly page?: number;
  /** Instead of moving, go there. */
  readonly to?: number;
  /** Opens or closes the follow-on that the cursor is on. */
  readonly toggle?: 'open' | 'close' | 'both';
}

/** Moves in the list or in the detail of the screen of causes; with nothing to move, puts all in its place. */
export function moveInCauses(state: State, motion: CausesMotion): State {
  const shown = shownCauses(state);
  const pane = shown.length > 1 ? motion.pane : 'detail';
  if (motion.toggle !== undefined) return toggled(state, motion, pane);
  return pane === 'list' ? inList(state, motion) : inDetail({...state, causes: {...state.causes, pane}}, motion);
}

function inList(state: State, {by, page = 0, to, height}: CausesMotion): State {
  const shown = shownCauses(state);
  const panes = causesPanes(state, height);
  const index = clamp(
    (to ?? selectedIndex(state)) + by + page * Math.max(1, panes.listHeight - 1),
    0,
    Math.max(0, shown.length - 1),
  );
  const key = shown[index]?.key ?? null;
  const isSame = key === (selectedCause(state)?.key ?? null);
  const listTop = topFor(index, state.causes.listTop, panes.listHeight, shown.length);
  const detail: Partial<CausesState> = isSame ? {} : {item: 0, top: 0, open: []};
  const next = {...state, causes: {...state.causes, ...detail, selected: key, listTop, pane: 'list' as const}};
  return inDetail(next, {by: 0, pane: 'list', height});
}

/** From item to item; text without any is scrolled through, never jumped over. */
function inDetail(state: State, {by, page = 0, to, height}: CausesMotion): State {
  const panes = causesPanes(state, height);
  const {lines, items} = detailOf(state, panes.detailWidth);
  const window = panes.detailHeight;
  const lastTop = Math.max(0, lines.length - window);
  const listTop = topFor(selectedIndex(state), state.causes.listTop, panes.listHeight, shownCauses(state).length);
  let {item, top} = state.causes;
  item = clamp(to ?? item, 0, Math.max(0, items.length - 1));
  top = clamp(top, 0, lastTop);
  const show = (index: number): void => {
    const wanted = items[index];
    if (wanted === undefined) return;
    if (wanted.first < top) top = index === 0 && wanted.last < window ? 0 : wanted.first;
    if (wanted.last >= top + window) top = Math.min(wanted.last - window + 1, wanted.first);
    item = index;
  };
  if (page !== 0) {
    top = clamp(top + page * Math.max(1, window - 2), 0, lastTop);
    const visible = items.findIndex(({first, last}) => first >= top && last < top + window);
    if (visible >= 0) item = page > 0 || items.length === 0 ? visible : Math.max(visible, 0);
  } else if (by === Number.POSITIVE_INFINITY) {
    item = Math.max(0, items.length - 1);
    top = lastTop;
  } else if (by === Number.NEGATIVE_INFINITY) {
    item = 0;
    top = 0;
  } else if (by !== 0) {
    for (let step = 0; step < Math.abs(by); step++) {
      const next = items[item + Math.sign(by)];
      const scrolled = clamp(top + Math.sign(by) * (window - 1), 0, lastTop);
      if (next === undefined) top = clamp(top + Math.sign(by), 0, lastTop);
      else if (by > 0 && next.last >= top + 2 * window - 1) top = scrolled;
      else if (by < 0 && next.first <= top - window) top = scrolled;
      else show(item + Math.sign(by));
    }
  } else if (to !== undefined) show(item);
  const isUnmoved = item === state.causes.item && top === state.causes.top && listTop === state.causes.listTop;
  return isUnmoved ? state : {...state, causes: {...state.causes, item, top, listTop}};
}

function toggled(state: State, motion: CausesMotion, pane: 'list' | 'detail'): State {
  const {causes} = state;
  const {height, toggle} = motion;
  if (pane === 'list') return toggle === 'close' ? state : moveInCauses(state, {by: 0, pane: 'detail', height});
  const {items} = detailOf(state, causesPanes(state, height).detailWidth);
  const effect = items[causes.item]?.effect;
  const isOpen = effect !== undefined && causes.open.includes(effect);
  if (effect !== undefined && isOpen && toggle !== 'open')
    return moveInCauses(
      {...state, causes: {...causes, open: causes.open.filter(each => each !== effect)}},
      {by: 0, pane, height},
    );
  if (effect !== undefined && !isOpen && toggle !== 'close') {
    const next = {...state, causes: {...causes, open: [...causes.open, effect].sort((a, b) => a - b)}};
    return moveInCauses(next, {by: 0, to: causes.item, pane, height});
  }
  return toggle === 'close' ? moveInCauses(state, {by: 0, pane: 'list', height}) : state;
}

/**
 * Another report came: the cause that was selected stays selected, and stays where it is on the screen. Before anything
 * was chosen, the first one is shown.
 */
export function settleCauses(state: State, before: {readonly state: State; readonly cause: ListedCause | null}): State {
  const {causes} = state;
  if (causes.selected === null) return state;
  const index = shownCauses(state).findIndex(({key}) => key === causes.selected);
  if (index < 0) return {...state, causes: {...causes, selected: null, item: 0, top: 0, open: []}};
  const moved = index - selectedIndex(before.state);
  return {...state, causes: {...causes, listTop: Math.max(0, causes.listTop + moved)}};
}
