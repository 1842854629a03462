import type {Boot, PhaseName, Stretch} from '../../model/report.js';
import {formatDuration} from '../words.js';
import type {PageLog} from './log.js';
import {type Html, html} from './template.js';

const phaseWords: Readonly<Record<PhaseName, string>> = {
  firmware: 'firmware',
  bootloader: 'boot loader',
  kernel: 'kernel',
  initrd: 'initrd',
  'switch-root': 'switch root',
  userspace: 'userspace',
  shutdown: 'shutdown',
};

/** A row of the drawing: a phase, or a unit with all its starts. */
interface Row {
  readonly label: string;
  readonly kind: 'phase' | 'unit' | 'silence';
  readonly bars: readonly Bar[];
}

interface Bar extends Stretch {
  readonly result: 'done' | 'failed' | 'open' | 'silent';
}

const maxRows = 36;

/** Phases and units over time; null where the log has no times. */
export function timelineSection(boot: Boot, id: string, log: PageLog): Html | null {
  const rows = rowsOf(boot);
  const lengthUs =
    boot.timeline?.lengthUs ?? Math.max(0, ...boot.phases.map(({endUs, startUs}) => endUs ?? startUs ?? 0));
  // One stage alone is told at its place in the boot path.
  if (rows.length < 2 || lengthUs <= 0) return null;
  return html`<section class="timeline" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">Timeline</h2>
<p class="lead">Stages, units that failed or took longest, and times in which nothing was logged, over ${formatDuration(lengthUs)}.</p>
<ol class="rows">
<li class="scale" aria-hidden="true"><span></span><span class="ticks"><span>0 s</span><span>${formatDuration(lengthUs / 2)}</span><span>${formatDuration(lengthUs)}</span></span><span></span></li>${rows.map(row => rowItem(row, lengthUs, log))}
</ol></section>`;
}

function rowsOf({timeline, phases, rootCauses}: Boot): readonly Row[] {
  const stages = (timeline?.phases ?? phases.map(phase => ({...phase, line: phase.firstLine})))
    .filter(({startUs, endUs}) => startUs !== null && endUs !== null)
    .map((phase): Row => ({label: phaseWords[phase.name], kind: 'phase', bars: [{...phase, result: 'done'}]}));
  const units = new Map<string, Bar[]>();
  for (const job of timeline?.jobs ?? []) {
    const bars = units.get(job.unit) ?? [];
    bars.push({...job, result: job.result ?? 'open'});
    units.set(job.unit, bars);
  }
  const culprits = new Set(rootCauses.flatMap(({unit}) => unit ?? []));
  const rows = [...units].map(([label, bars]): Row => ({label, kind: 'unit', bars}));
  const worth = (row: Row): number =>
    (culprits.has(row.label) ? 1e15 : 0) + (row.bars.some(({result}) => result === 'failed') ? 1e14 : 0) + tookUs(row);
  const kept = new Set(rows.toSorted((a, b) => worth(b) - worth(a)).slice(0, maxRows));
  const silences = (timeline?.silences ?? []).map((each): Bar => ({...each, result: 'silent'}));
  return [
    ...stages,
    ...rows.filter(row => kept.has(row)),
    ...(silences.length === 0 ? [] : [{label: 'nothing was logged', kind: 'silence', bars: silences} as const]),
  ];
}

function tookUs({bars}: Row): number {
  return bars.reduce((sum, {startUs, endUs}) => sum + (startUs === null || endUs === null ? 0 : endUs - startUs), 0);
}

function rowItem(row: Row, lengthUs: number, log: PageLog): Html {
  const {label, kind, bars} = row;
  const failed = bars.filter(({result}) => result === 'failed').length;
  const isOpen = bars.some(({result}) => result === 'open');
  const state = failed > 0 ? 'failed' : isOpen ? 'open' : 'done';
  const words = failed > 1 ? `failed ${failed} times` : failed === 1 ? 'failed' : isOpen ? 'did not end' : '';
  const [first] = bars;
  return html`
<li class="${kind} ${state}"><span class="label">${first === undefined ? label : log.link(first, label)}</span><svg width="100%" height="14" aria-hidden="true">${bars.map(bar => rect(bar, lengthUs))}</svg><span class="took">${words !== '' && html`<span class="words">${words}</span> `}${isOpen && tookUs(row) === 0 ? '' : formatShort(tookUs(row))}</span></li>`;
}

function rect({startUs, endUs, result}: Bar, lengthUs: number): Html | null {
  if (startUs === null) return null;
  const percent = (us: number): number => Math.min(100, Math.max(0, Math.round((us / lengthUs) * 10_000) / 100));
  const x = Math.min(percent(startUs), 99.6);
  const width = Math.max(0.4, percent(endUs ?? lengthUs) - x);
  return html`<rect class="${result}" x="${x}%" y="1" width="${Math.round(width * 100) / 100}%" height="12" rx="2"/>`;
}

function formatShort(us: number): string {
  return us < 1_000_000 ? `${Math.round(us / 1000)} ms` : formatDuration(us);
}
