// A terminal's screen as SVG: text as text, lines and blocks as shapes, as terminals draw them.

const cell = {width: 9, height: 19, font: 15, baseline: 14};
const padding = 16;
const fonts = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

/** Background, text, and the sixteen colours. */
export const themes = {
  dark: {
    background: '#0d1117',
    border: '#30363d',
    text: '#d1d7e0',
    colors: palette(
      '484f58 ff7b72 3fb950 d29922 58a6ff bc8cff 39c5cf b1bac4',
      '6e7681 ffa198 56d364 e3b341 79c0ff d2a8ff 56d4dd ffffff',
    ),
  },
  light: {
    background: '#ffffff',
    border: '#d1d9e0',
    text: '#1f2328',
    colors: palette(
      '24292f cf222e 116329 7d4e00 0969da 8250df 1b7c83 6e7781',
      '57606a a40e26 1a7f37 633c01 218bff a475f9 3192aa 8c959f',
    ),
  },
};

function palette(...rows) {
  return rows.flatMap(row => row.split(' ').map(color => `#${color}`));
}

/** Eighths of a cell from the left. */
const blocks = ' ▏▎▍▌▋▊▉█';
const shapes = {
  '─': (x, y) => [x, y + cell.height / 2 - 0.5, cell.width, 1],
  '│': (x, y) => [x + cell.width / 2 - 0.5, y, 1, cell.height],
  '┃': (x, y) => [x + cell.width / 2 - 1.5, y, 3, cell.height],
};

export function svgOf(terminal, theme) {
  const {background, border, text} = theme;
  const width = terminal.cols * cell.width + 2 * padding;
  const height = terminal.rows * cell.height + 2 * padding;
  const parts = [];
  for (let row = 0; row < terminal.rows; row++) {
    const y = padding + row * cell.height;
    for (const run of runsOf(terminal.buffer.active.getLine(row))) parts.push(...drawRun(run, y, theme));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(width)} ${number(height)}" font-family="${fonts}" font-size="${cell.font}" fill="${text}">
<style>text{white-space:pre}.b{font-weight:bold}rect{shape-rendering:crispEdges}</style>
<rect x=".5" y=".5" width="${number(width - 1)}" height="${number(height - 1)}" rx="8" fill="${background}" stroke="${border}"/>
${parts.join('\n')}
</svg>
`;
}

/** Neighbouring cells that look alike. */
function runsOf(line) {
  const runs = [];
  for (let column = 0; column < line.length; column++) {
    const at = line.getCell(column);
    if (at.getWidth() === 0) continue;
    const style = {
      color: at.isFgPalette() ? at.getFgColor() : null,
      background: at.isBgPalette() ? at.getBgColor() : null,
      isBold: at.isBold() !== 0,
      isDim: at.isDim() !== 0,
      isInverse: at.isInverse() !== 0,
    };
    const chars = at.getChars() || ' ';
    const isShape = chars in shapes || (chars !== ' ' && blocks.includes(chars)) || chars === '░';
    const key = JSON.stringify([style, isShape ? chars : '', at.getWidth()]);
    const last = runs.at(-1);
    if (last?.key === key) {
      last.text += chars;
      last.width += at.getWidth();
    } else runs.push({key, style, text: chars, column, width: at.getWidth(), isShape});
  }
  return runs;
}

function drawRun({style, text, column, width, isShape}, y, theme) {
  const x = padding + column * cell.width;
  const color = style.color === null ? null : theme.colors[style.color];
  const behind = style.background === null ? null : theme.colors[style.background];
  const ink = style.isInverse ? (behind ?? theme.background) : color;
  const paper = style.isInverse ? (color ?? theme.text) : behind;
  const wide = width * cell.width;
  const drawn = [];
  if (paper !== null) drawn.push(rect([x, y, wide, cell.height], ` fill="${paper}"`));
  if (text.trim() === '') return drawn;
  const look = `${ink === null ? '' : ` fill="${ink}"`}${style.isDim ? ' opacity=".65"' : ''}`;
  if (isShape) return [...drawn, ...drawShape(text, x, y, width, look)];
  const lead = text.length - text.trimStart().length;
  const shown = text.trim();
  const columns = width === text.length ? shown.length : width;
  const bold = style.isBold ? ' class="b"' : '';
  drawn.push(
    `<text x="${number(x + lead * cell.width)}" y="${number(y + cell.baseline)}" textLength="${number(columns * cell.width)}" lengthAdjust="spacingAndGlyphs"${bold}${look}>${escaped(shown)}</text>`,
  );
  return drawn;
}

function drawShape(text, x, y, width, look) {
  const char = text[0];
  const wide = width * cell.width;
  if (char === '─') return [rect([x, y + cell.height / 2 - 0.5, wide, 1], look)];
  if (char in shapes) return [...text].map((_each, at) => rect(shapes[char](x + at * cell.width, y), look));
  const height = cell.height - 4;
  if (char === '░') return [rect([x, y + 2, wide, height], `${look} fill-opacity=".3"`)];
  return [rect([x, y + 2, wide - cell.width + (blocks.indexOf(char) / 8) * cell.width, height], look)];
}

function rect([x, y, width, height], look) {
  return `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"${look}/>`;
}

const number = value => `${Math.round(value * 100) / 100}`;

function escaped(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
