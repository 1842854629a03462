import {Box} from 'ink';
import {causeCount, causeList, causesPanes, detailLines} from '../layout/causes.js';
import {line, span} from '../layout/line.js';
import {divider} from '../layout/log.js';
import type {State} from '../state/state.js';
import {Lines} from './Lines.js';

/** The start screen: the causes, and what is known of the selected one. */
export function Causes({state, height}: {readonly state: State; readonly height: number}) {
  const {columns} = state.size;
  const panes = causesPanes(state, height);
  const list = <Lines lines={causeList(state, panes)} width={panes.listWidth} height={panes.listHeight} />;
  const detail = <Lines lines={detailLines(state, panes)} width={panes.detailWidth} height={panes.detailHeight} />;
  if (panes.isWide) {
    const rule = Array.from({length: height}, () => line(span('dim', ' │ ')));
    return (
      <Box height={height} width={columns}>
        {list}
        <Lines lines={rule} width={3} height={height} />
        {detail}
      </Box>
    );
  }
  return (
    <Box flexDirection="column" height={height} width={columns}>
      {panes.listHeight > 0 && list}
      {panes.listHeight > 0 && <Lines lines={[divider(causeCount(state), '', columns)]} width={columns} height={1} />}
      {detail}
    </Box>
  );
}
