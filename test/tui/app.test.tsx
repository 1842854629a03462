import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink-testing-library';
import stringWidth from 'string-width';
import {expect, onTestFinished, test} from 'vitest';
import {App} from '../../src/tui/views/App.js';
import {themeFor} from '../../src/tui/views/theme.js';
import {openScreen, type Screen, streamOf} from './fixtures.js';

function frameOf({controller}: Screen, color = false): {frame: () => string; stdin: {write: (data: string) => void}} {
  const {lastFrame, stdin, unmount} = render(<App controller={controller} theme={themeFor(color)} />);
  onTestFinished(unmount);
  return {frame: () => lastFrame() ?? '', stdin};
}

test.each([
  {columns: 60, rows: 20},
  {columns: 80, rows: 24},
  {columns: 160, rows: 50},
])('every screen fits $columns × $rows', async size => {
  const screen = await openScreen(undefined, size);
  for (const key of ['1', '2', '3', '4', '?', 'esc', 'u']) {
    screen.press(key);
    await screen.settled();
    const lines = stripVTControlCharacters(frameOf(screen).frame()).split('\n');
    expect(lines).toHaveLength(size.rows);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(size.columns);
    expect(lines[0]).toMatch(/^✖ The boot stopped in the initrd/);
    expect(lines.slice(0, 5).join('\n')).toMatch(/initrd ✗/);
  }
});

test('what is typed is done, also when it comes all at once', async () => {
  const screen = await openScreen();
  const {stdin, frame} = frameOf(screen);
  // Ink listens once its effects have run.
  await new Promise(resolve => setImmediate(resolve));
  stdin.write('4');
  stdin.write('/MS_MOVE\r');
  await screen.settled();
  expect(frame()).toContain('/MS_MOVE: 1');
  stdin.write('\x1b[A');
  await screen.settled();
  expect(frame()).toMatch(/▸. +479 │/);
});

test('Escape is a key of its own, however soon the next one follows', async () => {
  const screen = await openScreen();
  const {stdin, frame} = frameOf(screen);
  await new Promise(resolve => setImmediate(resolve));
  stdin.write('?');
  stdin.write('\x1b4');
  await screen.settled();
  expect(frame()).toContain('[4 Log]');
  expect(frame()).toContain('480 │');
});

test('the wheel scrolls, a click chooses', async () => {
  const screen = await openScreen();
  const {stdin, frame} = frameOf(screen);
  await new Promise(resolve => setImmediate(resolve));
  stdin.write('\x1b[<0;38;5M');
  await screen.settled();
  expect(frame()).toContain('[4 Log]');
  stdin.write('\x1b[<65;10;10M');
  await screen.settled();
  // Three rows down; the row of the cursor is still in sight.
  expect(frame().split('\n')[5]).toMatch(/^ +476 │/);
  expect(frame()).toMatch(/▸✖ +480 │/);
  stdin.write('\x1b[<0;10;8M');
  await screen.settled();
  expect(frame()).toMatch(/▸. +478 │/);
});

test('a click on what is chosen opens it', async () => {
  const screen = await openScreen();
  const {stdin, frame} = frameOf(screen);
  await new Promise(resolve => setImmediate(resolve));
  const click = async (words: RegExp): Promise<void> => {
    const row = frame()
      .split('\n')
      .findIndex(line => words.test(line));
    stdin.write(`\x1b[<0;20;${row + 1}M`);
    await screen.settled();
  };
  await click(/×14 /);
  expect(frame()).toContain('▸ ×14');
  await click(/×14 /);
  expect(frame()).toContain('▾ ×14');
});

test('where there is room, the log around the evidence stands beside it', async () => {
  const screen = await openScreen(undefined, {columns: 160, rows: 50});
  expect(frameOf(screen).frame()).toMatch(/first of 14 runs.* │ +459 │ /);
  expect(frameOf(screen).frame()).toMatch(/▸✖ +480 │ \[ +89\.562219\]/);
  screen.press('3');
  await screen.settled();
  screen.press('l', 'j', 'j');
  expect(frameOf(screen).frame()).toMatch(/▸↳ +499 │/);
});

test('what is longer than the screen says so at its edge', async () => {
  const screen = await openScreen();
  const edges = frameOf(screen)
    .frame()
    .split('\n')
    .slice(5, -1)
    .map(line => line.at(-1));
  expect(edges.join('')).toMatch(/^┃+│+$/);
  screen.press('G');
  expect(frameOf(screen).frame().split('\n').at(-2)).toMatch(/┃$/);
});

test('a hostile log cannot draw, and wide characters keep the columns', async () => {
  const hostile = `[    1.000000] a\x1b[2J\x1b]52;c;aGk=\x07b\n${'漢字'.repeat(60)}\n[    2.000000] \x1b[31mred\x9b0m\n`;
  const screen = await openScreen(streamOf(Buffer.from(hostile)));
  screen.press('4');
  const frame = frameOf(screen).frame();
  // Styles of our own are all that is left.
  expect(frame.replace(/\x1b\[[\d;]*m/g, '')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  for (const line of stripVTControlCharacters(frame).split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
});

test('a healthy boot has nothing to explain', async () => {
  const screen = await openScreen('healthy-bookworm/console.log');
  expect(frameOf(screen).frame()).toMatch(/^✔ The boot is healthy/);
  expect(frameOf(screen).frame()).toMatch(/No failure was found\.\s+\d+ rules looked for one in 806 lines/);
});

test('an empty log says so', async () => {
  const screen = await openScreen(streamOf(Buffer.alloc(0)));
  expect(frameOf(screen).frame()).toContain('the log is empty');
  screen.press('2', '3', '4', 'j', 'e', 'n', 'enter', 'b', 'y');
  expect(frameOf(screen).frame()).toContain('the log is empty');
});
