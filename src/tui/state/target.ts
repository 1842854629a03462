import {causesPanes, detailOf} from '../layout/causes.js';
import {bodyHeight} from '../layout/frame.js';
import {stretchesOf} from '../layout/timeline.js';
import {shownUnits} from '../layout/units.js';
import {type State, selectedCause, type Target} from './state.js';

/** What the cursor is on; of the log screen only the controller knows. */
export function targetOf(state: State): Target | null {
  switch (state.screen) {
    case 'causes':
      return causeTarget(state);
    case 'timeline': {
      const stretch = stretchesOf(state)[state.timeline.cursor];
      return stretch === undefined
        ? null
        : {evidence: null, row: stretch.row, copy: stretch.label, what: stretch.label};
    }
    case 'units': {
      const unit = shownUnits(state)[state.units.cursor];
      if (unit === undefined) return null;
      const row = state.runs[unit.name]?.find(({error}) => error !== null)?.error?.row;
      return {evidence: unit.firstError, ...(row !== undefined && {row}), copy: unit.name, what: unit.name};
    }
    case 'log':
      return null;
  }
}

function causeTarget(state: State): Target | null {
  const {pane, item} = state.causes;
  const cause = selectedCause(state)?.cause;
  if (cause === undefined) return null;
  if (pane === 'list') return {evidence: cause.evidence[0] ?? null, copy: cause.title, what: 'the title'};
  return detailOf(state, causesPanes(state, bodyHeight(state)).detailWidth).items[item]?.target ?? null;
}
