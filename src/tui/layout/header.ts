import type {Boot} from '../../model/report.js';
import {count, formatBytes, formatDuration, outcomeMarks} from '../../report/words.js';
import {bootOf, causesOf, isSettled, type Screen, type State, screens} from '../state/state.js';
import {cut, widthOf, wrapColumns} from '../text.js';
import {type Line, line, type Span, span} from './line.js';
import {pathLine, stageLine} from './path.js';
import {outcomeTones} from './words.js';

const titles: Readonly<Record<Screen, string>> = {causes: 'Causes', timeline: 'Timeline', units: 'Units', log: 'Log'};
const shortestWithStage = 28;
const maxVerdictLines = 2;

/** What stays in sight on every screen: verdict, facts, the boot's path, the screens. */
export function headerOf(state: State): readonly Line[] {
  const {columns, rows} = state.size;
  const boot = bootOf(state);
  const lines = [...verdictLines(state, boot, columns), factsLine(state, boot, columns)];
  if (boot !== null && boot.phases.length > 0) {
    const isOver = isSettled(state, boot);
    lines.push(pathLine(boot, isOver, columns - 2));
    if (rows >= shortestWithStage) lines.push(stageLine(boot, isOver, columns));
  }
  lines.push(tabsLine(state));
  return lines;
}

function verdictLines(state: State, boot: Boot | null, columns: number): Line[] {
  const {progress} = state;
  if (progress.error !== null && boot === null)
    return [line(span('bad', '✖ '), span('strong', cut(progress.error, columns - 2)))];
  if (boot === null)
    return [line(span('note', '… '), progress.done ? 'Nothing was read: the log is empty.' : 'Reading the log')];
  if (!isSettled(state, boot)) {
    const found = causesOf(boot).filter(({isNotice}) => !isNotice).length;
    return [
      line(
        span('note', '… '),
        found === 0
          ? 'Reading the log; nothing has failed so far'
          : `Reading the log; found so far: ${count(found, 'cause')}`,
      ),
    ];
  }
  const mark = outcomeMarks[boot.outcome];
  const tone = outcomeTones[boot.outcome];
  const all = wrapColumns(boot.verdict, columns - 3);
  const shown = all.slice(0, maxVerdictLines);
  if (all.length > shown.length) shown[shown.length - 1] = cut(`${shown.at(-1)} ${all[shown.length]}`, columns - 3);
  return shown.map((text, index) => line(span(tone, index === 0 ? `${mark} ` : '  '), span('strong', text)));
}

function factsLine({report, progress}: State, boot: Boot | null, columns: number): Line {
  const total = report?.boots.length ?? 0;
  const facts = [
    boot === null || total < 2 ? null : `boot ${boot.index + 1} of ${total}`,
    boot?.kernel == null ? null : `Linux ${boot.kernel}`,
    boot?.durationUs == null ? null : formatDuration(boot.durationUs),
    count(progress.rows, 'line'),
  ].filter(fact => fact !== null);
  const reading = readingWords(progress);
  const shown = cut(`  ${facts.join(' · ')}`, columns - widthOf(reading) - 2);
  const gap = ' '.repeat(Math.max(1, columns - widthOf(shown) - widthOf(reading) - 1));
  return line(span('dim', shown), gap, span(progress.error === null ? 'note' : 'bad', reading));
}

function readingWords({done, error, bytes, total}: State['progress']): string {
  if (error !== null) return '✖ reading failed';
  if (done) return '';
  const share = total === null || total === 0 ? '' : ` ${Math.min(99, Math.floor((100 * bytes) / total))} %`;
  return `reading${share} · ${formatBytes(bytes)}`;
}

/** Where on the line of tabs each screen's title is. */
export function tabsOf(): readonly {readonly screen: Screen; readonly text: string; readonly from: number}[] {
  let from = 1;
  return screens.map((screen, index) => {
    const text = ` ${index + 1} ${titles[screen]} `;
    const tab = {screen, text, from};
    from += text.length + 1;
    return tab;
  });
}

function tabsLine(state: State): Line {
  const spans = tabsOf().flatMap(({screen, text}): Span[] => [
    {text: ' '},
    screen === state.screen ? span('strong', `[${text.trim()}]`) : span('dim', text),
  ]);
  const rest = Math.max(0, state.size.columns - 1 - spans.reduce((sum, {text}) => sum + widthOf(text), 0));
  const marks = [state.isRedacted ? 'redacted' : ''].filter(mark => mark !== '').join(' ');
  const dashes = Math.max(0, rest - marks.length - 2);
  return line(...spans, span('dim', ` ${'─'.repeat(dashes)} `), span('warn', marks));
}
