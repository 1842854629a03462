import {count} from '../../report/words.js';
import {type ListedCause, type State, selectedIndex, shownCauses} from '../state/state.js';
import {fill} from '../text.js';
import {causeDetail} from './cause-detail.js';
import {detailWindow} from './detail.js';
import {type Line, span, withScrollbar} from './line.js';
import {type Panes, panesOf} from './panes.js';
import {severityTones} from './words.js';

export function causesPanes(state: State, height: number): Panes {
  return panesOf(state.size, height, shownCauses(state).length);
}

function causeMark({cause, isNotice}: ListedCause): string {
  if (isNotice) return '·';
  return cause.severity === 'fatal' || cause.severity === 'error' ? '✖' : '▲';
}

/** The visible part of the list. */
export function causeList(state: State, panes: Panes): readonly Line[] {
  const shown = shownCauses(state);
  const selected = selectedIndex(state);
  const {listTop, pane} = state.causes;
  const lines = shown.slice(listTop, listTop + panes.listHeight).map((each, index): Line => {
    const isHere = listTop + index === selected;
    const text = `${isHere ? '▸' : ' '} ${causeMark(each)} ${each.cause.title}`;
    const tone = isHere ? 'strong' : each.isNotice ? 'dim' : severityTones[each.cause.severity];
    return {spans: [span(tone, fill(text, panes.listWidth - 1))], isSelected: isHere && pane === 'list'};
  });
  return withScrollbar(lines, listTop, panes.listHeight, shown.length);
}

/** The line between list and detail of a narrow screen. */
export function causeCount(state: State): string {
  const all = shownCauses(state);
  const notices = all.filter(({isNotice}) => isNotice).length;
  const causes = all.length - notices;
  const of = [causes === 0 ? '' : count(causes, 'cause'), notices === 0 ? '' : `${notices} worth knowing`];
  const words = of.filter(text => text !== '').join(', ');
  return state.causes.filter === '' ? words : `${words} with “${state.causes.filter}”`;
}

/** The visible part of what is known of the selected cause. */
export function causeDetailLines(state: State, panes: Panes): readonly Line[] {
  const detail = causeDetail(state, panes.detailWidth);
  const {pane, detail: at} = state.causes;
  const lines = detailWindow(detail, pane === 'detail' ? at.item : -1, at.top, panes.detailHeight);
  return withScrollbar(lines, at.top, panes.detailHeight, detail.lines.length);
}
