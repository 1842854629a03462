const beginUpdate = '\x1b[?2026h';
const endUpdate = '\x1b[?2026l';

/** Draws frames, each a text of lines, on a terminal. */
export interface TerminalScreen {
  draw(frame: string): void;
  /** What is on the terminal is not known any more. */
  forget(): void;
}

/**
 * Writes the lines that changed, all at once: Ink would erase and write the whole screen for every key. Terminals that
 * know synchronized output show nothing in between.
 */
export function createScreen(write: (text: string) => void): TerminalScreen {
  let shown: readonly string[] | null = null;
  return {
    draw(frame) {
      const lines = frame.split('\n');
      let changes = shown === null ? '\x1b[0m\x1b[2J' : '';
      const count = Math.max(lines.length, shown?.length ?? 0);
      for (let row = 0; row < count; row++) {
        const line = lines[row] ?? '';
        if (line === (shown?.[row] ?? '')) continue;
        // Erased first: at the end of a full line the cursor stands on its last character.
        changes += `\x1b[${row + 1};1H\x1b[0m\x1b[K${line}`;
      }
      shown = lines;
      if (changes !== '') write(`${beginUpdate}${changes}\x1b[0m${endUpdate}`);
    },
    forget() {
      shown = null;
    },
  };
}
