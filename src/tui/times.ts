import {noJobs, readJobs} from '../recording/jobs.js';
import type {LogText} from '../recording/log-text.js';
import {runsOf} from '../recording/runs.js';
import {bootRows} from './layout/report-rows.js';
import {shownUnits} from './layout/units.js';
import type {Action} from './state/action.js';
import {bootOf, type State} from './state/state.js';
import type {Store} from './store.js';

/** Reads what took time in the boot that is shown, once somebody looks. */
export interface Times {
  /** Something else may be looked at now. */
  need(): void;
  /** More of the log may have been read. */
  forget(isAll: boolean): void;
  close(): void;
}

/** `shown`: what may be shown of a text. */
export function createTimes(store: Store<State, Action>, text: LogText, shown: (text: string) => string): Times {
  let readOf: {readonly boot: number; readonly rows: number} | null = null;
  let run = 0;
  let latest = noJobs;

  function needJobs(): void {
    const state = store.get();
    const boot = bootOf(state);
    const isWanted = state.screen === 'timeline' || state.screen === 'units' || state.overlay?.kind === 'units';
    if (!isWanted || boot === null || (readOf?.boot === boot.index && readOf.rows === text.rows)) return;
    if (readOf?.boot === boot.index && !state.progress.done && !state.jobs.done) return;
    readOf = {boot: boot.index, rows: text.rows};
    void read(++run);
  }

  async function read(number: number): Promise<void> {
    const state = store.get();
    const {first, last} = bootRows(state, text);
    const phases = (bootOf(state)?.phases ?? []).map(({name, firstLine}) => ({
      name,
      row: text.rowOf({line: firstLine}),
    }));
    for await (const jobs of readJobs(text, first, last, phases)) {
      if (number !== run) return;
      latest = jobs;
      store.dispatch({
        type: 'jobs',
        jobs: {...jobs, jobs: jobs.jobs.map(job => ({...job, subject: shown(job.subject)}))},
      });
    }
    needRuns();
  }

  function needRuns(): void {
    const state = store.get();
    const unit = state.screen === 'units' ? shownUnits(state)[state.units.cursor] : undefined;
    if (unit === undefined || !state.jobs.done || state.runs[unit.name] !== undefined) return;
    const runs = runsOf(unit.name, latest.jobs, text).map(each =>
      each.error === null ? each : {...each, error: {...each.error, text: shown(each.error.text)}},
    );
    store.dispatch({type: 'runs', unit: unit.name, runs});
  }

  return {
    need() {
      needJobs();
      needRuns();
    },
    forget(isAll) {
      if (isAll || (readOf !== null && readOf.rows !== text.rows)) readOf = null;
    },
    close() {
      run++;
    },
  };
}
