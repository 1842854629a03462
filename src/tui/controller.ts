import type {Report} from '../model/report.js';
import type {LogText} from '../recording/log-text.js';
import {createLearning, type Redaction} from './hiding.js';
import {unitChoices} from './layout/overlay.js';
import {bootRows} from './layout/report-rows.js';
import {percent} from './layout/words.js';
import {createLogDesk, type LogDesk} from './log-desk.js';
import type {Action} from './state/action.js';
import {bootOf, isLooking, type Progress, type State, selectedCause, type Target} from './state/state.js';
import {enterDoes, targetOf} from './state/target.js';
import type {Store} from './store.js';
import {createTimes} from './times.js';

/** What the controller does outside the screen. */
export interface Outside {
  /** Puts a text on the clipboard of the terminal. */
  copy(text: string): void;
  /** Writes a new file. Throws when there is one of that name, or it cannot be written. */
  save(file: string, text: string): void;
  /** A report as a ticket, in the form that the file's name asks for. `hides`: without names and addresses. */
  ticket(file: string, report: Report, hides: boolean): Promise<string>;
  redact: Redaction | null;
  /** The index of the boot to open at; null for the last. Throws when there is none such. */
  bootAsked(report: Report): number | null;
}

/** Does what the reducer cannot: reads the log, searches, copies, saves. */
export interface Controller {
  readonly store: Store<State, Action>;
  readonly desk: LogDesk;
  dispatch(action: Action): void;
  /** Another report on the log that is being read. */
  show(report: Report, progress: Progress): void;
  close(): void;
}

const motions: ReadonlySet<Action['type']> = new Set(['move', 'page', 'scroll', 'edge', 'select', 'screen']);

export function createController(store: Store<State, Action>, text: LogText, outside: Outside): Controller {
  let report: Report | null = null;
  let isClosed = false;
  let isLogSeen = false;
  const set = (action: Action): void => {
    if (!isClosed) store.dispatch(action);
  };
  const say = (words: string, isBad = false): void => set({type: 'toast', text: words, isBad});
  const shown = (words: string): string =>
    store.get().isRedacted && outside.redact !== null ? outside.redact.text(words) : words;
  const learnNames =
    outside.redact === null
      ? async () => {}
      : createLearning(outside.redact, text, share => say(`Looking for names … ${percent(share)}`));
  const desk = createLogDesk({...store, dispatch: set}, text, shown, say);
  const times = createTimes({...store, dispatch: set}, text, shown);

  function jump({evidence, row}: Target): void {
    const to = row ?? (evidence === null ? null : text.rowOf(evidence));
    if (to === null) return;
    set({type: 'jumped'});
    desk.goTo(to);
  }

  function enter(): void {
    const state = store.get();
    const {overlay} = state;
    if (overlay?.kind === 'units') {
      const unit = unitChoices(state)[overlay.cursor];
      if (unit === undefined) return set({type: 'back'});
      set({type: 'unitFilter', unit});
      set({type: 'jumped'});
      return desk.applyFilters();
    }
    if (overlay !== null) return set({type: 'enter'});
    const target = targetOf(state);
    switch (enterDoes(state)) {
      case 'choose':
      case 'open':
      case 'close':
        return set({type: 'enter'});
      case 'copy':
        return copy(target);
      case 'show in log':
        if (target !== null) jump(target);
    }
  }

  function copy(target: Pick<Target, 'copy' | 'what'> | null): void {
    if (target === null) return;
    outside.copy(target.copy);
    say(`Copied ${target.what}`);
  }

  function copied(): Pick<Target, 'copy' | 'what'> | null {
    if (store.get().screen !== 'log') return targetOf(store.get());
    if (desk.view.count === 0) return null;
    const row = desk.rowHere();
    return {copy: desk.shown(text.textOf(row)), what: `line ${text.lineOf(row).line}`};
  }

  function submit(): void {
    const {prompt, isRedacted} = store.get();
    set({type: 'submit'});
    if (prompt?.kind === 'search') return desk.search(prompt.text);
    if (prompt?.kind === 'line') {
      const line = Number(prompt.text);
      if (!Number.isInteger(line) || line < 1) return say(`“${prompt.text}” is no line number`, true);
      return desk.goTo(text.rowOf({line}));
    }
    if (prompt?.kind !== 'save') return;
    const file = prompt.text.trim();
    if (file === '') return say('A file needs a name', true);
    if (outside.redact !== null && !isRedacted) return set({type: 'askToHide', file});
    void save(file, isRedacted);
  }

  function answer(hides: boolean): void {
    const {prompt} = store.get();
    set({type: 'cancel'});
    if (prompt?.kind === 'hide') void save(prompt.text, hides);
  }

  async function save(file: string, hides: boolean): Promise<void> {
    const index = bootOf(store.get())?.index ?? 0;
    if (report === null) return;
    say(`Writing ${file} …`);
    try {
      if (hides) await learnNames();
      // The boot after it says where it ends.
      const shown = {...report, boots: report.boots.slice(index, index + 2)};
      outside.save(file, await outside.ticket(file, shown, hides));
      say(`Saved ${file}${hides ? ', with names and addresses hidden' : ''}`);
    } catch (error) {
      const {code, message} = error as NodeJS.ErrnoException;
      const why = code === 'EEXIST' ? 'it is there already, choose another name' : (code ?? message);
      say(`Cannot write ${file}: ${why}`, true);
    }
  }

  async function redact(): Promise<void> {
    if (!store.get().isRedacted) await learnNames();
    if (isClosed) return;
    set({type: 'redact'});
    if (report !== null) set({type: 'report', report: redacted(report), progress: store.get().progress});
    desk.refresh();
    set({type: 'forgetRuns'});
    times.forget(true);
    times.need();
    say(store.get().isRedacted ? 'Names, addresses and ids are hidden' : 'Names, addresses and ids are shown');
  }

  function redacted(shown: Report): Report {
    return store.get().isRedacted && outside.redact !== null ? outside.redact.report(shown) : shown;
  }

  function act(action: Action): void {
    switch (action.type) {
      case 'enter':
        return enter();
      case 'copy':
        return copy(copied());
      case 'submit':
        return submit();
      case 'answer':
        return answer(action.isYes);
      case 'again':
        return desk.again(action.by);
      case 'nextFinding':
        return desk.nextFinding(action.by);
      case 'back': {
        const state = store.get();
        return state.overlay === null && isLooking(state) ? desk.stop() : set(action);
      }
      case 'redact':
        return void redact();
      case 'level':
      case 'onlyFindings':
      case 'onlyBoot': {
        const row = desk.rowHere();
        set(action);
        return desk.applyFilters(row);
      }
      case 'clear': {
        const row = desk.rowHere();
        const isLog = store.get().screen === 'log';
        set(action);
        if (!isLog) return;
        desk.search('');
        return desk.applyFilters(row);
      }
      default:
        return set(action);
    }
  }

  return {
    store,
    desk,
    dispatch(action) {
      const before = store.get();
      act(action);
      const after = store.get();
      if (bootOf(before)?.index !== bootOf(after)?.index && after.log.onlyBoot) desk.applyFilters();
      if (action.type === 'enter' && before.overlay?.kind === 'boots' && after.overlay === null) firstOfBoot();
      if (after.screen === 'log' && before.screen !== 'log') enterLog();
      desk.moved(motions.has(action.type));
      times.need();
    },
    show(next, progress) {
      report = next;
      const isOver = progress.done && !store.get().progress.done;
      if (isOver && store.get().boot === null) openAtBoot(next);
      set({type: 'report', report: redacted(next), progress});
      if (isOver && store.get().isRedacted)
        void learnNames().then(() => set({type: 'report', report: redacted(next), progress}));
      desk.refresh();
      if (progress.done) times.forget(false);
      times.need();
    },
    close() {
      isClosed = true;
      desk.close();
      times.close();
    },
  };

  /** The boot that was asked for, now that all are known. */
  function openAtBoot(all: Report): void {
    try {
      const index = outside.bootAsked(all);
      if (index !== null) set({type: 'boot', index});
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), true);
    }
  }

  /** Whoever comes to the log first is shown the cause in it. */
  function enterLog(): void {
    const evidence = selectedCause(store.get())?.cause.evidence[0];
    if (!isLogSeen && store.get().log.cursor === 0 && evidence !== undefined) desk.goTo(text.rowOf(evidence));
    isLogSeen = true;
  }

  /** The log is shown from the chosen boot on. */
  function firstOfBoot(): void {
    const evidence = selectedCause(store.get())?.cause.evidence[0];
    const row = evidence === undefined ? bootRows(store.get(), text).first : text.rowOf(evidence);
    desk.goTo(row);
    times.forget(true);
  }
}
