import {formatDuration, outcomeMarks} from '../../report/words.js';
import {helpOf} from '../help.js';
import type {Overlay, State} from '../state/state.js';
import {cut, fill, widthOf} from '../text.js';
import {blank, type Line, line, span, withScrollbar} from './line.js';

/** Names of all units that can be chosen: those that failed, then all others that the log tells of. */
export function unitChoices(state: State): readonly string[] {
  const failed = (state.report?.boots.at(state.boot ?? -1)?.units ?? []).map(({name}) => name);
  const others = [...new Set(state.jobs.jobs.map(({subject}) => subject))]
    .filter(name => /\.[a-z]+$/.test(name))
    .sort();
  return [...new Set([...failed, ...others])];
}

export function overlayCount(state: State, overlay: Overlay): number {
  if (overlay.kind === 'help') return helpLines(state.size.columns).length;
  return overlay.kind === 'boots' ? (state.report?.boots.length ?? 0) : unitChoices(state).length;
}

export function overlayHeight(body: number): number {
  return Math.max(1, body - 2);
}

export function overlayLines(state: State, overlay: Overlay, height: number): readonly Line[] {
  const {columns} = state.size;
  const rows = overlayHeight(height);
  if (overlay.kind === 'help') {
    const all = helpLines(columns);
    const shown = all.slice(overlay.top, overlay.top + rows);
    return [title('Keys', ''), blank, ...withScrollbar(shown, overlay.top, rows, all.length)];
  }
  const lines = overlay.kind === 'boots' ? bootLines(state) : unitChoices(state).map(name => [name] as const);
  const shown = lines.slice(overlay.top, overlay.top + rows).map((cells, index): Line => {
    const isHere = overlay.top + index === overlay.cursor;
    return {
      spans: [span(isHere ? 'strong' : 'plain', cut(`${isHere ? '▸' : ' '} ${cells[0]}`, columns - 1))],
      isSelected: isHere,
    };
  });
  const empty = overlay.kind === 'units' ? 'The log tells of no unit by name.' : 'No boot was read yet.';
  return [
    title(overlay.kind === 'boots' ? 'Which boot' : 'Log of which unit', 'Enter chooses, Esc goes back'),
    blank,
    ...(shown.length === 0 ? [line(`  ${empty}`)] : withScrollbar(shown, overlay.top, rows, lines.length)),
  ];
}

function title(text: string, hint: string): Line {
  return line('  ', span('strong', text), span('dim', hint === '' ? '' : `   ${hint}`));
}

function bootLines(state: State): readonly (readonly [string])[] {
  const boots = state.report?.boots ?? [];
  return boots.map(boot => {
    const mark = outcomeMarks[boot.outcome];
    const took = boot.durationUs === null ? '' : formatDuration(boot.durationUs);
    return [`${String(boot.index + 1).padStart(3)}  ${mark} ${fill(boot.outcome, 11)}${fill(took, 12)}${boot.verdict}`];
  });
}

const keyColumn = 26;
/** From here on two columns of keys stand side by side. */
const twoColumns = 140;
const mouse = [
  'The wheel scrolls. A click chooses, and opens what is chosen.',
  'To select text with the mouse, hold Shift (Option in some terminals).',
];

function helpLines(columns: number): readonly Line[] {
  const sections = helpOf().map(({title: section, keys}) => [
    line('  ', span('strong', section)),
    ...keys.map(({keys: names, help}) => keyLine(names, help, columns)),
    blank,
  ]);
  const hints = [line('  ', span('strong', 'Mouse')), ...mouse.map(words => line('    ', cut(words, columns - 5)))];
  const all = [...sections, hints];
  if (columns < twoColumns) return all.flat();
  const half = columns >> 1;
  const [left, right] = [[...(all[0] ?? []), ...hints], all.slice(1, -1).flat()];
  return Array.from({length: Math.max(left.length, right.length)}, (_each, row) => {
    const {spans} = left[row] ?? blank;
    const used = spans.reduce((sum, {text}) => sum + widthOf(text), 0);
    return line(...spans, ' '.repeat(Math.max(0, half - used)), ...(right[row] ?? blank).spans);
  });
}

function keyLine(names: string, help: string, columns: number): Line {
  const room = (columns < twoColumns ? columns : columns >> 1) - keyColumn - 5;
  return line('    ', span('code', fill(names, keyColumn)), cut(help, room));
}
