import {bodyHeight, clamp, topFor} from '../layout/frame.js';
import {chosenUnit, shownUnits, unitPanes} from '../layout/units.js';
import {type DetailMotion, moveInDetail} from './detail.js';
import {type Pane, type State, type UnitsState, unread} from './state.js';

/** Moves in the list or in the detail of the screen of units; without a motion puts all in its place. */
export function moveInUnits(state: State, pane: Pane = state.units.pane, motion: DetailMotion = {}): State {
  const panes = unitPanes(state, bodyHeight(state));
  const {by = 0, pages = 0, lines = 0, to} = motion;
  const count = shownUnits(state).length;
  const {units} = state;
  const moved =
    pane === 'list' ? (to ?? units.cursor) + by + lines + pages * Math.max(1, panes.listHeight - 1) : units.cursor;
  const cursor = clamp(moved, 0, Math.max(0, count - 1));
  const next: UnitsState = {
    ...units,
    pane,
    cursor,
    top: topFor(cursor, units.top, panes.listHeight, count),
    detail: cursor === units.cursor ? units.detail : unread,
  };
  const detail = moveInDetail(
    chosenUnit({...state, units: next}, panes.detailWidth),
    panes.detailHeight,
    next.detail,
    pane === 'detail' ? motion : {},
  );
  return {...state, units: {...next, detail}};
}
