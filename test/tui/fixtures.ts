/** A screen without a terminal: a sample that was read, and what keys do to it. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {analyze, startAnalysis} from '../../src/analyze.js';
import {ticketText} from '../../src/cli/ticket.js';
import {openSource} from '../../src/intake/source.js';
import type {ByteSource} from '../../src/model/byte-source.js';
import type {Report} from '../../src/model/report.js';
import {type RecordedLog, recordLog} from '../../src/recording/log-text.js';
import {createRedactor} from '../../src/report/redact.js';
import {builtinRules} from '../../src/rules/builtin.js';
import {type Controller, createController, type Outside} from '../../src/tui/controller.js';
import {actionFor} from '../../src/tui/keys.js';
import {initialState, type Size, type State} from '../../src/tui/state/state.js';
import {update} from '../../src/tui/state/update.js';
import {createStore} from '../../src/tui/store.js';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));
export const founding = 'ostree-ms-move-restart/console.log';
export const sample = (file: string): string => join(samples, file);

/** Bytes as a stream would bring them: they stand in no file. */
export function streamOf(bytes: Uint8Array, chunkLength = 5000, name = '-'): ByteSource {
  async function* chunks(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkLength) yield bytes.subarray(at, at + chunkLength);
  }
  return {name, parts: [{name, chunks}]};
}

export async function recorded(source: ByteSource): Promise<{log: RecordedLog; report: Report}> {
  const log = recordLog(source);
  const report = await startAnalysis(log.source, {onEntry: log.onEntry}).run();
  return {log, report};
}

export interface Screen {
  readonly controller: Controller;
  readonly state: () => State;
  readonly copied: string[];
  readonly saved: Map<string, string>;
  /** Presses keys by the names that src/tui/keys.ts uses. */
  press(...keys: string[]): void;
  /** Types a text into a prompt. */
  type(text: string): void;
  /** Waits for what goes on beside the keys: searches, filters, times. */
  settled(): Promise<void>;
}

export async function openScreen(
  source: ByteSource | string = founding,
  size: Size = {rows: 24, columns: 80},
): Promise<Screen> {
  const {log, report} = await recorded(
    typeof source === 'string' ? await openSource([sample(source)], process.stdin) : source,
  );
  const redaction = createRedactor(builtinRules());
  const copied: string[] = [];
  const saved = new Map<string, string>();
  const outside: Outside = {
    copy: text => copied.push(text),
    save: (file, text) => saved.set(file, text),
    ticket: async (file, report, hides) => {
      const hide = (shown: Report): Report => (hides ? redaction.report(shown) : shown);
      return ticketText(file, {report, log, hide}, builtinRules());
    },
    redact: redaction,
    bootAsked: () => null,
  };
  const store = createStore(update, initialState('log', size, null));
  const controller = createController(store, log, outside);
  controller.show(report, {bytes: report.source.bytes, rows: log.rows, total: null, done: true, error: null});
  const press = (...keys: string[]): void => {
    for (const key of keys) {
      const action = actionFor(store.get(), key);
      if (action !== null) controller.dispatch(action);
    }
  };
  return {
    controller,
    state: store.get,
    copied,
    saved,
    press,
    type: text => press(...[...text].map(each => (each === ' ' ? 'space' : each))),
    async settled() {
      const isBusy = ({log: {searching, filtering}, screen, jobs}: State): boolean =>
        searching !== null || filtering !== null || ((screen === 'timeline' || screen === 'units') && !jobs.done);
      do await new Promise(resolve => setImmediate(resolve));
      while (isBusy(store.get()));
    },
  };
}

export async function reportOf(file: string): Promise<Report> {
  return analyze(await openSource([sample(file)], process.stdin));
}

export const textOf = (file: string): string => readFileSync(sample(file), 'utf8');
