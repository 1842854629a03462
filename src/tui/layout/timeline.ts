import type {Boot} from '../../model/report.js';
import {formatDuration} from '../../report/words.js';
import {bootOf, contains, type State} from '../state/state.js';
import {fill, widthOf} from '../text.js';
import {type Line, line, type Span, span, type Tone} from './line.js';
import {phaseWords} from './words.js';

/** A stretch of time of a boot. Times are µs by the log's clock. */
export interface Stretch {
  readonly label: string;
  readonly kind: 'phase' | 'job' | 'silence';
  readonly startUs: number | null;
  readonly endUs: number | null;
  readonly mark: '✓' | '✗' | '…' | ' ';
  /** The row of the log where it begins. */
  readonly row: number;
}

let last: {readonly key: readonly unknown[]; readonly stretches: readonly Stretch[]} | null = null;

/** Phases first, then jobs and silences in the chosen order. */
export function stretchesOf(state: State): readonly Stretch[] {
  const boot = bootOf(state);
  const {order, filter} = state.timeline;
  const key = [boot, state.jobs, order, filter];
  if (last?.key.every((each, index) => each === key[index])) return last.stretches;
  const stretches = boot === null ? [] : collect(state, boot);
  last = {key, stretches};
  return stretches;
}

function collect({jobs, timeline}: State, boot: Boot): Stretch[] {
  const {order, filter} = timeline;
  const {phases} = jobs;
  const stops = boot.outcome !== 'healthy' && boot.outcome !== 'degraded' && boot.outcome !== 'incomplete';
  const stages = phases.map(({name, row, startUs}, index): Stretch => {
    const isLast = phases.slice(index + 1).every(later => later.name === 'shutdown');
    const endUs = phases[index + 1]?.startUs ?? jobs.lastUs;
    return {kind: 'phase', label: phaseWords(name), startUs, endUs, mark: isLast && stops ? '✗' : '✓', row};
  });
  const rest = [
    ...jobs.jobs.map(
      ({subject, startUs, endUs, startRow, result}): Stretch => ({
        kind: 'job',
        label: subject,
        startUs,
        endUs: endUs ?? (result === null ? jobs.lastUs : null),
        mark: result === 'done' ? '✓' : result === 'failed' ? '✗' : '…',
        row: startRow,
      }),
    ),
    ...jobs.silences.map(
      ({startUs, endUs, row}): Stretch => ({
        kind: 'silence',
        label: 'nothing was logged',
        startUs,
        endUs,
        mark: ' ',
        row,
      }),
    ),
  ].filter(({label}) => filter === '' || contains(filter, label));
  rest.sort((a, b) => (order === 'duration' ? tookUs(b) - tookUs(a) : a.row - b.row) || a.row - b.row);
  return [...stages, ...rest];
}

export function tookUs({startUs, endUs}: Pick<Stretch, 'startUs' | 'endUs'>): number {
  return startUs === null || endUs === null ? 0 : endUs - startUs;
}

const widestLabel = 44;
const tookWidth = 12;

export function timelineHeight(body: number): number {
  return Math.max(1, body - 1);
}

/** A scale, then the visible rows. */
export function timelineLines(state: State, height: number): readonly Line[] {
  const stretches = stretchesOf(state);
  const {columns} = state.size;
  const {cursor, top, filter, order} = state.timeline;
  const label = Math.min(widestLabel, Math.floor(columns * 0.38));
  const bar = Math.max(8, columns - label - tookWidth - 6);
  const from = state.jobs.firstUs ?? 0;
  const lengthUs = Math.max(1, (state.jobs.lastUs ?? 0) - from);
  const culprit = bootOf(state)?.rootCauses[0]?.unit ?? null;
  const shown = stretches.slice(top, top + timelineHeight(height)).map((each, index): Line => {
    const isHere = top + index === cursor;
    const isBad = each.mark === '✗';
    const tone: Tone = isBad ? 'bad' : each.kind === 'phase' ? 'good' : each.kind === 'silence' ? 'warn' : 'note';
    const name = each.kind === 'phase' ? each.label : ` ${each.label}`;
    const head: Span[] = [
      span(isHere ? 'strong' : 'plain', isHere ? '▸ ' : '  '),
      span(isBad ? 'bad' : 'plain', `${each.mark} `),
      span(
        each.kind === 'phase' || each.label === culprit ? 'strong' : each.kind === 'silence' ? 'warn' : 'plain',
        `${fill(name, label - 1)} `,
      ),
    ];
    const took = each.startUs === null || each.endUs === null ? '' : shortTime(tookUs(each));
    return {
      spans: [...head, span(tone, barOf(each, from, lengthUs, bar)), span('dim', took.padStart(tookWidth))],
      isSelected: isHere,
    };
  });
  return [scaleLine(state, label + 4, bar, lengthUs, order, filter), ...shown];
}

function scaleLine({jobs}: State, indent: number, bar: number, lengthUs: number, order: string, filter: string): Line {
  const how = filter === '' ? `by ${order === 'start' ? 'start' : 'time taken'}` : `with “${filter}”`;
  const head = fill(`  ${jobs.done ? how : 'reading the times …'}`, indent);
  if (jobs.firstUs === null) return line(span('dim', `${head}${jobs.done ? 'This log has no times.' : ''}`));
  const end = formatDuration(lengthUs);
  const middle = formatDuration(lengthUs / 2);
  const half = Math.floor(bar / 2);
  const left = fill('0 s', half);
  const room = bar - half - widthOf(end);
  return line(span('dim', head + left + fill(widthOf(middle) < room ? middle : '', room) + end));
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of full and eighth blocks where the stretch lies; a moment is a thin stroke. */
function barOf({startUs, endUs, kind}: Stretch, fromUs: number, lengthUs: number, width: number): string {
  if (startUs === null) return ' '.repeat(width);
  const begin = Math.min(width - 1, Math.max(0, Math.floor(((startUs - fromUs) / lengthUs) * width)));
  const exact = endUs === null ? 0 : Math.min(width - begin, ((endUs - fromUs) / lengthUs) * width - begin);
  const whole = Math.max(0, Math.floor(exact));
  const full = kind === 'silence' ? '░' : '█';
  const rest = kind === 'silence' ? '' : (eighths[Math.floor((exact - whole) * 8)] ?? '');
  const drawn = full.repeat(whole) + rest;
  return fill(' '.repeat(begin) + (drawn === '' ? '▏' : drawn), width);
}

/** µs, exact for what is short. */
export function shortTime(us: number): string {
  if (us < 1000) return '0 ms';
  if (us < 1_000_000) return `${Math.round(us / 1000)} ms`;
  return formatDuration(us);
}
