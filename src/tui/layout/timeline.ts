import {formatDuration} from '../../report/words.js';
import {bootOf, type State} from '../state/state.js';
import {fill, widthOf} from '../text.js';
import {barOf} from './bar.js';
import {type Line, line, type Span, span, type Tone, withScrollbar} from './line.js';
import {type Stretch, stretchesOf, tookUs} from './stretches.js';

const widestLabel = 44;
const narrowestLabel = 26;
const tookWidth = 12;

export function timelineHeight(body: number): number {
  return Math.max(1, body - 1);
}

/** A scale, then the visible rows. */
export function timelineLines(state: State, height: number): readonly Line[] {
  const stretches = stretchesOf(state);
  const {columns} = state.size;
  const {cursor, top} = state.timeline;
  const label = Math.max(narrowestLabel, Math.min(widestLabel, Math.floor(columns * 0.38)));
  const bar = Math.max(8, columns - label - tookWidth - 6);
  const rows = timelineHeight(height);
  const culprit = bootOf(state)?.rootCauses[0]?.unit ?? null;
  const shown = stretches.slice(top, top + rows).map((each, index): Line => {
    const isHere = top + index === cursor;
    const spans = [
      span(isHere ? 'strong' : 'plain', isHere ? '▸ ' : '  '),
      span(each.mark === '✗' ? 'bad' : each.mark === '✓' ? 'good' : 'warn', `${each.mark} `),
      ...labelSpans(each, label, each.label === culprit),
      span(toneOf(each), barOf(each, state.jobs, bar)),
      span('dim', tookWords(each).padStart(tookWidth)),
    ];
    return {spans, isSelected: isHere};
  });
  return [scaleLine(state, label + 4, bar), ...withScrollbar(shown, top, rows, stretches.length)];
}

function toneOf({mark, kind}: Stretch): Tone {
  if (mark === '✗') return 'bad';
  return kind === 'phase' ? 'good' : kind === 'silence' ? 'warn' : 'note';
}

function labelSpans({kind, label, spells}: Stretch, width: number, isCulprit: boolean): Span[] {
  const times = spells.length > 1 ? ` ×${spells.length}` : '';
  const name = kind === 'phase' ? label : ` ${label}`;
  const shown = fill(name, Math.min(widthOf(name), width - 1 - times.length));
  const tone = kind === 'phase' || isCulprit ? 'strong' : kind === 'silence' ? 'dim' : 'plain';
  return [span(tone, shown), span('dim', fill(times, width - widthOf(shown)))];
}

function tookWords(stretch: Stretch): string {
  return stretch.spells.every(({startUs, endUs}) => startUs === null || endUs === null)
    ? ''
    : shortTime(tookUs(stretch));
}

function scaleLine({jobs, timeline}: State, indent: number, bar: number): Line {
  const {order, filter} = timeline;
  const how = filter === '' ? `by ${order === 'start' ? 'start' : 'time taken'}` : `with “${filter}”`;
  const head = fill(`  ${jobs.done ? how : 'reading the times …'}`, indent);
  if (jobs.firstUs === null) return line(span('dim', `${head}${jobs.done ? 'This log has no times.' : ''}`));
  const lengthUs = (jobs.lastUs ?? 0) - jobs.firstUs;
  const end = formatDuration(lengthUs);
  const middle = formatDuration(lengthUs / 2);
  const half = Math.floor(bar / 2);
  const left = fill('0 s', half);
  const room = bar - half - widthOf(end);
  return line(span('dim', head + left + fill(widthOf(middle) < room ? middle : '', room) + end));
}

/** µs, exact for what is short. */
export function shortTime(us: number): string {
  if (us < 1000) return '0 ms';
  if (us < 1_000_000) return `${Math.round(us / 1000)} ms`;
  return formatDuration(us);
}
