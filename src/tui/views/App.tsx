import {Box, useInput} from 'ink';
import {useSyncExternalStore} from 'react';
import type {Controller} from '../controller.js';
import {actionAt, scrollAt} from '../hit.js';
import {type Input, readInput} from '../input.js';
import {actionFor} from '../keys.js';
import {causeCount, causeDetailLines, causeList, causesPanes} from '../layout/causes.js';
import {bodyHeight} from '../layout/frame.js';
import {headerOf} from '../layout/header.js';
import {logLines, peekLines} from '../layout/log.js';
import {overlayLines} from '../layout/overlay.js';
import type {Panes} from '../layout/panes.js';
import {timelineLines} from '../layout/timeline.js';
import {unitDetailLines, unitList, unitPanes} from '../layout/units.js';
import type {Action} from '../state/action.js';
import type {State} from '../state/state.js';
import {peekTarget} from '../state/target.js';
import {Footer} from './Footer.js';
import {Lines, ThemeContext} from './Lines.js';
import {Split} from './Split.js';
import type {Theme} from './theme.js';

interface AppProps {
  readonly controller: Controller;
  readonly theme: Theme;
}

export function App({controller, theme}: AppProps) {
  const {store, dispatch} = controller;
  const state = useSyncExternalStore(store.subscribe, store.get);
  useInput((text, key) => {
    for (const input of readInput(text, key)) {
      const action = meaningOf(store.get(), input);
      if (action !== null) dispatch(action);
    }
  });
  const {columns} = state.size;
  const header = headerOf(state);
  return (
    <ThemeContext.Provider value={theme}>
      <Box flexDirection="column" width={columns} height={state.size.rows}>
        <Lines lines={header} width={columns} height={header.length} />
        <Body state={state} controller={controller} />
        <Footer state={state} />
      </Box>
    </ThemeContext.Provider>
  );
}

function meaningOf(state: State, input: Input): Action | null {
  switch (input.kind) {
    case 'key':
      return actionFor(state, input.name);
    case 'wheel':
      return scrollAt(state, input.by, input.row, input.column);
    case 'click':
      return actionAt(state, input.row, input.column);
  }
}

interface BodyProps {
  readonly state: State;
  readonly controller: Controller;
}

function Body({state, controller}: BodyProps) {
  const height = bodyHeight(state);
  const {columns: width} = state.size;
  const frame = {width, height};
  if (state.overlay !== null) return <Lines lines={overlayLines(state, state.overlay, height)} {...frame} />;
  switch (state.screen) {
    case 'causes': {
      const panes = causesPanes(state, height);
      const detail = causeDetailLines(state, panes);
      const parts = {list: causeList(state, panes), detail, peek: peekOf(state, controller, panes)};
      return <Split panes={panes} {...frame} {...parts} words={causeCount(state)} />;
    }
    case 'units': {
      const panes = unitPanes(state, height);
      const detail = unitDetailLines(state, panes);
      const parts = {list: unitList(state, panes), detail, peek: peekOf(state, controller, panes)};
      return <Split panes={panes} {...frame} {...parts} head={1} words="" />;
    }
    case 'timeline':
      return <Lines lines={timelineLines(state, height)} {...frame} />;
    case 'log':
      return <Lines lines={logLines(state, controller.desk, height)} {...frame} />;
  }
}

function peekOf(state: State, {desk}: Controller, {peekWidth, detailHeight}: Panes) {
  const target = peekWidth === 0 ? null : peekTarget(state);
  if (target === null) return [];
  const row = target.row ?? (target.evidence === null ? 0 : desk.text.rowOf(target.evidence));
  return peekLines(state, desk, row, peekWidth, detailHeight);
}
