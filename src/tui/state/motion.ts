import {bodyHeight, clamp, topFor} from '../layout/frame.js';
import {logHeight} from '../layout/log.js';
import {overlayCount, overlayHeight} from '../layout/overlay.js';
import {stretchesOf, timelineHeight} from '../layout/timeline.js';
import {shownUnits, unitListHeight} from '../layout/units.js';
import type {Action} from './action.js';
import {moveInCauses} from './causes.js';
import type {ListState, Overlay, State} from './state.js';

const panBy = 16;
const farthestPan = 1 << 14;

/** Cursors on rows that are there, and windows on cursors. */
export function settle(state: State): State {
  const body = bodyHeight(state);
  const {log, timeline, units} = state;
  return {
    ...moveInCauses(state, {by: 0, pane: state.causes.pane, height: body}),
    timeline: {...timeline, ...inWindow(timeline, stretchesOf(state).length, timelineHeight(body))},
    units: {...units, ...inWindow(units, shownUnits(state).length, unitListHeight(state, body))},
    log: {...log, ...inWindow(log, log.count, logHeight(body))},
  };
}

function inWindow(
  {cursor, top}: Pick<ListState, 'cursor' | 'top'>,
  count: number,
  height: number,
): Pick<ListState, 'cursor' | 'top'> {
  const settled = clamp(cursor, 0, Math.max(0, count - 1));
  return {cursor: settled, top: topFor(settled, top, height, count)};
}

type Motion = Extract<Action, {type: 'move' | 'page' | 'edge'}>;

/** How far a motion goes in a window of `height` rows. */
function distance(motion: Motion, height: number): number {
  if (motion.type === 'move') return motion.by;
  if (motion.type === 'page') return motion.by * Math.max(1, height - 1);
  return motion.to === 'first' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

export function onScreen(state: State, motion: Motion): State {
  const body = bodyHeight(state);
  switch (state.screen) {
    case 'causes':
      return moveInCauses(state, {
        by: motion.type === 'page' ? 0 : distance(motion, body),
        page: motion.type === 'page' ? motion.by : 0,
        pane: state.causes.pane,
        height: body,
      });
    case 'timeline':
      return settle({...state, timeline: {...state.timeline, ...moved(state.timeline, motion, timelineHeight(body))}});
    case 'units':
      return settle({...state, units: {...state.units, ...moved(state.units, motion, unitListHeight(state, body))}});
    case 'log': {
      if (motion.type === 'edge' && motion.to === 'start') return {...state, log: {...state.log, pan: 0}};
      const at = moved(state.log, motion, logHeight(body));
      return settle({...state, log: {...state.log, ...at, follows: motion.type === 'edge' && motion.to === 'last'}});
    }
  }
}

/** A page moves the window with the cursor. */
function moved(
  {cursor, top}: Pick<ListState, 'cursor' | 'top'>,
  motion: Motion,
  height: number,
): Pick<ListState, 'cursor' | 'top'> {
  const by = distance(motion, height);
  if (by === Number.NEGATIVE_INFINITY) return {cursor: 0, top: 0};
  if (by === Number.POSITIVE_INFINITY) return {cursor: Number.MAX_SAFE_INTEGER, top};
  return {cursor: cursor + by, top: motion.type === 'page' ? Math.max(0, top + by) : top};
}

export function inOverlay(state: State, overlay: Overlay, motion: Motion): State {
  const height = overlayHeight(bodyHeight(state));
  const count = overlayCount(state, overlay);
  const by = distance(motion, height);
  if (overlay.kind === 'help')
    return {...state, overlay: {...overlay, top: clamp(overlay.top + by, 0, Math.max(0, count - height))}};
  const cursor = clamp(overlay.cursor + by, 0, Math.max(0, count - 1));
  return {...state, overlay: {...overlay, cursor, top: topFor(cursor, overlay.top, height, count)}};
}

export function select(state: State, {what, index}: Extract<Action, {type: 'select'}>): State {
  const {screen} = state;
  if (screen === 'causes')
    return moveInCauses(state, {
      to: index,
      by: 0,
      pane: what === 'cause' ? 'list' : 'detail',
      height: bodyHeight(state),
    });
  return settle({...state, [screen]: {...state[screen], cursor: index}});
}

export function openEffect(state: State): State {
  return state.screen === 'causes'
    ? moveInCauses(state, {by: 0, pane: state.causes.pane, toggle: 'both', height: bodyHeight(state)})
    : state;
}

export function sideways(state: State, side: 'left' | 'right'): State {
  if (state.screen === 'log') {
    const pan = clamp(state.log.pan + (side === 'right' ? panBy : -panBy), 0, farthestPan);
    return {...state, log: {...state.log, pan}};
  }
  if (state.screen !== 'causes') return state;
  const height = bodyHeight(state);
  const {pane} = state.causes;
  if (side === 'right')
    return moveInCauses(state, {by: 0, pane: 'detail', height, ...(pane === 'detail' && {toggle: 'open'})});
  return moveInCauses(state, {by: 0, pane, height, toggle: 'close'});
}
