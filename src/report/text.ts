import type {Boot, Cause, Effect, Fix, Outcome, PhaseName, Report, Source} from '../model/report.js';
import {createPaint, formatDuration, type Paint, type Style, wrap} from './words.js';

export interface TextOptions {
  readonly color: boolean;
  /** Columns of the terminal; text is wrapped to it, lines of the log are not. */
  readonly width: number;
}

const marks: Readonly<Record<Outcome, string>> = {
  healthy: '✔',
  degraded: '▲',
  emergency: '✖',
  panic: '✖',
  hang: '✖',
  reboot: '✖',
  incomplete: '?',
};
const styles: Readonly<Record<Outcome, Style>> = {
  healthy: 'green',
  degraded: 'yellow',
  emergency: 'red',
  panic: 'red',
  hang: 'red',
  reboot: 'red',
  incomplete: 'yellow',
};
const path: readonly (readonly [PhaseName, string])[] = [
  ['firmware', 'firmware'],
  ['bootloader', 'boot loader'],
  ['kernel', 'kernel'],
  ['initrd', 'initrd'],
  ['switch-root', 'switch root'],
  ['userspace', 'userspace'],
];
const widest = 100;
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
  return [...parts, ...(notes.length === 0 ? [] : [notes.join('')])].join('\n');
}

/** What was left out of the log, or could not be read. */
function notesOn({truncated, notices = []}: Source): readonly string[] {
  if (notices.length > 0 || !truncated) return notices.map(stripped);
  return ['a line was too long to keep; what stood in it was searched all the same.'];
}

/** File names are text of somebody else's, too. */
function stripped(text: string): string {
  return text.replace(/[\0-\x1f\x7f-\x9f]/g, '?');
}

function renderBoot(boot: Boot, total: number, report: Report, paint: Paint, columns: number): string {
  const mark = paint(styles[boot.outcome], marks[boot.outcome]);
  const lines = wrap(boot.verdict, columns - 2).map((line, index) =>
    index === 0 ? `${mark} ${paint('bold', line)}` : `  ${paint('bold', line)}`,
  );
  lines.push(...wrap(factsOf(boot, total, report), columns - 2).map(line => paint('dim', `  ${line}`)));
  if (boot.phases.length > 0) lines.push(...bootPath(boot, paint, columns - 2).map(line => `  ${line}`));
  for (const [index, cause] of boot.rootCauses.entries())
    lines.push('', ...renderCause(cause, boot, index, paint, columns));
  if (boot.rootCauses.length === 0) lines.push(...whereItStopped(boot));
  if (boot.notices.length > 0) lines.push('', ...renderNotices(boot.notices, paint, columns));
  return `${lines.join('\n')}\n`;
}

function factsOf(boot: Boot, total: number, {source}: Report): string {
  const facts = [
    boot.kernel === null ? null : `Linux ${boot.kernel}`,
    total > 1
      ? `boot ${boot.index + 1} of ${total}, lines ${boot.firstLine} to ${boot.lastLine}`
      : `${source.lines} lines`,
    boot.durationUs === null ? null : formatDuration(boot.durationUs),
    source.formats.length === 0 ? null : `read as ${source.formats.join(', ')}`,
  ];
  return facts.filter(fact => fact !== null).join(' · ');
}

/** firmware → boot loader ✓ → kernel ✓ → initrd ✗: which stages were seen, and where it stopped. */
function bootPath(boot: Boot, paint: Paint, columns: number): string[] {
  const seen = new Set(boot.phases.map(({name}) => name));
  // Consoles mostly do not show the moment itself.
  if (seen.has('initrd') && seen.has('userspace')) seen.add('switch-root');
  const last = boot.phases.filter(({name}) => name !== 'shutdown').at(-1)?.name;
  const first = path.findIndex(([name]) => seen.has(name));
  const lines: string[] = [];
  let width = columns;
  for (const [name, words] of path.slice(Math.max(first, 0))) {
    const [style, mark] = stepStyle(boot.outcome, name === last, seen.has(name));
    const step = paint(style, `${words}${mark}`);
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

function stepStyle(outcome: Outcome, isLast: boolean, isSeen: boolean): [style: Style, mark: string] {
  if (!isSeen) return ['dim', ''];
  if (!isLast) return ['green', ' ✓'];
  if (outcome === 'incomplete') return ['yellow', ' …'];
  return outcome === 'healthy' || outcome === 'degraded' ? ['green', ' ✓'] : ['red', ' ✗'];
}

function renderCause(cause: Cause, boot: Boot, index: number, paint: Paint, columns: number): string[] {
  const label = index === 0 ? 'Root cause' : 'Also';
  const indent = ' '.repeat(12);
  const certainty =
    cause.confidence === 'guess'
      ? cause.rule === null
        ? 'a guess: no rule knows this failure'
        : 'a guess'
      : cause.confidence;
  const lines = wrap(cause.title, columns - 12).map(
    (line, row) => `${row === 0 ? paint('dim', label.padEnd(12)) : indent}${paint('bold', line)}`,
  );
  const facts = `${cause.severity} · ${certainty}${where(cause, boot)}`;
  lines.push(...wrap(facts, columns - 12).map(line => indent + paint('dim', line)), '');
  const number = Math.max(5, ...cause.evidence.map(({line}) => String(line).length));
  for (const {line, text} of cause.evidence.slice(0, 5))
    lines.push(`  ${paint('dim', `${String(line).padStart(number)} │`)} ${text}`);
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

function where(cause: Cause, boot: Boot): string {
  const runs = boot.units.find(({name}) => name === cause.unit)?.invocations ?? 1;
  const unit = cause.unit === null ? '' : ` · ${cause.unit}${runs > 1 ? `, first of ${runs} runs` : ''}`;
  return `${unit}${cause.phase === 'unknown' ? '' : ` · in ${cause.phase === 'kernel' ? 'the kernel' : cause.phase}`}`;
}

function renderEffects(effects: readonly Effect[], paint: Paint, columns: number): string[] {
  const lines = ['What followed from it (not causes)'];
  for (const {title, count, evidence, lastLine} of effects.slice(0, maxEffects)) {
    const first = evidence[0]?.line;
    const place =
      first === undefined
        ? ''
        : lastLine !== undefined && lastLine !== first
          ? `lines ${first} … ${lastLine}`
          : `line ${first}`;
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

function renderNotices(notices: readonly Cause[], paint: Paint, columns: number): string[] {
  const lines = [paint('dim', 'Worth knowing (broke nothing)')];
  for (const {title, evidence} of notices.slice(0, maxNotices)) {
    const line = evidence[0]?.line;
    const [first = '', ...rest] = wrap(`${title}${line === undefined ? '' : ` (line ${line})`}`, columns - 4);
    lines.push(`  · ${first}`, ...rest.map(more => `    ${more}`));
  }
  if (notices.length > maxNotices)
    lines.push(paint('dim', `    and ${notices.length - maxNotices} more; --format json lists all`));
  return lines;
}

function whereItStopped(boot: Boot): string[] {
  if (boot.outcome === 'healthy' || boot.outcome === 'incomplete') return [];
  const lines = boot.stoppedAt === null ? [] : [`  It got as far as ${boot.stoppedAt}.`];
  if (boot.waitingFor.length > 0) lines.push(`  It was waiting for ${boot.waitingFor.join(', ')}.`);
  return lines.length === 0 ? [] : ['', ...lines];
}
