import type {Boot, Cause, Evidence, Report} from '../../model/report.js';
import {type BootJobs, noJobs} from '../../recording/jobs.js';
import type {UnitRun} from '../../recording/runs.js';
import type {Level} from '../log/scan.js';

export type Screen = 'causes' | 'timeline' | 'units' | 'log';
export const screens: readonly Screen[] = ['causes', 'timeline', 'units', 'log'];

export interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** How far the log is read. */
export interface Progress {
  readonly bytes: number;
  readonly rows: number;
  /** Length of the input in bytes, where it is known. */
  readonly total: number | null;
  readonly done: boolean;
  /** Why reading ended before the end. */
  readonly error: string | null;
}

/** Where the cursor is on a screen with a list and what is known of its chosen row. */
export type Pane = 'list' | 'detail';

export interface DetailState {
  /** Which of the detail's items the cursor is on. */
  readonly item: number;
  /** First line that is shown. */
  readonly top: number;
  /** What is open of what can be folded, by number. */
  readonly open: readonly number[];
}

export const unread: DetailState = {item: 0, top: 0, open: []};

export interface CausesState {
  /** Key of the selected cause (see `causesOf`); null for the first. */
  readonly selected: string | null;
  readonly listTop: number;
  readonly filter: string;
  readonly pane: Pane;
  readonly detail: DetailState;
}

/** A list with a cursor. */
export interface ListState {
  readonly cursor: number;
  readonly top: number;
  readonly filter: string;
}

export interface UnitsState extends ListState {
  readonly pane: Pane;
  readonly detail: DetailState;
}

export interface TimelineState extends ListState {
  readonly order: 'start' | 'duration';
}

export interface LogState {
  /** Rows that pass the filters. */
  readonly count: number;
  readonly cursor: number;
  readonly top: number;
  /** Columns that are scrolled off on the left. */
  readonly pan: number;
  /** Stays at the end when more is read. */
  readonly follows: boolean;
  readonly query: string;
  /** Rows that the search found so far. */
  readonly hits: number;
  /** The share of all rows that were searched, while that goes on. */
  readonly searching: number | null;
  readonly unit: string | null;
  readonly level: Level;
  readonly onlyFindings: boolean;
  readonly onlyBoot: boolean;
  /** The share of all rows that the filters were tried on, while that goes on. */
  readonly filtering: number | null;
}

export type Overlay =
  | {readonly kind: 'help'; readonly top: number}
  | {readonly kind: 'boots'; readonly cursor: number; readonly top: number}
  | {readonly kind: 'units'; readonly cursor: number; readonly top: number};

export type PromptKind = 'search' | 'filter' | 'line' | 'save' | 'hide';
export interface Prompt {
  readonly kind: PromptKind;
  /** What was typed; of `hide`, which asks for yes or no, the name of the file. */
  readonly text: string;
}

export interface Toast {
  readonly text: string;
  readonly isBad: boolean;
}

/** Everything that the screen shows, but for the log's text. Changed by `update` alone. */
export interface State {
  readonly size: Size;
  readonly name: string;
  readonly report: Report | null;
  readonly progress: Progress;
  /** Index of the boot that is shown; null: the last one. */
  readonly boot: number | null;
  readonly screen: Screen;
  readonly causes: CausesState;
  readonly timeline: TimelineState;
  readonly units: UnitsState;
  readonly log: LogState;
  readonly jobs: BootJobs;
  /** Runs of units that were looked up, by unit. */
  readonly runs: Readonly<Record<string, readonly UnitRun[]>>;
  /** Where a jump into the log came from. */
  readonly cameFrom: Screen | null;
  readonly overlay: Overlay | null;
  readonly prompt: Prompt | null;
  readonly toast: Toast | null;
  readonly isRedacted: boolean;
  readonly leaving: 'quit' | 'interrupt' | 'suspend' | null;
}

export function initialState(name: string, size: Size, total: number | null): State {
  const list = {cursor: 0, top: 0, filter: ''};
  return {
    size,
    name,
    report: null,
    progress: {bytes: 0, rows: 0, total, done: false, error: null},
    boot: null,
    screen: 'causes',
    causes: {selected: null, listTop: 0, filter: '', pane: 'detail', detail: unread},
    timeline: {...list, order: 'start'},
    units: {...list, pane: 'list', detail: unread},
    log: {
      count: 0,
      cursor: 0,
      top: 0,
      pan: 0,
      follows: false,
      query: '',
      hits: 0,
      searching: null,
      unit: null,
      level: 'all',
      onlyFindings: false,
      onlyBoot: false,
      filtering: null,
    },
    jobs: noJobs,
    runs: {},
    cameFrom: null,
    overlay: null,
    prompt: null,
    toast: null,
    isRedacted: false,
    leaving: null,
  };
}

/** A cause or notice in the list of causes. */
export interface ListedCause {
  /** Tells it from all others of its boot. */
  readonly key: string;
  readonly cause: Cause;
  readonly isNotice: boolean;
}

export function bootOf({report, boot}: Pick<State, 'report' | 'boot'>): Boot | null {
  return report?.boots.at(boot ?? -1) ?? null;
}

/** Nothing may be concluded from the end of a log that is still being read. */
export function isSettled({progress}: State, boot: Boot): boolean {
  return progress.done || ['panic', 'emergency', 'degraded'].includes(boot.outcome);
}

/** Rows of the log are being looked for. */
export function isLooking({screen, log}: State): boolean {
  return screen === 'log' && (log.searching !== null || log.filtering !== null);
}

const listed = new WeakMap<Boot, readonly ListedCause[]>();

/** Causes, most important first, then what is worth knowing, then what is known and ignored. */
export function causesOf(boot: Boot | null): readonly ListedCause[] {
  if (boot === null) return [];
  let all = listed.get(boot);
  if (all === undefined) {
    const seen = new Map<string, number>();
    const list = (cause: Cause, isNotice: boolean): ListedCause => {
      const count = seen.get(cause.fingerprint) ?? 0;
      seen.set(cause.fingerprint, count + 1);
      return {key: count === 0 ? cause.fingerprint : `${cause.fingerprint} ${count}`, cause, isNotice};
    };
    const counted = ({ignored}: Cause): boolean => ignored !== true;
    all = [
      ...boot.rootCauses.filter(counted).map(cause => list(cause, false)),
      ...boot.notices.filter(counted).map(cause => list(cause, true)),
      ...[...boot.rootCauses, ...boot.notices].filter(({ignored}) => ignored).map(cause => list(cause, true)),
    ];
    listed.set(boot, all);
  }
  return all;
}

/** Those that the filter leaves. */
export function shownCauses(state: State): readonly ListedCause[] {
  const all = causesOf(bootOf(state));
  const {filter} = state.causes;
  if (filter === '') return all;
  return all.filter(({cause}) => contains(filter, cause.title, cause.unit, cause.rule, cause.evidence[0]?.text));
}

/** Position of the selected cause among those shown; 0 where it is not among them. */
export function selectedIndex(state: State): number {
  const index = shownCauses(state).findIndex(({key}) => key === state.causes.selected);
  return Math.max(0, index);
}

export function selectedCause(state: State): ListedCause | null {
  return shownCauses(state)[selectedIndex(state)] ?? null;
}

export function contains(filter: string, ...texts: readonly (string | null | undefined)[]): boolean {
  const wanted = filter.toLowerCase();
  return texts.some(text => text?.toLowerCase().includes(wanted) === true);
}

/** What the cursor is on: where in the log Enter goes, and what `y` copies. */
export interface Target {
  readonly evidence: Pick<Evidence, 'line' | 'source'> | null;
  readonly row?: number;
  readonly copy: string;
  readonly what: string;
}
