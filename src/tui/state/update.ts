import {bodyHeight, clamp} from '../layout/frame.js';
import {overlayHeight} from '../layout/overlay.js';
import type {Action} from './action.js';
import {moveInCauses, settleCauses} from './causes.js';
import {inOverlay, onScreen, openEffect, select, settle, sideways} from './motion.js';
import {
  bootOf,
  type LogState,
  type Overlay,
  type PromptKind,
  type State,
  screens,
  selectedCause,
  unread,
} from './state.js';

const defaultTicket = 'whyboot-ticket.md';

/** The state after an action. Pure: what it needs of the log comes with the action. */
export function update(state: State, action: Action): State {
  switch (action.type) {
    case 'resize':
      return settle({...state, size: action.size});
    case 'report':
      return withReport(state, action);
    case 'boot':
      return onBoot(state, action.index);
    case 'progress':
      return {...state, progress: action.progress};
    case 'jobs':
      return settle({...state, jobs: action.jobs});
    case 'runs':
      return {...state, runs: {...state.runs, [action.unit]: action.runs}};
    case 'forgetRuns':
      return {...state, runs: {}};
    case 'askToHide':
      return {...state, prompt: {kind: 'hide', text: action.file}};
    case 'toast':
      return {...state, toast: {text: action.text, isBad: action.isBad === true}};
    case 'log':
      return settle({...state, log: withRows(state.log, action)});
    case 'search':
      return {...state, log: {...state.log, query: action.query, hits: 0, searching: action.query === '' ? null : 0}};
    case 'hits':
      return {...state, log: {...state.log, hits: action.hits, searching: action.searching}};
    case 'jumped':
      return settle({
        ...state,
        screen: 'log',
        overlay: null,
        cameFrom: state.screen === 'log' ? state.cameFrom : state.screen,
      });
    case 'leave':
      return {...state, leaving: action.how};
    case 'resumed':
      return {...state, leaving: null};
    default:
      return byKey({...state, toast: null}, action);
  }
}

type KeyAction = Exclude<
  Action,
  {
    type:
      | 'resize'
      | 'report'
      | 'boot'
      | 'progress'
      | 'jobs'
      | 'runs'
      | 'forgetRuns'
      | 'askToHide'
      | 'toast'
      | 'log'
      | 'search'
      | 'hits'
      | 'jumped'
      | 'leave'
      | 'resumed';
  }
>;

/** What the user did; a message that was shown has been seen. */
function byKey(state: State, action: KeyAction): State {
  switch (action.type) {
    case 'move':
    case 'page':
    case 'scroll':
    case 'edge':
      return state.overlay === null ? onScreen(pinned(state), action) : inOverlay(state, state.overlay, action);
    case 'select':
      return select(pinned(state), action);
    case 'enter':
      return state.overlay === null ? openEffect(pinned(state)) : choose(state, state.overlay);
    case 'back':
      if (state.overlay !== null) return {...state, overlay: null};
      return state.cameFrom === null ? state : {...state, screen: state.cameFrom, cameFrom: null};
    case 'left':
    case 'right':
      return sideways(pinned(state), action.type);
    case 'screen':
      return settle({...state, screen: action.screen, overlay: null, cameFrom: null});
    case 'nextScreen': {
      const next = (screens.indexOf(state.screen) + action.by + screens.length) % screens.length;
      return settle({...state, screen: screens[next] ?? 'causes', cameFrom: null});
    }
    case 'nextCause':
      return moveInCauses(pinned(state), 'list', {by: action.by});
    case 'overlay':
      return {...state, overlay: openOverlay(state, action.kind)};
    case 'prompt':
      return {...state, prompt: {kind: action.kind, text: promptText(state, action.kind)}};
    case 'type':
      return typed(state, (state.prompt?.text ?? '') + action.text);
    case 'erase':
      return typed(state, action.what === 'all' ? '' : [...(state.prompt?.text ?? '')].slice(0, -1).join(''));
    case 'submit':
      return {...state, prompt: null};
    case 'cancel':
      return state.prompt?.kind === 'filter' ? withFilter({...state, prompt: null}, '') : {...state, prompt: null};
    case 'level': {
      const next = {all: 'warning', warning: 'error', error: 'all'} as const;
      return {...state, log: {...state.log, level: next[state.log.level]}};
    }
    case 'onlyFindings':
      return {...state, log: {...state.log, onlyFindings: !state.log.onlyFindings}};
    case 'onlyBoot':
      return {...state, log: {...state.log, onlyBoot: !state.log.onlyBoot}};
    case 'unitFilter':
      return {...state, log: {...state.log, unit: action.unit}, overlay: null};
    case 'clear':
      return clear(state);
    case 'order':
      return {
        ...state,
        timeline: {
          ...state.timeline,
          order: state.timeline.order === 'start' ? 'duration' : 'start',
          cursor: 0,
          top: 0,
        },
      };
    case 'redact':
      return {...state, isRedacted: !state.isRedacted};
    case 'answer':
    case 'again':
    case 'nextFinding':
    case 'copy':
      return state;
  }
}

/** What was looked at of a boot stays, whatever else is read. The log is of all boots. */
function pinned(state: State): State {
  const boots = state.report?.boots.length ?? 0;
  if (state.progress.done || boots === 0 || state.screen === 'log') return state;
  const selected = state.causes.selected ?? selectedCause(state)?.key ?? null;
  if (state.screen === 'causes' && selected === null) return state;
  return {...state, boot: state.boot ?? boots - 1, causes: {...state.causes, selected}};
}

function withReport(state: State, {report, progress}: Extract<Action, {type: 'report'}>): State {
  const next = settle(settleCauses({...state, report, progress}, {state}));
  const isOver = progress.done && !state.progress.done;
  if (!isOver || next.boot === null || next.boot === report.boots.length - 1) return next;
  return {...next, toast: {text: `All is read. The last boot is ${report.boots.length}: b chooses`, isBad: false}};
}

function withRows(
  log: LogState,
  {count = log.count, at, filtering = log.filtering}: Extract<Action, {type: 'log'}>,
): LogState {
  const wasAtEnd = log.follows && log.cursor >= log.count - 1;
  const cursor = at ?? (wasAtEnd ? count - 1 : log.cursor);
  return {...log, count, cursor: clamp(cursor, 0, Math.max(0, count - 1)), filtering};
}

function openOverlay(state: State, kind: Overlay['kind']): Overlay {
  if (kind === 'help') return {kind, top: 0};
  const cursor = kind === 'boots' ? (bootOf(state)?.index ?? 0) : 0;
  const height = overlayHeight(bodyHeight(state));
  return {kind, cursor, top: Math.max(0, cursor - height + 1)};
}

function choose(state: State, overlay: Overlay): State {
  if (overlay.kind !== 'boots') return {...state, overlay: null};
  return onBoot({...state, overlay: null}, overlay.cursor);
}

function onBoot(state: State, boot: number): State {
  if (boot === bootOf(state)?.index) return {...state, boot};
  const list = {cursor: 0, top: 0};
  return settle({
    ...state,
    boot,
    causes: {...state.causes, selected: null, listTop: 0, detail: unread},
    timeline: {...state.timeline, ...list},
    units: {...state.units, ...list, detail: unread},
    runs: {},
  });
}

function promptText(state: State, kind: PromptKind): string {
  if (kind === 'save') return defaultTicket;
  return kind === 'filter' && state.screen !== 'log' ? state[state.screen].filter : '';
}

/** A filter is seen to work while it is typed. */
function typed(state: State, text: string): State {
  const {prompt} = state;
  if (prompt === null) return state;
  const next = {...state, prompt: {...prompt, text}};
  return prompt.kind === 'filter' ? withFilter(next, text) : next;
}

function withFilter(state: State, filter: string): State {
  const {screen} = state;
  if (screen === 'log') return state;
  if (screen === 'causes') return settle({...state, causes: {...state.causes, filter, detail: unread}});
  if (screen === 'units') return settle({...state, units: {...state.units, filter, cursor: 0, top: 0, detail: unread}});
  return settle({...state, timeline: {...state.timeline, filter, cursor: 0, top: 0}});
}

function clear(state: State): State {
  if (state.screen !== 'log') return withFilter(state, '');
  const {log} = state;
  return {
    ...state,
    log: {
      ...log,
      query: '',
      hits: 0,
      searching: null,
      unit: null,
      level: 'all',
      onlyFindings: false,
      onlyBoot: false,
    },
  };
}
