import type {BootJobs} from '../../recording/jobs.js';
import type {Spell, Stretch} from './stretches.js';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const full = '█';
const quiet = '░';

/** Full and eighth blocks where the stretch lies in the time of the boot; a moment is a thin stroke. */
export function barOf({spells, kind}: Stretch, {firstUs, lastUs}: BootJobs, width: number): string {
  const fromUs = firstUs ?? 0;
  const lengthUs = Math.max(1, (lastUs ?? 0) - fromUs);
  const cells = Array<string>(width).fill(' ');
  for (const spell of spells) {
    const drawn = spellCells(spell, us => ((us - fromUs) / lengthUs) * width, width, kind === 'silence');
    for (const [at, cell] of drawn) if (cells[at] !== full) cells[at] = cell;
  }
  return cells.join('');
}

function spellCells(
  {startUs, endUs}: Spell,
  columnOf: (us: number) => number,
  width: number,
  isQuiet: boolean,
): [at: number, cell: string][] {
  if (startUs === null) return [];
  const begin = Math.min(width - 1, Math.max(0, Math.floor(columnOf(startUs))));
  const length = endUs === null ? 0 : Math.min(width, columnOf(endUs)) - begin;
  const whole = Math.max(0, Math.floor(length));
  const cells = Array.from({length: whole}, (_each, at): [number, string] => [begin + at, isQuiet ? quiet : full]);
  const rest = isQuiet ? '' : (eighths[Math.floor((length - whole) * 8)] ?? '');
  if (rest !== '' && begin + whole < width) cells.push([begin + whole, rest]);
  return cells.length === 0 ? [[begin, '▏']] : cells;
}
