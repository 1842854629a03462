import {causeDetail} from '../layout/cause-detail.js';
import {causesPanes} from '../layout/causes.js';
import type {Item} from '../layout/detail.js';
import {bodyHeight} from '../layout/frame.js';
import {stretchesOf} from '../layout/stretches.js';
import {chosenUnit, shownUnits, unitPanes} from '../layout/units.js';
import {type State, selectedCause, type Target} from './state.js';

/** What the cursor is on in a detail; undefined where it is in a list. */
export function itemOf(state: State): Item | undefined {
  const {screen, causes, units} = state;
  const height = bodyHeight(state);
  if (screen === 'causes' && causes.pane === 'detail')
    return causeDetail(state, causesPanes(state, height).detailWidth).items[causes.detail.item];
  if (screen === 'units' && units.pane === 'detail')
    return chosenUnit(state, unitPanes(state, height).detailWidth).items[units.detail.item];
  return undefined;
}

/** What the cursor is on: where Enter leads, and what is copied. Of the log screen only the controller knows. */
export function targetOf(state: State): Target | null {
  switch (state.screen) {
    case 'causes': {
      const cause = selectedCause(state)?.cause;
      if (cause === undefined) return null;
      if (state.causes.pane === 'detail') return itemOf(state)?.target ?? null;
      return {evidence: cause.evidence[0] ?? null, copy: cause.title, what: 'the title'};
    }
    case 'timeline': {
      const stretch = stretchesOf(state)[state.timeline.cursor];
      return stretch === undefined
        ? null
        : {evidence: null, row: stretch.row, copy: stretch.label, what: stretch.label};
    }
    case 'units': {
      if (state.units.pane === 'detail') return itemOf(state)?.target ?? null;
      const unit = shownUnits(state)[state.units.cursor];
      if (unit === undefined) return null;
      const row = state.runs[unit.name]?.find(({error}) => error !== null)?.error?.row;
      return {evidence: unit.firstError, ...(row !== undefined && {row}), copy: unit.name, what: unit.name};
    }
    case 'log':
      return null;
  }
}

/** What Enter does now; null: nothing. */
export function enterDoes(state: State): 'choose' | 'open' | 'close' | 'copy' | 'show in log' | null {
  const {screen, causes} = state;
  if (screen === 'causes' && causes.pane === 'list') return 'choose';
  const fold = itemOf(state)?.fold;
  if (fold !== undefined) return causes.detail.open.includes(fold) ? 'close' : 'open';
  const target = targetOf(state);
  if (target === null) return null;
  return target.evidence === null && target.row === undefined ? 'copy' : 'show in log';
}

/** Where the log is of interest beside what the cursor is on: there, or else at the cause. */
export function peekTarget(state: State): Target | null {
  const target = targetOf(state);
  if (target !== null && (target.evidence !== null || target.row !== undefined)) return target;
  const evidence = state.screen === 'causes' ? selectedCause(state)?.cause.evidence[0] : undefined;
  return evidence === undefined ? null : {evidence, copy: '', what: ''};
}
