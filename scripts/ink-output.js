// Takes the place of Ink's output.js (see ink.mjs). Ours puts texts side by side on lines; nothing lies over anything
// else, nothing is clipped: the lines are joined of what was written to them.
import stringWidth from 'string-width';

const maxCached = 4096;
const widths = new Map();

function widthOf(text) {
  let width = widths.get(text);
  if (width === undefined) {
    width = stringWidth(text);
    if (widths.size >= maxCached) widths.clear();
    widths.set(text, width);
  }
  return width;
}

// biome-ignore lint/style/noDefaultExport: as Ink imports it
export default class Output {
  constructor({height}) {
    this.lines = Array.from({length: height}, () => []);
  }

  clip() {}

  unclip() {}

  write(x, y, text, {transformers}) {
    for (const [index, line] of text.split('\n').entries()) {
      const transformed = transformers.reduce((shown, transform) => transform(shown, index), line);
      this.lines[y + index]?.push({x, text: transformed});
    }
  }

  get() {
    const output = this.lines.map(parts => {
      let line = '';
      let width = 0;
      for (const {x, text} of parts.toSorted((a, b) => a.x - b.x)) {
        line += ' '.repeat(Math.max(0, x - width)) + text;
        width = Math.max(width, x) + widthOf(text);
      }
      return line;
    });
    return {output: output.join('\n'), height: output.length};
  }
}
