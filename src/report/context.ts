import type {Boot, Evidence, Report} from '../model/report.js';

/** A line of the log as a report shows it. */
export interface ShownLine {
  readonly source: number;
  readonly line: number;
  readonly text: string;
  readonly isEvidence: boolean;
  /** What stands between this line and the one before is left out. */
  readonly afterGap: boolean;
}

const widestContext = 240;

/** Evidence and up to `around` lines before and after each of it, in the order of the log; alone where there are no excerpts. */
export function inContext(boot: Boot, evidence: readonly Evidence[], around: number): readonly ShownLine[] {
  const shown = new Map<string, Omit<ShownLine, 'afterGap'>>();
  const add = (source: number, line: number, text: string, isEvidence: boolean): void => {
    const key = `${source}:${line}`;
    if (isEvidence || !shown.has(key)) shown.set(key, {source, line, text, isEvidence});
  };
  for (const {line, source = 0, text} of evidence) {
    const near = linesAround(boot, source, line, around);
    for (const each of near) add(source, each.line, cut(each.text), false);
    const own = near.find(each => each.line === line)?.text;
    // Of a long line, and of one that is two messages, the evidence is a part.
    add(source, line, own?.includes(text) === true && own.length < text.length + 200 ? own : text, true);
  }
  const sorted = [...shown.values()].sort((a, b) => a.source - b.source || a.line - b.line);
  return sorted.map((each, index) => {
    const before = sorted[index - 1];
    return {...each, afterGap: before !== undefined && !follows(boot, before, each)};
  });
}

interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

/** What stands around evidence is there to be recognized. */
function cut(text: string): string {
  return text.length > widestContext ? `${text.slice(0, widestContext)}…` : text;
}

/** The last lines of the boot, as far as the report has them. */
export function lastLines(boot: Boot, {sources}: Report, count: number): readonly NumberedLine[] {
  const last = boot.excerpts?.at(-1);
  if (last === undefined) return [];
  const lines = numbered(last);
  // Of several files a boot does not say which it ends in; the end of them all is known.
  const isEnd =
    sources === undefined || (last.source === sources.length - 1 && lines.at(-1)?.line === sources.at(-1)?.lines);
  return isEnd ? lines.slice(-count).map(({line, text}) => ({line, text: cut(text)})) : [];
}

export function numbered({
  firstLine,
  lineNumbers,
  lines,
}: NonNullable<Boot['excerpts']>[number]): readonly NumberedLine[] {
  return lines.map((text, index) => ({line: lineNumbers?.[index] ?? firstLine + index, text}));
}

function linesAround(boot: Boot, source: number, line: number, around: number): readonly NumberedLine[] {
  for (const excerpt of boot.excerpts ?? []) {
    if ((excerpt.source ?? 0) !== source) continue;
    const lines = numbered(excerpt);
    const at = lines.findIndex(each => each.line === line);
    if (at >= 0) return lines.slice(Math.max(0, at - around), at + around + 1);
  }
  return [];
}

function follows(boot: Boot, before: Pick<ShownLine, 'source' | 'line'>, after: Pick<ShownLine, 'source' | 'line'>) {
  if (before.source !== after.source) return false;
  if (after.line === before.line + 1) return true;
  const [, next] = linesAround(boot, before.source, before.line, 1).filter(({line}) => line >= before.line);
  return next?.line === after.line;
}
