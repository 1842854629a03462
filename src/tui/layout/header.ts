import type {Boot, PhaseName} from '../../model/report.js';
import {formatDuration} from '../../report/words.js';
import {bootOf, causesOf, isSettled, type Screen, type State, screens} from '../state/state.js';
import {cut, widthOf, wrapColumns} from '../text.js';
import {type Line, line, type Span, span} from './line.js';
import {counted, formatBytes, outcomeMarks, stages} from './words.js';

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
          : `Reading the log; found so far: ${counted(found, 'cause')}`,
      ),
    ];
  }
  const {mark, tone} = outcomeMarks[boot.outcome];
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
    counted(progress.rows, 'line'),
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

interface Step {
  readonly words: string;
  readonly mark: string;
  readonly tone: Span['tone'];
}

/** firmware ✓ → kernel ✓ → initrd ✗ unit → switch root → userspace, shortened until it fits. */
function pathLine(boot: Boot, isOver: boolean, columns: number): Line {
  const steps = stepsOf(boot, isOver);
  const culprit = boot.rootCauses[0]?.unit?.replace(/\.service$/, '') ?? null;
  const failed = steps.findIndex(({mark}) => mark === ' ✗' || mark === ' ▲');
  const withCulprit = steps.map((step, index) =>
    index === failed && culprit !== null ? {...step, mark: `${step.mark} ${culprit}`} : step,
  );
  for (const shown of [withCulprit, steps, ...steps.map((_step, index) => steps.slice(index + 1))]) {
    const isCut = shown.length < steps.length;
    const width = shown.reduce((sum, {words, mark}) => sum + widthOf(words + mark) + 3, isCut ? 1 : -3);
    if (width > columns) continue;
    const spans = shown.flatMap(({words, mark, tone}, index): Span[] => [
      ...(index > 0 ? [span('dim', ' → ')] : []),
      {text: words + mark, ...(tone !== undefined && {tone})},
    ]);
    return line('  ', ...(isCut ? [span('dim', '… → ')] : []), ...spans);
  }
  return line('');
}

function lastStage(boot: Boot): PhaseName | undefined {
  return boot.phases.filter(({name}) => name !== 'shutdown').at(-1)?.name;
}

function stepsOf(boot: Boot, isOver: boolean): Step[] {
  const seen = new Set(boot.phases.map(({name}) => name));
  // Consoles mostly do not show the moment itself.
  if (seen.has('initrd') && seen.has('userspace')) seen.add('switch-root');
  const last = lastStage(boot);
  const first = Math.max(
    0,
    stages.findIndex(({name}) => seen.has(name)),
  );
  return stages.slice(first).map(({name, words}): Step => {
    if (!seen.has(name)) return {words, mark: '', tone: 'dim'};
    // It went on from there, but not whole.
    if (boot.outcome === 'degraded' && name === boot.rootCauses[0]?.phase) return {words, mark: ' ▲', tone: 'warn'};
    if (name !== last || boot.outcome === 'healthy' || boot.outcome === 'degraded')
      return {words, mark: ' ✓', tone: 'good'};
    return boot.outcome === 'incomplete' || !isOver
      ? {words, mark: ' …', tone: 'warn'}
      : {words, mark: ' ✗', tone: 'bad'};
  });
}

function stageLine(boot: Boot, isOver: boolean, columns: number): Line {
  const stage = stages.find(({name}) => name === lastStage(boot));
  if (stage === undefined) return line('');
  const isUp = boot.outcome === 'healthy' || boot.outcome === 'degraded';
  const where = !isOver ? 'It is in' : isUp ? 'It got to' : 'It stopped in';
  return line(span('dim', cut(`  ${where} the ${stage.words} stage, which ${stage.does}.`, columns)));
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
