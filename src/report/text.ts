import type {Boot, Cause, Effect, Fix, Outcome, Report} from '../model/report.js';
import {bootPath, type Step, stepMarks, whereItStopped} from './boot-path.js';
import {
  certaintyOf,
  count,
  createPaint,
  formatDuration,
  isKnown,
  notesOn,
  outcomeMarks,
  type Paint,
  placeOf,
  placeWords,
  type Style,
  wrap,
} from './words.js';

export interface TextOptions {
  readonly color: boolean;
  /** Columns of the terminal; text is wrapped to it, lines of the log are not. */
  readonly width: number;
}

const styles: Readonly<Record<Outcome, Style>> = {
  healthy: 'green',
  degraded: 'yellow',
  emergency: 'red',
  panic: 'red',
  hang: 'red',
  reboot: 'red',
  incomplete: 'yellow',
};
const widest = 100;
/** Root causes told in full; of more, the reader needs the list. */
const maxCauses = 5;
const maxListed = 12;
const maxNotices = 6;
const maxEffects = 12;

/** The report for a terminal or a pipe: the verdict first, then the cause, its evidence, what followed, what to do. */
export function renderText(report: Report, {color, width}: TextOptions): string {
  const paint = createPaint(color);
  const columns = Math.max(40, Math.min(width, widest));
  const total = report.boots.length;
  const parts = report.boots.map(boot => renderBoot(boot, total, report, paint, columns));
  if (total === 0) parts.push(`${paint('yellow', '?')} Nothing was read: the log is empty.\n`);
  const notes = notesOn(report.source).flatMap(note => wrap(`Note: ${note}`, columns).map(line => `${line}\n`));
  const more = [notes.join(''), redactionTable(report, paint)];
  return [...parts, ...more.filter(text => text !== '')].join('\n');
}

/** What was replaced, and how often. */
function redactionTable({redactions}: Report, paint: Paint): string {
  if (redactions === undefined) return '';
  const rows = redactions.map(
    ({kind, count: times, different}) => `  ${`×${times}`.padEnd(5)} ${kind.padEnd(32)} ${different} different`,
  );
  const heading = rows.length === 0 ? 'Nothing was found that had to be hidden' : 'Hidden in this report';
  return [paint('dim', heading), ...rows, ''].join('\n');
}

function renderBoot(boot: Boot, total: number, report: Report, paint: Paint, columns: number): string {
  const mark = paint(styles[boot.outcome], outcomeMarks[boot.outcome]);
  const lines = wrap(boot.verdict, columns - 2).map((line, index) =>
    index === 0 ? `${mark} ${paint('bold', line)}` : `  ${paint('bold', line)}`,
  );
  lines.push(...wrap(factsOf(boot, total, report), columns - 2).map(line => paint('dim', `  ${line}`)));
  lines.push(...pathLines(boot, paint, columns - 2).map(line => `  ${line}`));
  const files = (report.sources ?? []).map(({name}) => name);
  const causes = boot.rootCauses.filter(cause => !isKnown(cause));
  for (const [index, cause] of causes.slice(0, maxCauses).entries())
    lines.push('', ...renderCause(cause, boot, index, paint, columns, files));
  const others = causes.slice(maxCauses);
  if (others.length > 0) lines.push('', ...renderList('Other root causes', others, maxListed, paint, columns));
  const known = [...boot.rootCauses, ...boot.notices].filter(isKnown);
  if (known.length > 0)
    lines.push('', ...renderList('Known, not counted (--ignore)', known, maxNotices, paint, columns));
  if (boot.rootCauses.length === 0) lines.push(...stopLines(boot));
  const notices = boot.notices.filter(cause => !isKnown(cause));
  if (notices.length > 0)
    lines.push('', ...renderList('Worth knowing (broke nothing)', notices, maxNotices, paint, columns));
  return `${lines.join('\n')}\n`;
}

function factsOf(boot: Boot, total: number, {source}: Report): string {
  const facts = [
    boot.kernel === null ? null : `Linux ${boot.kernel}`,
    total > 1
      ? `boot ${boot.index + 1} of ${total}, lines ${boot.firstLine} to ${boot.lastLine}`
      : count(source.lines, 'line'),
    boot.durationUs === null ? null : formatDuration(boot.durationUs),
    source.formats.length === 0 ? null : `read as ${source.formats.join(', ')}`,
  ];
  return facts.filter(fact => fact !== null).join(' · ');
}

const stepStyles: Readonly<Record<Step['state'], Style>> = {
  passed: 'green',
  stopped: 'red',
  open: 'yellow',
  unseen: 'dim',
};

/** firmware → boot loader ✓ → kernel ✓ → initrd ✗: which stages were seen, and where it stopped. */
function pathLines(boot: Boot, paint: Paint, columns: number): string[] {
  const lines: string[] = [];
  let width = columns;
  for (const {words, state} of bootPath(boot)) {
    const mark = stepMarks[state];
    const step = paint(stepStyles[state], `${words}${mark}`);
    const length = words.length + mark.length + 3;
    if (width + length > columns) {
      lines.push(lines.length === 0 ? step : `${paint('dim', '→')} ${step}`);
      width = length;
    } else {
      lines.push(`${lines.pop()}${paint('dim', ' → ')}${step}`);
      width += length;
    }
  }
  return lines;
}

function renderCause(
  cause: Cause,
  boot: Boot,
  index: number,
  paint: Paint,
  columns: number,
  files: readonly string[],
): string[] {
  const label = index === 0 ? 'Root cause' : 'Also';
  const indent = ' '.repeat(12);
  const lines = wrap(cause.title, columns - 12).map(
    (line, row) => `${row === 0 ? paint('dim', label.padEnd(12)) : indent}${paint('bold', line)}`,
  );
  const facts = [cause.severity, certaintyOf(cause), ...placeWords(cause, boot)].join(' · ');
  lines.push(...wrap(facts, columns - 12).map(line => indent + paint('dim', line)), '');
  const number = Math.max(5, ...cause.evidence.map(({line}) => String(line).length));
  let file: string | undefined;
  for (const {line, text, source = 0} of cause.evidence.slice(0, 5)) {
    // Of several files the line's, where another begins.
    if (files[source] !== file) lines.push(`  ${paint('dim', `${files[source]}:`)}`);
    file = files[source];
    lines.push(`  ${paint('dim', `${String(line).padStart(number)} │`)} ${text}`);
  }
  if (cause.explanation !== '') lines.push('', ...wrap(cause.explanation, columns - 2).map(line => `  ${line}`));
  if (cause.effects.length > 0) lines.push('', ...renderEffects(cause.effects, paint, columns));
  if (cause.fix.length > 0)
    lines.push('', 'What to do', ...cause.fix.flatMap((fix, at) => renderFix(fix, at, paint, columns)));
  const references = cause.references.map(({title, url}) => `  ${title}: ${url}`);
  if (references.length > 0 || cause.rule !== null) lines.push('');
  if (cause.rule !== null) lines.push(paint('dim', `  rule ${cause.rule}`));
  lines.push(...references.map(line => paint('dim', line)));
  return lines;
}

function renderEffects(effects: readonly Effect[], paint: Paint, columns: number): string[] {
  const lines = ['What followed from it (not causes)'];
  for (const effect of effects.slice(0, maxEffects)) {
    const {title, count} = effect;
    const place = placeOf(effect);
    const wrapped = wrap(title, columns - 8 - 22);
    lines.push(
      `  ${`×${count}`.padEnd(5)} ${(wrapped[0] ?? '').padEnd(Math.max(columns - 30, 20))} ${paint('dim', place)}`.trimEnd(),
    );
    lines.push(...wrapped.slice(1).map(line => `        ${line}`));
  }
  if (effects.length > maxEffects) lines.push(paint('dim', `        and ${effects.length - maxEffects} more`));
  return lines;
}

function renderFix(fix: Fix, index: number, paint: Paint, columns: number): string[] {
  const risk = fix.risk === 'safe' ? '' : ` (${fix.risk})`;
  const lines = wrap(`${fix.do}${risk}`, columns - 5).map(
    (line, row) => `  ${row === 0 ? `${index + 1}  ` : '   '}${line}`,
  );
  if (fix.command !== undefined) lines.push(`       ${paint('cyan', fix.command)}`);
  return lines;
}

/** The titles, with the line each begins at. */
function renderList(heading: string, causes: readonly Cause[], max: number, paint: Paint, columns: number): string[] {
  const lines = [paint('dim', heading)];
  for (const {title, evidence} of causes.slice(0, max)) {
    const line = evidence[0]?.line;
    const [first = '', ...rest] = wrap(`${title}${line === undefined ? '' : ` (line ${line})`}`, columns - 4);
    lines.push(`  · ${first}`, ...rest.map(more => `    ${more}`));
  }
  if (causes.length > max) lines.push(paint('dim', `    and ${causes.length - max} more; --format json lists all`));
  return lines;
}

function stopLines(boot: Boot): string[] {
  const lines = whereItStopped(boot).map(sentence => `  ${sentence}`);
  return lines.length === 0 ? [] : ['', ...lines];
}
