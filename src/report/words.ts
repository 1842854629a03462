/** Words of reports that several formats share. */
import {styleText} from 'node:util';
import type {Boot, Cause, Effect, Outcome, Report, Source} from '../model/report.js';

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Colours text, or leaves it as it is. */
export function createPaint(color: boolean): Paint {
  return color ? (style, text) => styleText(style, text, {validateStream: false}) : (_style, text) => text;
}

/** Breaks text at blanks into lines of at most `width` characters; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** µs as people say it: `2 min 3 s`, `41.3 s`. */
export function formatDuration(us: number): string {
  const seconds = us / 1_000_000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 rule`, `2 rules`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What is code in a sentence: something between backticks that stands by itself. */
const quoted = /`(?<=(?:^|\s)[("“'‘]*`)([^`]+)`(?=[)”"'’,.:;!?]*(?:\s|$))/;

/** A sentence in parts, every second of them code: that stood between backticks. */
export function codeParts(sentence: string): readonly string[] {
  return sentence.split(quoted);
}

/** Bytes in the units that people read: `78 kB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Marks say by their form what colours say. */
export const outcomeMarks: Readonly<Record<Outcome, string>> = {
  healthy: '✔',
  degraded: '▲',
  emergency: '✖',
  panic: '✖',
  hang: '✖',
  reboot: '✖',
  incomplete: '?',
};

export function certaintyOf({confidence, rule}: Cause): string {
  if (confidence !== 'guess') return confidence;
  return rule === null ? 'a guess: no rule knows this failure' : 'a guess';
}

/** The unit and the stage in which it happened, as far as they are known. */
export function placeWords({unit, phase}: Cause, boot: Boot): readonly string[] {
  const runs = boot.units.find(({name}) => name === unit)?.invocations ?? 1;
  return [
    ...(unit === null ? [] : [`${unit}${runs > 1 ? `, first of ${runs} runs` : ''}`]),
    ...(phase === 'unknown' ? [] : [`in ${phase === 'kernel' ? 'the kernel' : phase}`]),
  ];
}

/** Causes that the user knows already: `--ignore`. */
export function isKnown({ignored}: Cause): boolean {
  return ignored === true;
}

/** What was hidden, in words; none where that was not asked for. */
export function hiddenWords({redactions}: Report): string | null {
  if (redactions === undefined) return null;
  if (redactions.length === 0) return 'nothing was found that had to be hidden';
  return redactions.map(({kind, count: times, different}) => `${times} × ${kind} (${different} different)`).join(', ');
}

/** `line 7`, `lines 7 … 90`, of several files with the name of the one; empty where there is no line. */
export function placeOf(
  {evidence, lastLine}: Pick<Effect, 'evidence' | 'lastLine'>,
  sources?: readonly Source[],
): string {
  const [first] = evidence;
  if (first === undefined) return '';
  const file = sources?.[first.source ?? 0]?.name;
  const lines =
    lastLine !== undefined && lastLine !== first.line ? `lines ${first.line} … ${lastLine}` : `line ${first.line}`;
  return file === undefined ? lines : `${file}, ${lines}`;
}

/** What was left out of the log, or could not be read. */
export function notesOn({truncated, notices = []}: Source): readonly string[] {
  if (notices.length > 0 || !truncated) return notices.map(stripped);
  return ['a line was too long to keep; what stood in it was searched all the same.'];
}

/** File names are text of somebody else's, too. */
function stripped(text: string): string {
  return text.replace(/[\0-\x1f\x7f-\x9f]/g, '?');
}
