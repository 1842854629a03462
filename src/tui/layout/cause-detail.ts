import type {Boot, Cause, Effect, Evidence, Report, Source} from '../../model/report.js';
import {whereItStopped} from '../../report/boot-path.js';
import {certaintyOf, count, notesOn, placeOf, placeWords} from '../../report/words.js';
import {bootOf, type ListedCause, type State, selectedCause} from '../state/state.js';
import {cut, fill, widthOf, wrapColumns} from '../text.js';
import {createDetail, type Detail, type DetailWriter} from './detail.js';
import {span} from './line.js';

/** Lines of evidence that are not folded. */
const shownEvidence = 2;
/** Stands for the other lines among the follow-ons that are open. */
const moreEvidence = -1;

const details = new WeakMap<ListedCause, {readonly key: string; readonly detail: Detail}>();

/** All that is known of the selected cause; where there is none, why. */
export function causeDetail(state: State, columns: number): Detail {
  const boot = bootOf(state);
  const chosen = selectedCause(state);
  if (chosen === null) return withoutCause(state, boot, columns);
  if (boot === null) return {lines: [], items: []};
  const {open} = state.causes.detail;
  const key = `${columns} ${open.join()} ${boot.units.length}`;
  const known = details.get(chosen);
  if (known?.key === key) return known.detail;
  const detail = writeCause(chosen, boot, state.report, columns, open);
  details.set(chosen, {key, detail});
  return detail;
}

function withoutCause({causes, progress, report}: State, boot: Boot | null, columns: number): Detail {
  const detail = createDetail(columns);
  detail.gap();
  if (causes.filter !== '') detail.say('plain', `No cause contains “${causes.filter}”.`);
  else if (!progress.done) detail.say('plain', 'Findings appear here as they are made.');
  else if (boot !== null) {
    if (boot.outcome === 'healthy') {
      detail.say('plain', 'No failure was found.');
      const lines = count(progress.rows, 'line');
      detail.say('dim', `${count(report?.tool.rules ?? 0, 'rule')} looked for one in ${lines}.`);
    }
    for (const sentence of whereItStopped(boot)) detail.say('plain', sentence);
    detail.gap();
    writeNotes(detail, report);
    for (const [key, words] of [
      ['2', 'what took time'],
      ['4', 'the whole log'],
      ['?', 'all keys'],
    ] as const)
      detail.row(span('strong', key), span('dim', `  ${words}`));
  }
  return detail.finish();
}

function writeCause(
  {cause, isNotice}: ListedCause,
  boot: Boot,
  report: Report | null,
  columns: number,
  open: readonly number[],
): Detail {
  const detail = createDetail(columns, report?.sources);
  detail.say('strong', cause.title);
  detail.say('dim', factsOf(cause, isNotice, boot));
  writeEvidence(detail, cause.evidence, open.includes(moreEvidence));
  if (cause.explanation !== '') {
    detail.gap();
    detail.say('plain', cause.explanation);
  }
  writeEffects(detail, cause.effects, open, report?.sources);
  writeFixes(detail, cause);
  writeReferences(detail, cause);
  detail.gap();
  writeNotes(detail, report);
  return detail.finish();
}

function factsOf(cause: Cause, isNotice: boolean, boot: Boot): string {
  const label = cause.ignored
    ? 'known, and ignored'
    : isNotice
      ? 'worth knowing, broke nothing'
      : `${cause.severity} · ${certaintyOf(cause)}`;
  return [label, ...placeWords(cause, boot)].join(' · ');
}

function digitsOf(evidence: readonly Evidence[]): number {
  return Math.max(4, ...evidence.map(({line}) => String(line).length));
}

function writeEvidence(detail: DetailWriter, evidence: readonly Evidence[], isOpen: boolean): void {
  if (evidence.length === 0) return;
  detail.gap();
  const digits = digitsOf(evidence);
  for (const each of evidence.slice(0, shownEvidence)) detail.evidence(each, digits);
  const more = evidence.slice(shownEvidence);
  if (more.length === 0) return;
  const target = {evidence: more[0] ?? null, copy: more.map(({text}) => text).join('\n'), what: 'the lines'};
  detail.item(target, moreEvidence, () => {
    const says = more.length === 1 ? '1 more line says so' : `${more.length} more lines say so`;
    detail.row(span('dim', `${' '.repeat(digits - 1)}${isOpen ? '▾' : '▸'} ${says}`));
  });
  if (isOpen) for (const each of more) detail.evidence(each, digits);
}

function writeEffects(
  detail: DetailWriter,
  effects: readonly Effect[],
  open: readonly number[],
  sources: readonly Source[] | undefined,
): void {
  if (effects.length === 0) return;
  detail.gap();
  detail.row(span('strong', 'What followed from it'), span('dim', ' (not causes)'));
  for (const [index, effect] of effects.entries()) {
    const isOpen = open.includes(index);
    const target = {evidence: effect.evidence[0] ?? null, copy: effect.title, what: 'the follow-on'};
    detail.item(target, index, () => {
      const head = `${isOpen ? '▾' : '▸'} ${`×${effect.count}`.padEnd(4)} `;
      const where = placeOf(effect, sources);
      const room = detail.width - widthOf(head);
      const [first = '', ...rest] = wrapColumns(effect.title, Math.max(12, room - widthOf(where) - 2));
      detail.row(span('dim', head), fill(first, room - widthOf(where)), span('dim', where));
      for (const part of rest) detail.row(' '.repeat(widthOf(head)), part);
    });
    if (isOpen) for (const each of effect.evidence) detail.evidence(each, digitsOf(effect.evidence), 2);
  }
}

function writeFixes(detail: DetailWriter, {fix}: Cause): void {
  if (fix.length === 0) return;
  detail.gap();
  detail.row(span('strong', 'What to do'));
  for (const [index, {do: advice, command, risk}] of fix.entries()) {
    const what = command === undefined ? 'the advice' : 'the command';
    detail.item({evidence: null, copy: command ?? advice, what}, null, () => {
      const head = `${index + 1}  `;
      const warning = risk === 'safe' ? '' : ` (${risk})`;
      wrapColumns(`${advice}${warning}`, detail.width - head.length).forEach((part, at) => {
        detail.row(at === 0 ? head : ' '.repeat(head.length), part);
      });
      if (command !== undefined) detail.say('code', command, head.length + 2);
    });
  }
}

function writeReferences(detail: DetailWriter, {rule, references}: Cause): void {
  if (rule !== null || references.length > 0) detail.gap();
  if (rule !== null)
    detail.item({evidence: null, copy: rule, what: 'the name of the rule'}, null, () =>
      detail.row(span('dim', cut(`rule ${rule}`, detail.width))),
    );
  for (const {title, url} of references)
    detail.item({evidence: null, copy: url, what: 'the address'}, null, () => detail.say('dim', `${title}: ${url}`));
}

/** What of the log was left out, or could not be read. */
function writeNotes(detail: DetailWriter, report: Report | null): void {
  const notes = report === null ? [] : notesOn(report.source);
  if (notes.length === 0) return;
  detail.row(span('strong', 'About this log'));
  for (const note of notes) detail.say('plain', note);
  detail.gap();
}
