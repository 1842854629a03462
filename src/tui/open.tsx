import {EventEmitter} from 'node:events';
import {writeFileSync} from 'node:fs';
import type {ReadStream} from 'node:tty';
import chalk from 'chalk';
import {type Instance, render} from 'ink';
import type {RunningAnalysis} from '../analyze.js';
import type {ByteSource, SourceFile} from '../model/byte-source.js';
import type {Entry} from '../model/entry.js';
import type {Report} from '../model/report.js';
import type {LogText} from '../recording/log-text.js';
import {recordLog} from '../recording/log-text.js';
import {type Controller, createController} from './controller.js';
import type {Redaction} from './hiding.js';
import {startReading} from './reading.js';
import {createScreen, type TerminalScreen} from './screen.js';
import {initialState, type Size} from './state/state.js';
import {update} from './state/update.js';
import {createStore} from './store.js';
import {openTerminal, type Terminal} from './terminal.js';
import {App} from './views/App.js';
import {themeFor} from './views/theme.js';
import {prepareYoga} from './yoga.js';

interface TicketParts {
  readonly report: Report;
  readonly log: LogText;
  readonly hide: (report: Report) => Report;
}

export interface TuiOptions {
  readonly source: ByteSource;
  /** Length of the input in bytes, where it is known. */
  readonly total: number | null;
  /** Begins the analysis of the source that it is given. */
  readonly start: (source: ByteSource, onEntry: (entry: Entry) => void) => RunningAnalysis;
  /** A report as a ticket, in the form that the file's name asks for. `hide` has the last word on what is in it. */
  readonly ticket: (file: string, parts: TicketParts) => Promise<string>;
  readonly redaction: Redaction | null;
  readonly color: boolean;
  /** What is made of a report before it is shown. */
  readonly marked?: (report: Report) => Report;
  /** The index of the boot to open at; null for the last. Throws when there is none such. */
  readonly bootAsked?: (report: Report) => number | null;
  /** Names are hidden from the start. */
  readonly isRedacted?: boolean;
}

/** The screen waits this long for the whole answer before it shows what is known; longer where that is nearly there. */
const patienceMs = {large: 120, small: 1000};
/** A log of at most so many bytes is read at once. */
const small = 4_000_000;
const interrupted = 130;

/** Shows the log and the answer until the user leaves; resolves with the exit status. */
export async function openTui(options: TuiOptions): Promise<number> {
  const clipboard: Clipboard = {write: () => {}};
  const {controller, isReady, close} = begin(options, {
    rows: process.stdout.rows || 24,
    columns: process.stdout.columns || 80,
    clipboard,
  });
  await isReady;
  try {
    return await show(controller, clipboard, options.color);
  } finally {
    close();
  }
}

/** Draws the screens once for nobody, so that V8's code cache of the bundle holds what that takes. */
export async function rehearse(options: TuiOptions): Promise<void> {
  const {controller, isReady, close} = begin(options, {rows: 24, columns: 80, clipboard: {write: () => {}}});
  await isReady;
  const silent = Object.assign(new EventEmitter(), {
    isTTY: true,
    setEncoding() {},
    setRawMode() {},
    ref() {},
    unref() {},
    read: () => null,
  });
  const size = {rows: 24, columns: 80};
  const app = renderApp(
    controller,
    silent as unknown as ReadStream,
    () => size,
    options.color,
    () => {},
  );
  for (const screen of ['log', 'causes'] as const) controller.dispatch({type: 'screen', screen});
  controller.dispatch({type: 'move', by: 1});
  app.unmount();
  close();
}

interface Clipboard {
  write: (text: string) => void;
}

interface Begun {
  readonly controller: Controller;
  /** There is something to show. */
  readonly isReady: Promise<unknown>;
  close(): void;
}

/** Begins to read. */
function begin(options: TuiOptions, {clipboard, ...size}: Size & {readonly clipboard: Clipboard}): Begun {
  const yoga = prepareYoga();
  const log = recordLog(options.source);
  let bytes = 0;
  const count = <File extends SourceFile>(file: File): File => ({
    ...file,
    async *chunks() {
      for await (const chunk of file.chunks()) {
        bytes += chunk.length;
        yield chunk;
        // Bytes that are there already must not keep the keys waiting.
        await new Promise(resolve => setImmediate(resolve));
      }
    },
  });
  const counted: ByteSource = {
    ...log.source,
    parts: log.source.parts.map(part => ({
      ...count(part),
      ...(part.journal !== undefined && {journal: part.journal.map(count)}),
    })),
  };
  const store = createStore(update, initialState(options.source.name, size, options.total));
  const controller = createController(store, log, {
    copy: text => clipboard.write(osc52(text)),
    save: (file, text) => writeFileSync(file, text, {flag: 'wx'}),
    ticket: (file, report, hides) => {
      const hide = (shown: Report): Report => (hides && redaction !== null ? redaction.report(shown) : shown);
      return options.ticket(file, {report, log, hide});
    },
    redact: options.redaction,
    bootAsked: options.bootAsked ?? (() => null),
  });
  const {redaction} = options;
  const analysis = options.start(counted, entry => {
    log.onEntry(entry);
    // The rows of a structured form do not say whose they are.
    if (redaction !== null && entry.fields !== null) redaction.learn({text: '', fields: entry.fields});
  });
  const reading = startReading(
    analysis,
    log,
    () => bytes,
    options.total,
    (report, progress) => controller.show(options.marked?.(report) ?? report, progress),
  );
  if (options.isRedacted === true) controller.dispatch({type: 'redact'});
  const isSmall = options.total !== null && options.total <= small;
  const patience = new Promise(resolve => setTimeout(resolve, patienceMs[isSmall ? 'small' : 'large']).unref());
  return {
    controller,
    isReady: Promise.all([yoga, Promise.race([reading.ended, patience])]),
    close() {
      reading.stop();
      controller.close();
      log.close();
    },
  };
}

async function show(controller: Controller, clipboard: Clipboard, color: boolean): Promise<number> {
  const {store} = controller;
  const terminal = openTerminal();
  clipboard.write = terminal.write;
  const screen = createScreen(terminal.write);
  terminal.onResize(() => {
    screen.forget();
    controller.dispatch({type: 'resize', size: terminal.size});
  });
  try {
    for (;;) {
      const how = await showUntilLeft(controller, terminal, screen, color);
      if (how !== 'suspend') return how === 'interrupt' ? interrupted : 0;
      await terminal.suspend();
      screen.forget();
      store.dispatch({type: 'resumed'});
      store.dispatch({type: 'resize', size: terminal.size});
    }
  } finally {
    terminal.close();
  }
}

async function showUntilLeft(controller: Controller, terminal: Terminal, screen: TerminalScreen, color: boolean) {
  const {store} = controller;
  const app = renderApp(
    controller,
    terminal.keys,
    () => terminal.size,
    color,
    frame => {
      if (store.get().leaving === null) screen.draw(frame);
    },
  );
  const left = new Promise<void>(resolve => {
    const unsubscribe = store.subscribe(() => {
      if (store.get().leaving === null) return;
      unsubscribe();
      resolve();
    });
  });
  const crashed = app.waitUntilExit();
  await Promise.race([left, crashed]);
  app.unmount();
  await crashed;
  return store.get().leaving ?? 'quit';
}

function renderApp(
  controller: Controller,
  keys: ReadStream,
  size: () => Size,
  color: boolean,
  draw: (frame: string) => void,
): Instance {
  // Bold and inverse are no colours: they stay where colour is not wanted, and the theme leaves the colours out.
  chalk.level = 1;
  return render(<App controller={controller} theme={themeFor(color)} />, {
    stdin: keys,
    stdout: frameSink(size, draw),
    // Ink then hands over every frame as it is, and leaves it to us to draw what changed of it.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
}

/** A stream for Ink that takes frames. */
function frameSink(size: () => Size, draw: (frame: string) => void): NodeJS.WriteStream {
  const sink = {
    isTTY: true,
    get columns() {
      return size().columns;
    },
    get rows() {
      return size().rows;
    },
    write(frame: string): boolean {
      draw(frame);
      return true;
    },
  };
  return Object.defineProperties(
    new EventEmitter(),
    Object.getOwnPropertyDescriptors(sink),
  ) as unknown as NodeJS.WriteStream;
}

/** OSC 52: the terminal puts it on its clipboard. */
function osc52(text: string): string {
  return `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
}
