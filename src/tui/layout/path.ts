import type {Boot} from '../../model/report.js';
import {bootPath, type Step, stepMarks} from '../../report/boot-path.js';
import {cut, widthOf} from '../text.js';
import {type Line, line, type Span, span, type Tone} from './line.js';

interface ShownStep {
  readonly words: string;
  readonly mark: string;
  readonly tone: Tone;
}

const tones: Readonly<Record<Step['state'], Tone>> = {passed: 'good', stopped: 'bad', open: 'warn', unseen: 'dim'};

/** firmware ✓ → kernel ✓ → initrd ✗ unit → switch root → userspace, shortened until it fits. `isOver`: the boot is. */
export function pathLine(boot: Boot, isOver: boolean, columns: number): Line {
  const steps = bootPath(boot).map(step => shownStep(step, boot, isOver));
  const culprit = boot.rootCauses[0]?.unit?.replace(/\.service$/, '') ?? null;
  const withCulprit = steps.map(step =>
    culprit !== null && isTrouble(step) ? {...step, mark: `${step.mark} ${culprit}`} : step,
  );
  for (const shown of [withCulprit, steps, ...steps.map((_step, index) => steps.slice(index + 1))]) {
    const isCut = shown.length < steps.length;
    const width = shown.reduce((sum, {words, mark}) => sum + widthOf(words + mark) + 3, isCut ? 1 : -3);
    if (width > columns) continue;
    const spans = shown.flatMap(({words, mark, tone}, index): Span[] => [
      ...(index > 0 ? [span('dim', ' → ')] : []),
      span(tone, words + mark),
    ]);
    return line('  ', ...(isCut ? [span('dim', '… → ')] : []), ...spans);
  }
  return line('');
}

const trouble = ' ▲';

function isTrouble({mark}: ShownStep): boolean {
  return mark === trouble || mark === stepMarks.stopped;
}

function shownStep({name, words, state}: Step, boot: Boot, isOver: boolean): ShownStep {
  // It went on from there, but not whole.
  if (boot.outcome === 'degraded' && state !== 'unseen' && name === boot.rootCauses[0]?.phase)
    return {words, mark: trouble, tone: 'warn'};
  const shown = state === 'stopped' && !isOver ? 'open' : state;
  return {words, mark: stepMarks[shown], tone: tones[shown]};
}

/** What the stage does that it got to. */
export function stageLine(boot: Boot, isOver: boolean, columns: number): Line {
  const stage = bootPath(boot).findLast(({state}) => state !== 'unseen');
  if (stage === undefined) return line('');
  const isUp = boot.outcome === 'healthy' || boot.outcome === 'degraded';
  const where = !isOver ? 'It is in' : isUp ? 'It got to' : 'It stopped in';
  return line(span('dim', cut(`  ${where} the ${stage.words} stage, which ${stage.does}.`, columns)));
}
