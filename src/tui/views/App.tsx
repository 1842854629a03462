import {Box, useInput} from 'ink';
import {useSyncExternalStore} from 'react';
import type {Controller} from '../controller.js';
import {actionAt} from '../hit.js';
import {readInput} from '../input.js';
import {actionFor} from '../keys.js';
import {bodyHeight} from '../layout/frame.js';
import {headerOf} from '../layout/header.js';
import {logLines} from '../layout/log.js';
import {overlayLines} from '../layout/overlay.js';
import {timelineLines} from '../layout/timeline.js';
import {unitLines} from '../layout/units.js';
import type {State} from '../state/state.js';
import {Causes} from './Causes.js';
import {Footer} from './Footer.js';
import {Lines, ThemeContext} from './Lines.js';
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
      if (input.kind === 'wheel') dispatch({type: 'move', by: input.by});
      const action =
        input.kind === 'key'
          ? actionFor(store.get(), input.name)
          : input.kind === 'click'
            ? actionAt(store.get(), input.row, input.column)
            : null;
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

function Body({state, controller}: {readonly state: State; readonly controller: Controller}) {
  const height = bodyHeight(state);
  const {columns} = state.size;
  if (state.overlay === null && state.screen === 'causes') return <Causes state={state} height={height} />;
  return <Lines lines={bodyLines(state, controller, height)} width={columns} height={height} />;
}

function bodyLines(state: State, controller: Controller, height: number) {
  if (state.overlay !== null) return overlayLines(state, state.overlay, height);
  switch (state.screen) {
    case 'timeline':
      return timelineLines(state, height);
    case 'units':
      return unitLines(state, height);
    default:
      return logLines(state, controller.desk, height);
  }
}
