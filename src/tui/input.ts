import type {Key} from 'ink';

/** What came from the keyboard or the mouse. Rows and columns are counted from 0. */
export type Input =
  | {readonly kind: 'key'; readonly name: string}
  | {readonly kind: 'wheel'; readonly by: number; readonly row: number; readonly column: number}
  | {readonly kind: 'click'; readonly row: number; readonly column: number};

/** SGR mouse report without its ESC: button; column; row, and `M` for a press (xterm, "Mouse Tracking", mode 1006). */
const mouse = /^\[<(\d+);(\d+);(\d+)([Mm])$/;
const wheelUp = 64;
const wheelDown = 65;
const wheelRows = 3;

/** Names the keys of what Ink's `useInput` gives: a character, or a name as in src/tui/keys.ts. */
export function readInput(input: string, key: Key): readonly Input[] {
  const report = mouse.exec(input);
  if (report !== null) return readMouse(Number(report[1]), Number(report[2]), Number(report[3]), report[4] === 'M');
  const name = nameOf(input, key);
  if (name !== null) return [{kind: 'key', name}];
  // Escape and a key right after it look like Alt with that key, which nothing is bound to.
  if (key.meta && [...input].length === 1)
    return ['esc', nameOfCharacter(input)].map(key => ({kind: 'key', name: key}));
  if (key.meta || key.ctrl) return [];
  // Fast typing and pastes come as one text: each character is its own key.
  return [...input].map(character => ({kind: 'key', name: nameOfCharacter(character)}));
}

function readMouse(button: number, column: number, row: number, isPress: boolean): readonly Input[] {
  const place = {row: row - 1, column: column - 1};
  if (button === wheelUp || button === wheelDown)
    return [{kind: 'wheel', by: button === wheelUp ? -wheelRows : wheelRows, ...place}];
  return button === 0 && isPress ? [{kind: 'click', ...place}] : [];
}

function nameOf(input: string, key: Key): string | null {
  if (key.escape) return 'esc';
  if (key.return) return 'enter';
  if (key.tab) return key.shift ? 'shift-tab' : 'tab';
  // Terminals send DEL for Backspace.
  if (key.backspace || key.delete) return 'backspace';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.ctrl && input.length === 1) return `ctrl-${input}`;
  return null;
}

function nameOfCharacter(character: string): string {
  if (character === ' ') return 'space';
  if (character === '\r' || character === '\n') return 'enter';
  if (character === '\t') return 'tab';
  if (character === '\x7f' || character === '\b') return 'backspace';
  const code = character.charCodeAt(0);
  return code < 32 ? `ctrl-${String.fromCharCode(code + 96)}` : character;
}
