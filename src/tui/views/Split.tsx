import {Box} from 'ink';
import {divider} from '../layout/divider.js';
import {type Line, line, span} from '../layout/line.js';
import {gapWidth, type Panes} from '../layout/panes.js';
import {Lines} from './Lines.js';

interface SplitProps {
  readonly panes: Panes;
  readonly width: number;
  readonly height: number;
  readonly list: readonly Line[];
  /** Lines above the list, among `list`. */
  readonly head?: number;
  /** For the line between the list and the detail below it. */
  readonly words: string;
  readonly detail: readonly Line[];
  readonly peek: readonly Line[];
}

/** A list, what is known of its chosen row, and where there is room the log around that. */
export function Split({panes, width, height, list, head = 0, words, detail, peek}: SplitProps) {
  const {isWide, listWidth, listHeight, detailHeight, detailWidth, peekWidth} = panes;
  const about = (
    <Box height={detailHeight} width={isWide ? width - listWidth - gapWidth : width}>
      <Lines lines={detail} width={detailWidth} height={detailHeight} />
      {peekWidth > 0 && <Rule height={detailHeight} />}
      {peekWidth > 0 && <Lines lines={peek} width={peekWidth} height={detailHeight} />}
    </Box>
  );
  if (isWide) {
    return (
      <Box height={height} width={width}>
        <Lines lines={list} width={listWidth} height={listHeight} />
        <Rule height={height} />
        {about}
      </Box>
    );
  }
  return (
    <Box flexDirection="column" height={height} width={width}>
      {listHeight > 0 && <Lines lines={list} width={listWidth} height={listHeight + head} />}
      {listHeight > 0 && <Lines lines={[divider(words, '', width)]} width={width} height={1} />}
      {about}
    </Box>
  );
}

function Rule({height}: {readonly height: number}) {
  const lines = Array.from({length: height}, () => line(span('dim', ' │ ')));
  return <Lines lines={lines} width={gapWidth} height={height} />;
}
