import type {LogText} from '../recording/log-text.js';
import {bodyHeight} from './layout/frame.js';
import {type LogRows, logHeight} from './layout/log.js';
import {bootRows, marksOf} from './layout/report-rows.js';
import {percent} from './layout/words.js';
import {type BlockTest, filterTest, textTest} from './log/scan.js';
import {type Sieve, startSieve} from './log/sieve.js';
import {type LogView, RowList, rangeView} from './log/view.js';
import type {Action} from './state/action.js';
import type {State} from './state/state.js';
import type {Store} from './store.js';

/** The log screen's work: what it shows rows of, and the ways to get to one. */
export interface LogDesk extends LogRows {
  /** The row of the cursor. */
  rowHere(): number;
  goTo(row: number): void;
  /** Makes the view anew; the row of the cursor stays, or the next one that is shown. */
  applyFilters(row?: number): void;
  search(query: string): void;
  /** To the next match, or the one before. */
  again(by: 1 | -1): void;
  nextFinding(by: 1 | -1): void;
  /** Ends searching and filtering where they are. */
  stop(): void;
  /** The cursor may have moved. `byUser`: away from what is being looked for. */
  moved(byUser: boolean): void;
  /** More of the log was read, or something else is said of it. */
  refresh(): void;
  close(): void;
}

/** How far a search is, is told this often: a frame costs as much as searching half a megabyte. */
const progressMs = 150;

export function createLogDesk(
  store: Store<State, Action>,
  text: LogText,
  shown: (text: string) => string,
  say: (words: string, isBad?: boolean) => void,
): LogDesk {
  let view: LogView = rangeView(0, () => text.rows);
  let marks = marksOf(store.get(), text);
  let markRows = new RowList();
  let filtering: Sieve | null = null;
  let searching: Sieve | null = null;
  /** A match that was asked for and is not found yet. */
  let seeking: {readonly from: number; readonly by: 1 | -1} | null = null;
  /** The row of the cursor, while rows that the filters let through are still being found around it. */
  let anchor: number | null = null;
  let shownAt = 0;
  const set = store.dispatch;
  const rowHere = (): number => view.rowAt(store.get().log.cursor);

  function goTo(row: number): void {
    const isShown = view.count > 0 && view.rowAt(view.indexOf(row)) === row;
    if (!isShown) {
      set({type: 'clear'});
      applyFilters(row);
    }
    const index = view.indexOf(row);
    set({type: 'log', count: view.count, at: index});
    center(index);
  }

  /** What is gone to stands in the middle, with what came before and after. */
  function center(index: number): void {
    const height = logHeight(bodyHeight(store.get()));
    set({type: 'log', at: Math.min(view.count - 1, index + (height >> 1))});
    set({type: 'log', at: Math.max(0, index - (height >> 1))});
    set({type: 'log', at: index});
  }

  /** Makes the view anew; the row of the cursor stays, or the next one that is shown. */
  function applyFilters(row = rowHere()): void {
    filtering?.stop();
    filtering = null;
    const state = store.get();
    const {unit, level, onlyFindings, onlyBoot} = state.log;
    const {first, last} = onlyBoot ? bootRows(state, text) : {first: 0, last: Number.POSITIVE_INFINITY};
    const inBoot = (each: number): boolean => each >= first && each <= last;
    const isFiltered = unit !== null || level !== 'all';
    const test: BlockTest = isFiltered ? filterTest({unit, level}) : ({firstRow}) => [firstRow];
    if (onlyFindings) {
      const list = new RowList();
      for (let index = 0; index < markRows.count; index++) {
        const each = markRows.rowAt(index);
        const block = {firstRow: each, rows: 1, text: text.rawOf(each)};
        if (inBoot(each) && test(block, text).length > 0) list.add([each]);
      }
      view = list;
    } else if (isFiltered) {
      filtering = startSieve(
        text,
        row,
        (block, log) => test(block, log).filter(inBoot),
        () => showFiltered(row),
      );
      view = filtering.rows;
    } else view = rangeView(first, () => Math.min(text.rows, last + 1));
    set({type: 'log', count: view.count, at: view.indexOf(row), filtering: filtering?.share ?? null});
    center(store.get().log.cursor);
  }

  /** Rows that are found above the cursor move it along: it stays on its row. */
  function showFiltered(origin: number): void {
    if (filtering === null) return;
    const isDone = filtering.isDone;
    if (!isDone && performance.now() - shownAt < progressMs) return;
    shownAt = performance.now();
    const {count} = store.get().log;
    const row = count === 0 ? origin : (anchor ?? origin);
    set({type: 'log', count: view.count, at: view.indexOf(row), filtering: isDone ? null : filtering.share});
    anchor = view.rowAt(store.get().log.cursor);
  }

  function search(query: string): void {
    searching?.stop();
    searching = null;
    seeking = null;
    set({type: 'search', query});
    if (query === '') return;
    seeking = {from: rowHere() - 1, by: 1};
    searching = startSieve(text, rowHere(), textTest(query), showHits);
  }

  function showHits(): void {
    if (searching === null) return;
    const {rows, isDone} = searching;
    if (isDone || performance.now() - shownAt >= progressMs) {
      shownAt = performance.now();
      set({type: 'hits', hits: rows.count, searching: isDone ? null : searching.share});
    }
    if (seeking !== null) seek();
  }

  /** Goes to the next match that the filters let through. */
  function seek(): void {
    if (searching === null || seeking === null) return;
    const {rows, isDone} = searching;
    const {from, by} = seeking;
    for (
      let index = by > 0 ? rows.indexOf(from + 1) : rows.indexOf(from) - 1;
      index >= 0 && index < rows.count;
      index += by
    ) {
      const row = rows.rowAt(index);
      const at = view.indexOf(row);
      if (at >= view.count || view.rowAt(at) !== row) continue;
      // Backwards a nearer one may still be found.
      if (by < 0 && !isDone) break;
      seeking = null;
      set({type: 'log', at});
      if (row !== from) center(at);
      return;
    }
    if (!isDone) return;
    seeking = null;
    const first = by > 0 ? -1 : text.rows;
    const isWrapped = by > 0 ? from < 0 : from >= text.rows;
    if (rows.count === 0 || isWrapped) return say(`Nothing contains “${store.get().log.query}”`, true);
    seeking = {from: first, by};
    seek();
    if (store.get().toast?.isBad !== true)
      say(by > 0 ? 'The search went on at the top' : 'The search went on at the end');
  }

  /** Ends what is still looking for rows; what was found stays. */
  function stop(): void {
    const {log} = store.get();
    const share = log.searching ?? log.filtering;
    if (share === null) return;
    searching?.stop();
    filtering?.stop();
    seeking = null;
    set({type: 'hits', hits: log.hits, searching: null});
    set({type: 'log', filtering: null});
    say(`Stopped after ${percent(share)} of the log`, true);
  }

  function nextFinding(by: 1 | -1): void {
    const here = rowHere();
    const start = by > 0 ? markRows.indexOf(here + 1) : markRows.indexOf(here) - 1;
    for (let index = start; index >= 0 && index < markRows.count; index += by) {
      const row = markRows.rowAt(index);
      const at = view.indexOf(row);
      if (at >= view.count || view.rowAt(at) !== row) continue;
      set({type: 'log', at});
      center(at);
      return;
    }
    say(by > 0 ? 'No finding below' : 'No finding above', true);
  }

  function updateMarks(): void {
    marks = marksOf(store.get(), text);
    markRows = new RowList();
    markRows.add([...marks.keys()].sort((a, b) => a - b));
  }

  return {
    text,
    shown,
    get view() {
      return view;
    },
    get marks() {
      return marks;
    },
    rowHere,
    goTo,
    applyFilters,
    search,
    again(by) {
      if (searching === null) return say('Search with / first', true);
      seeking = {from: rowHere(), by};
      seek();
    },
    nextFinding,
    stop,
    moved(byUser) {
      if (byUser) seeking = null;
      anchor = view.count === 0 ? null : rowHere();
    },
    refresh() {
      updateMarks();
      filtering?.extend();
      searching?.extend();
      if (filtering === null) set({type: 'log', count: view.count});
    },
    close() {
      filtering?.stop();
      searching?.stop();
    },
  };
}
