import type {Boot, Evidence} from '../../model/report.js';
import {
  bootOf,
  type ListedCause,
  type State,
  selectedCause,
  selectedIndex,
  shownCauses,
  type Target,
} from '../state/state.js';
import {cut, fill, widthOf, wrapColumns} from '../text.js';
import {blank, type Line, line, span} from './line.js';
import {certaintyOf, phaseWords, severityTones, unitWords} from './words.js';

/** Something of the detail that the cursor can be on: lines `first` to `last`. */
export interface Item {
  readonly first: number;
  readonly last: number;
  readonly target: Target;
  /** Number of the follow-on that Enter opens, or `moreEvidence`. */
  readonly effect?: number;
}

export interface Detail {
  readonly lines: readonly Line[];
  readonly items: readonly Item[];
}

/** Lines of evidence that are not folded. */
const shownEvidence = 2;
/** Stands for the other lines among the follow-ons that are open. */
const moreEvidence = -1;
const maxEvidenceLines = 3;
const narrowest = 100;
const widestList = 46;

/** How the screen of causes is divided. */
export interface CausesPanes {
  readonly isWide: boolean;
  readonly listHeight: number;
  readonly listWidth: number;
  readonly detailHeight: number;
  readonly detailWidth: number;
}

export function causesPanes(state: State, height: number): CausesPanes {
  const {columns} = state.size;
  const count = shownCauses(state).length;
  if (count > 1 && columns >= narrowest) {
    const listWidth = Math.min(widestList, Math.floor(columns * 0.32));
    return {isWide: true, listHeight: height, listWidth, detailHeight: height, detailWidth: columns - listWidth - 3};
  }
  // One line divides the list from the rest. A single cause needs no list.
  const listHeight = count > 1 ? Math.min(count, Math.max(2, Math.floor(height / 4))) : 0;
  const detailHeight = Math.max(1, height - (listHeight === 0 ? 0 : listHeight + 1));
  return {isWide: false, listHeight, listWidth: columns, detailHeight, detailWidth: columns};
}

export function causeMark({cause, isNotice}: ListedCause): string {
  if (isNotice) return '·';
  return cause.severity === 'fatal' || cause.severity === 'error' ? '✖' : '▲';
}

/** The visible part of the list. */
export function causeList(state: State, panes: CausesPanes): readonly Line[] {
  const shown = shownCauses(state);
  const selected = selectedIndex(state);
  const {listTop, pane} = state.causes;
  return shown.slice(listTop, listTop + panes.listHeight).map((each, index): Line => {
    const isHere = listTop + index === selected;
    const text = `${isHere ? '▸' : ' '} ${causeMark(each)} ${each.cause.title}`;
    const tone = isHere ? 'strong' : each.isNotice ? 'dim' : severityTones[each.cause.severity];
    return {spans: [span(tone, fill(text, panes.listWidth))], isSelected: isHere && pane === 'list'};
  });
}

/** The line between list and detail of a narrow screen. */
export function causeCount(state: State): string {
  const all = shownCauses(state);
  const notices = all.filter(({isNotice}) => isNotice).length;
  const causes = all.length - notices;
  const of = [
    causes === 0 ? '' : `${causes} ${causes === 1 ? 'cause' : 'causes'}`,
    notices === 0 ? '' : `${notices} worth knowing`,
  ];
  const words = of.filter(text => text !== '').join(', ');
  return state.causes.filter === '' ? words : `${words} with “${state.causes.filter}”`;
}

const details = new WeakMap<ListedCause, {readonly key: string; readonly detail: Detail}>();

/** All lines about the selected cause, and what in them can be chosen. */
export function detailOf(state: State, width: number): Detail {
  const boot = bootOf(state);
  const chosen = selectedCause(state);
  if (boot === null) return {lines: [], items: []};
  if (chosen === null) return {lines: withoutCause(state, boot, width), items: []};
  const key = `${width} ${state.causes.open.join()} ${boot.units.length}`;
  const known = details.get(chosen);
  if (known?.key === key) return known.detail;
  const detail = createDetail(chosen, boot, width, state.causes.open);
  details.set(chosen, {key, detail});
  return detail;
}

function withoutCause(state: State, boot: Boot, width: number): Line[] {
  if (state.causes.filter !== '') return [blank, line(`  No cause contains “${state.causes.filter}”.`)];
  const lines: Line[] = [blank];
  const say = (text: string): void => {
    for (const part of wrapColumns(text, width - 4)) lines.push(line(`  ${part}`));
  };
  if (!state.progress.done) say('Findings appear here as they are made.');
  else if (boot.outcome === 'healthy') say('Nothing to explain: no failure was found.');
  if (boot.stoppedAt !== null && state.progress.done) say(`It got as far as ${boot.stoppedAt}.`);
  if (boot.waitingFor.length > 0 && state.progress.done) say(`It was waiting for ${boot.waitingFor.join(', ')}.`);
  return lines;
}

function createDetail({cause, isNotice}: ListedCause, boot: Boot, width: number, open: readonly number[]): Detail {
  const lines: Line[] = [];
  const items: Item[] = [];
  const text = width - 2;
  const say = (tone: 'plain' | 'dim' | 'strong' | 'code', words: string, indent: string): void => {
    for (const part of wrapColumns(words, text - indent.length)) lines.push(line(indent, span(tone, part)));
  };
  const item = (target: Target, more: {readonly effect?: number}, add: () => void): void => {
    const first = lines.length;
    add();
    items.push({first, last: lines.length - 1, target, ...more});
  };
  const evidence = (each: Evidence, indent: string, digits: number): void =>
    item({evidence: each, copy: each.text, what: `line ${each.line}`}, {}, () => {
      const number = `${indent}${String(each.line).padStart(digits)} │ `;
      const parts = wrapColumns(each.text, text - number.length);
      const shown = parts.slice(0, maxEvidenceLines);
      if (parts.length > shown.length)
        shown.push(cut(`… ${parts.slice(maxEvidenceLines).join(' ')}`, text - number.length));
      shown.forEach((part, index) =>
        lines.push(line(span('dim', index === 0 ? number : `${' '.repeat(number.length - 2)}│ `), part)),
      );
    });

  say('strong', cause.title, ' ');
  const place =
    cause.phase === 'unknown' ? null : `in ${cause.phase === 'kernel' ? 'the kernel' : phaseWords(cause.phase)}`;
  const label = isNotice ? 'worth knowing, broke nothing' : `${cause.severity} · ${certaintyOf(cause)}`;
  say('dim', [label, unitWords(cause, boot), place].filter(part => part !== null).join(' · '), ' ');
  if (cause.evidence.length > 0) {
    lines.push(blank);
    const digits = Math.max(4, ...cause.evidence.map(each => String(each.line).length));
    for (const each of cause.evidence.slice(0, shownEvidence)) evidence(each, ' ', digits);
    const more = cause.evidence.slice(shownEvidence);
    if (more.length > 0) {
      const isOpen = open.includes(moreEvidence);
      const target = {evidence: more[0] ?? null, copy: more.map(each => each.text).join('\n'), what: 'the lines'};
      item(target, {effect: moreEvidence}, () => {
        const words = ` ${isOpen ? '▾' : '▸'} ${more.length === 1 ? '1 more line says so' : `${more.length} more lines say so`}`;
        lines.push(line(' '.repeat(digits - 2), span('dim', words)));
      });
      if (isOpen) for (const each of more) evidence(each, ' ', digits);
    }
  }
  if (cause.explanation !== '') {
    lines.push(blank);
    say('plain', cause.explanation, ' ');
  }
  if (cause.effects.length > 0) {
    lines.push(blank, line(span('strong', ' What followed from it'), span('dim', ' (not causes)')));
    cause.effects.forEach((effect, index) => {
      const isOpen = open.includes(index);
      const first = effect.evidence[0]?.line;
      const last = effect.lastLine;
      const where =
        first === undefined ? '' : last === undefined || last === first ? `line ${first}` : `lines ${first} … ${last}`;
      const target = {evidence: effect.evidence[0] ?? null, copy: effect.title, what: 'the follow-on'};
      item(target, {effect: index}, () => {
        const head = ` ${isOpen ? '▾' : '▸'} ${`×${effect.count}`.padEnd(4)} `;
        const room = text - widthOf(head);
        const parts = wrapColumns(effect.title, Math.max(12, room - widthOf(where) - 2));
        parts.forEach((part, at) =>
          lines.push(
            at === 0
              ? line(span('dim', head), fill(part, room - widthOf(where)), span('dim', where))
              : line(' '.repeat(widthOf(head)), part),
          ),
        );
      });
      if (isOpen) {
        const digits = Math.max(4, ...effect.evidence.map(each => String(each.line).length));
        for (const each of effect.evidence) evidence(each, '        ', digits);
      }
    });
  }
  if (cause.fix.length > 0) {
    lines.push(blank, line(span('strong', ' What to do')));
    cause.fix.forEach((fix, index) => {
      const {command} = fix;
      const add = (): void => {
        const risk = fix.risk === 'safe' ? '' : ` (${fix.risk})`;
        wrapColumns(`${fix.do}${risk}`, text - 4).forEach((part, at) =>
          lines.push(line(at === 0 ? ` ${index + 1}  ` : '    ', part)),
        );
        if (command !== undefined)
          wrapColumns(command, text - 8).forEach(part => lines.push(line('      ', span('code', part))));
      };
      item(
        {evidence: null, copy: command ?? fix.do, what: command === undefined ? 'the advice' : 'the command'},
        {},
        add,
      );
    });
  }
  if (cause.rule !== null || cause.references.length > 0) lines.push(blank);
  if (cause.rule !== null) lines.push(line(span('dim', cut(` rule ${cause.rule}`, text))));
  for (const {title, url} of cause.references) {
    item({evidence: null, copy: url, what: 'the address'}, {}, () => {
      for (const part of wrapColumns(`${title}: ${url}`, text - 2)) lines.push(line(span('dim', ` ${part}`)));
    });
  }
  return {lines, items};
}

/** The visible part of the detail. */
export function detailLines(state: State, panes: CausesPanes): readonly Line[] {
  const {lines, items} = detailOf(state, panes.detailWidth);
  const {top, item, pane} = state.causes;
  const chosen = pane === 'detail' ? items[item] : undefined;
  return lines.slice(top, top + panes.detailHeight).map((each, index): Line => {
    const at = top + index;
    const isSelected = chosen !== undefined && at >= chosen.first && at <= chosen.last;
    return isSelected ? {spans: each.spans, isSelected} : each;
  });
}
