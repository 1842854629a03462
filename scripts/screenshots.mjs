// The screen as pictures, made of what the program prints in a terminal.
//   npm run screenshots                              those of the README, in docs/screenshots
//   npm run screenshots -- --out DIR [--size 80x24] [--no-color] [--keys '4 / oom enter'] FILE
import {mkdir, writeFile} from 'node:fs/promises';
import {argv} from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {openPty} from './pty.mjs';
import {svgOf, themes} from './svg.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const founding = 'samples/ostree-ms-move-restart/console.log';
const keyCodes = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  space: ' ',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  'ctrl-u': '\x15',
};
/** Nothing was drawn for so long: what a key did is done. */
const quietMs = 400;
/** What a key does is drawn by then, if anything. */
const patienceMs = 3000;

/** Shows a log, presses keys, and gives the terminal to look at. */
async function screenOf({file, keys, columns, rows, color = true}) {
  const pty = openPty({
    command: `node bin/run.js ${color ? '' : '--no-color '}${file}`,
    columns,
    rows,
    cwd: root,
  });
  await pty.until(text => text.includes('[1 Causes]'));
  await quiet(pty);
  for (const key of keys) {
    const before = pty.written();
    pty.press(keyCodes[key] ?? key);
    for (let waited = 0; pty.written() === before && waited < patienceMs; waited += 20) await sleep(20);
    await quiet(pty);
  }
  const shots = Object.fromEntries(Object.entries(themes).map(([name, theme]) => [name, svgOf(pty.terminal, theme)]));
  const lines = pty.lines();
  await pty.end();
  return {shots, lines};
}

async function quiet(pty) {
  for (let seen = -1; seen !== pty.written(); ) {
    seen = pty.written();
    await sleep(quietMs);
  }
}

async function save(folder, name, shots) {
  await mkdir(folder, {recursive: true});
  await Promise.all(Object.entries(shots).map(([theme, svg]) => writeFile(`${folder}/${name}-${theme}.svg`, svg)));
}

/** Those of the README: all four screens of the founding case. */
const pictures = {causes: [], timeline: ['2'], units: ['3'], log: ['enter']};
const pictureSize = {columns: 100, rows: 30};

/** One of the pictures of the README as it is today, by theme. */
export async function picture(name) {
  const {shots} = await screenOf({file: founding, keys: pictures[name], ...pictureSize});
  return shots;
}

async function main() {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      out: {type: 'string'},
      name: {type: 'string', default: 'screen'},
      size: {type: 'string', default: '80x24'},
      keys: {type: 'string', default: ''},
      'no-color': {type: 'boolean', default: false},
    },
  });
  if (values.out === undefined) {
    for (const name of Object.keys(pictures)) await save(`${root}docs/screenshots`, name, await picture(name));
    return;
  }
  const [columns, rows] = values.size.split('x').map(Number);
  const {shots, lines} = await screenOf({
    file: positionals[0] ?? founding,
    keys: values.keys.split(' ').filter(key => key !== ''),
    columns,
    rows,
    color: !values['no-color'],
  });
  await save(values.out, values.name, shots);
  console.log(lines.join('\n'));
}

if (argv[1] === fileURLToPath(import.meta.url)) await main();
