import xterm from '@xterm/headless';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createScreen} from '../../src/tui/screen.js';

/** What a terminal shows after the frames were drawn one after the other. */
async function shownAfter(frames: readonly (readonly string[])[], columns: number, rows: number): Promise<string[]> {
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
  let written = '';
  const screen = createScreen(text => {
    written += text;
  });
  for (const frame of frames) screen.draw(frame.join('\n'));
  await new Promise<void>(resolve => terminal.write(written, resolve));
  return Array.from({length: rows}, (_each, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '');
}

const columns = 12;
const rows = 5;
const texts = fc.constantFrom('', 'a', 'full width!!', '\x1b[31mred\x1b[39m', '漢字', '\x1b[7m inverse  \x1b[27m');
const frames = fc.array(fc.array(texts, {minLength: rows, maxLength: rows}), {minLength: 1, maxLength: 6});

test('drawing what changed shows the last frame, whatever was there before', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async all => {
      const last = all.at(-1) ?? [];
      expect(await shownAfter(all, columns, rows)).toEqual(await shownAfter([last], columns, rows));
    }),
    {numRuns: 60},
  );
});

test('a line that did not change is not written', () => {
  const written: string[] = [];
  const screen = createScreen(text => written.push(text));
  screen.draw('one\ntwo\nthree');
  screen.draw('one\n2\nthree');
  screen.draw('one\n2\nthree');
  expect(written).toHaveLength(2);
  expect(written[1]).toContain('2');
  expect(written[1]).not.toContain('one');
});
