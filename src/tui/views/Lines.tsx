import {Box, Text} from 'ink';
import {createContext, memo, useContext} from 'react';
import type {Line} from '../layout/line.js';
import {widthOf} from '../text.js';
import {selectedStyle, type Theme, themeFor} from './theme.js';

export const ThemeContext = createContext<Theme>(themeFor(false));

interface LinesProps {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** Lines of the screen, exactly `height` of them, each at most `width` columns. */
export function Lines({lines, width, height}: LinesProps) {
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      {lines.slice(0, height).map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place
        <ScreenLine key={row} line={line} width={width} />
      ))}
    </Box>
  );
}

const ScreenLine = memo(function ScreenLine({line, width}: {readonly line: Line; readonly width: number}) {
  const theme = useContext(ThemeContext);
  const {spans, isSelected = false, edge} = line;
  const room = edge === undefined ? width : width - 1;
  const used = spans.reduce((sum, {text}) => sum + widthOf(text), 0);
  const isFilled = isSelected || edge !== undefined;
  // A text without a character takes no line.
  const rest = ' '.repeat(Math.max(used === 0 ? 1 : 0, isFilled ? room - used : 0));
  return (
    <Text wrap="truncate">
      {spans.map(({text, tone = 'plain'}, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span of a line is its place
        <Text key={index} {...(isSelected ? selectedStyle(theme[tone]) : theme[tone])}>
          {text}
        </Text>
      ))}
      <Text inverse={isSelected}>{rest}</Text>
      {edge !== undefined && <Text {...theme[edge.tone ?? 'plain']}>{edge.text}</Text>}
    </Text>
  );
});
