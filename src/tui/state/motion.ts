import {bodyHeight, clamp, topFor} from '../layout/frame.js';
import {logHeight} from '../layout/log.js';
import {overlayCount, overlayHeight} from '../layout/overlay.js';
import {stretchesOf} from '../layout/stretches.js';
import {timelineHeight} from '../layout/timeline.js';
import type {Action} from './action.js';
import {foldInCauses, moveInCauses} from './causes.js';
import type {DetailMotion} from './detail.js';
import type {ListState, Overlay, State} from './state.js';
import {moveInUnits} from './units.js';

const farthestPan = 1 << 14;

/** Cursors on rows that are there, and windows on cursors. */
export function settle(state: State): State {
  const body = bodyHeight(state);
  const {log, timeline} = state;
  return {
    ...moveInUnits(moveInCauses(state)),
    timeline: {...timeline, ...inWindow(timeline, stretchesOf(state).length, timelineHeight(body))},
    log: {...log, ...inWindow(log, log.count, logHeight(body))},
  };
}

type Window = Pick<ListState, 'cursor' | 'top'>;

function inWindow({cursor, top}: Window, count: number, height: number): Window {
  const settled = clamp(cursor, 0, Math.max(0, count - 1));
  return {cursor: settled, top: topFor(settled, top, height, count)};
}

type Motion = Extract<Action, {type: 'move' | 'page' | 'edge' | 'scroll'}>;

export function onScreen(state: State, motion: Motion): State {
  const body = bodyHeight(state);
  switch (state.screen) {
    case 'causes':
      return moveInCauses(state, paneOf(state.causes.pane, motion), inDetail(motion));
    case 'units':
      return moveInUnits(state, paneOf(state.units.pane, motion), inDetail(motion));
    case 'timeline': {
      const count = stretchesOf(state).length;
      return settle({
        ...state,
        timeline: {...state.timeline, ...moved(state.timeline, motion, timelineHeight(body), count)},
      });
    }
    case 'log': {
      if (motion.type === 'edge' && motion.to === 'start') return {...state, log: {...state.log, pan: 0}};
      const at = moved(state.log, motion, logHeight(body), state.log.count);
      return settle({...state, log: {...state.log, ...at, follows: motion.type === 'edge' && motion.to === 'last'}});
    }
  }
}

/** A wheel scrolls what it is over. */
function paneOf(pane: 'list' | 'detail', motion: Motion): 'list' | 'detail' {
  return (motion.type === 'scroll' ? motion.pane : undefined) ?? pane;
}

function inDetail(motion: Motion): DetailMotion {
  switch (motion.type) {
    case 'move':
      return {by: motion.by};
    case 'page':
      return {pages: motion.by};
    case 'scroll':
      return {lines: motion.by};
    case 'edge':
      return {by: motion.to === 'last' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY};
  }
}

/** A page and a wheel move the window, and the cursor with it. */
function moved({cursor, top}: Window, motion: Motion, height: number, count: number): Window {
  switch (motion.type) {
    case 'move':
      return {cursor: cursor + motion.by, top};
    case 'page': {
      const by = motion.by * Math.max(1, height - 1);
      return {cursor: cursor + by, top: Math.max(0, top + by)};
    }
    case 'scroll': {
      const to = clamp(top + motion.by, 0, Math.max(0, count - height));
      return {cursor: clamp(cursor, to, to + height - 1), top: to};
    }
    case 'edge':
      return motion.to === 'last' ? {cursor: Number.MAX_SAFE_INTEGER, top} : {cursor: 0, top: 0};
  }
}

export function inOverlay(state: State, overlay: Overlay, motion: Motion): State {
  const height = overlayHeight(bodyHeight(state));
  const count = overlayCount(state, overlay);
  if (overlay.kind === 'help') {
    // It has no cursor: what moves it anywhere else scrolls it.
    const scrolled = motion.type === 'move' ? ({type: 'scroll', by: motion.by} as const) : motion;
    const {top} = moved({cursor: overlay.top, top: overlay.top}, scrolled, height, count);
    const last = Math.max(0, count - height);
    return {
      ...state,
      overlay: {...overlay, top: motion.type === 'edge' && motion.to === 'last' ? last : Math.min(top, last)},
    };
  }
  return {...state, overlay: {...overlay, ...inWindow(moved(overlay, motion, height, count), count, height)}};
}

export function select(state: State, {what, index}: Extract<Action, {type: 'select'}>): State {
  if (state.overlay !== null)
    return state.overlay.kind === 'help' ? state : {...state, overlay: {...state.overlay, cursor: index}};
  const pane = what === 'item' ? 'detail' : 'list';
  switch (state.screen) {
    case 'causes':
      return moveInCauses(state, pane, {to: index});
    case 'units':
      return moveInUnits(state, pane, {to: index});
    case 'timeline':
      return settle({...state, timeline: {...state.timeline, cursor: index}});
    case 'log':
      return settle({...state, log: {...state.log, cursor: index}});
  }
}

export function openEffect(state: State): State {
  return state.screen === 'causes' ? foldInCauses(state, 'both') : state;
}

export function sideways(state: State, side: 'left' | 'right'): State {
  switch (state.screen) {
    case 'log': {
      const by = (state.size.columns >> 1) * (side === 'right' ? 1 : -1);
      return {...state, log: {...state.log, pan: clamp(state.log.pan + by, 0, farthestPan)}};
    }
    case 'causes':
      return foldInCauses(state, side === 'right' ? 'open' : 'close');
    case 'units':
      return moveInUnits(state, side === 'right' ? 'detail' : 'list');
    case 'timeline':
      return state;
  }
}
