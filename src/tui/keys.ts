import type {Action} from './state/action.js';
import {bootOf, causesOf, isLooking, type Pane, type State} from './state/state.js';
import {enterDoes} from './state/target.js';

/** Where a key means something. `list`: everything that has a cursor. */
export type Context = 'causes' | 'timeline' | 'units' | 'log' | 'choice' | 'help' | 'prompt' | 'question';
/** The screens. */
export const everywhere: readonly Context[] = ['causes', 'timeline', 'units', 'log'];
const withCursor: readonly Context[] = [...everywhere, 'choice', 'help'];

export interface Binding {
  /** As `nameOfKey` gives them. */
  readonly keys: readonly string[];
  readonly on: readonly Context[];
  readonly action: Action;
  /** For the help. */
  readonly help: string;
  /** For the line of keys, where it is worth a place there; the more important the lower the number. No words: not now. */
  readonly hint?: readonly [order: number, words: string | ((state: State) => string), label?: string];
  /** Whether it does anything now. */
  readonly when?: (state: State) => boolean;
}

/** All keys. What follows from it: the help, the line of keys at the bottom, and what a key does. */
export const bindings: readonly Binding[] = [
  {keys: ['down', 'j'], on: withCursor, action: {type: 'move', by: 1}, help: 'down'},
  {keys: ['up', 'k'], on: withCursor, action: {type: 'move', by: -1}, help: 'up'},
  {keys: ['space', 'pagedown', 'ctrl-f', 'ctrl-d'], on: withCursor, action: {type: 'page', by: 1}, help: 'a page down'},
  {keys: ['pageup', 'ctrl-b', 'ctrl-u'], on: withCursor, action: {type: 'page', by: -1}, help: 'a page up'},
  {keys: ['g', 'home'], on: withCursor, action: {type: 'edge', to: 'first'}, help: 'to the top'},
  {
    keys: ['G', 'end'],
    on: withCursor,
    action: {type: 'edge', to: 'last'},
    help: 'to the end; in a log that grows: stay there',
  },
  {
    keys: ['enter'],
    on: ['causes', 'timeline', 'units'],
    action: {type: 'enter'},
    help: 'show the line in the log; open or close what followed; copy a command',
    hint: [1, state => enterDoes(state) ?? '', '↵'],
    when: state => enterDoes(state) !== null,
  },
  {keys: ['enter'], on: ['choice'], action: {type: 'enter'}, help: 'choose', hint: [1, 'choose', '↵']},
  {
    keys: ['esc', 'backspace'],
    on: everywhere,
    action: {type: 'back'},
    help: 'stop a search that takes long; back to the screen before the jump',
    hint: [2, state => (isLooking(state) ? 'stop' : 'back'), 'esc'],
    when: state => state.cameFrom !== null || isLooking(state),
  },
  {keys: ['esc', 'backspace', 'q'], on: ['choice'], action: {type: 'back'}, help: 'close it', hint: [2, 'back', 'esc']},
  {
    keys: ['esc', 'backspace', 'q', '?', 'enter'],
    on: ['help'],
    action: {type: 'back'},
    help: 'close it',
    hint: [1, 'back', 'esc'],
  },
  {
    keys: ['left', 'h'],
    on: ['causes', 'units'],
    action: {type: 'left'},
    help: 'to the list; close what followed',
    hint: [5, state => (paneHere(state) === 'detail' ? 'list' : ''), '←'],
  },
  {
    keys: ['right', 'l'],
    on: ['causes', 'units'],
    action: {type: 'right'},
    help: 'to what is known of it; open what followed',
    hint: [5, state => (paneHere(state) === 'list' ? 'details' : ''), '→'],
  },
  {
    keys: ['J', ']'],
    on: ['causes'],
    action: {type: 'nextCause', by: 1},
    help: 'next cause',
    hint: [4, 'next cause', 'J'],
    when: hasList,
  },
  {keys: ['K', '['], on: ['causes'], action: {type: 'nextCause', by: -1}, help: 'previous cause', when: hasList},
  {keys: ['left', 'h'], on: ['log'], action: {type: 'left'}, help: 'see more of long lines on the left'},
  {keys: ['right', 'l'], on: ['log'], action: {type: 'right'}, help: 'see more of long lines on the right'},
  {keys: ['0', '^'], on: ['log'], action: {type: 'edge', to: 'start'}, help: 'to the start of long lines'},
  {keys: ['1'], on: everywhere, action: {type: 'screen', screen: 'causes'}, help: 'causes'},
  {keys: ['2'], on: everywhere, action: {type: 'screen', screen: 'timeline'}, help: 'timeline: what took time'},
  {keys: ['3'], on: everywhere, action: {type: 'screen', screen: 'units'}, help: 'units that failed or were restarted'},
  {keys: ['4'], on: everywhere, action: {type: 'screen', screen: 'log'}, help: 'the whole log'},
  {keys: ['tab'], on: everywhere, action: {type: 'nextScreen', by: 1}, help: 'next screen', hint: [6, 'screen', 'tab']},
  {keys: ['shift-tab'], on: everywhere, action: {type: 'nextScreen', by: -1}, help: 'previous screen'},
  {
    keys: ['/'],
    on: ['log'],
    action: {type: 'prompt', kind: 'search'},
    help: 'search; capitals only where you type some',
    hint: [3, 'search', '/'],
  },
  {
    keys: ['/'],
    on: ['causes', 'timeline', 'units'],
    action: {type: 'prompt', kind: 'filter'},
    help: 'show only what contains a text',
    hint: [7, 'filter', '/'],
  },
  {
    keys: ['n'],
    on: ['log'],
    action: {type: 'again', by: 1},
    help: 'next match',
    hint: [3, 'next', 'n'],
    when: ({log}) => log.query !== '',
  },
  {keys: ['N'], on: ['log'], action: {type: 'again', by: -1}, help: 'previous match'},
  {keys: ['e'], on: ['log'], action: {type: 'nextFinding', by: 1}, help: 'next finding', hint: [4, 'finding', 'e']},
  {keys: ['E'], on: ['log'], action: {type: 'nextFinding', by: -1}, help: 'previous finding'},
  {keys: [':'], on: ['log'], action: {type: 'prompt', kind: 'line'}, help: 'go to a line'},
  {
    keys: ['p'],
    on: ['log'],
    action: {type: 'level'},
    help: 'all lines, warnings and worse, errors',
    hint: [8, 'priority', 'p'],
  },
  {
    keys: ['u'],
    on: ['log', 'units'],
    action: {type: 'overlay', kind: 'units'},
    help: 'only lines of a unit',
    hint: [9, 'unit', 'u'],
  },
  {
    keys: ['f'],
    on: ['log'],
    action: {type: 'onlyFindings'},
    help: 'only lines with findings',
    hint: [10, 'findings', 'f'],
  },
  {keys: ['o'], on: ['log'], action: {type: 'onlyBoot'}, help: 'only this boot'},
  {
    keys: ['c'],
    on: everywhere,
    action: {type: 'clear'},
    help: 'clear search and filters',
    hint: [5, 'clear', 'c'],
    when: isNarrowed,
  },
  {
    keys: ['s'],
    on: ['timeline'],
    action: {type: 'order'},
    help: 'by start, or by the time taken',
    hint: [3, 'sort', 's'],
  },
  {
    keys: ['b'],
    on: everywhere,
    action: {type: 'overlay', kind: 'boots'},
    help: 'choose a boot',
    hint: [4, 'boots', 'b'],
    when: ({report}) => (report?.boots.length ?? 0) > 1,
  },
  {keys: ['y'], on: everywhere, action: {type: 'copy'}, help: 'copy what the cursor is on', hint: [11, 'copy', 'y']},
  {
    keys: ['m'],
    on: everywhere,
    action: {type: 'prompt', kind: 'save'},
    help: 'save a ticket: the report on this boot as Markdown, or as the name of the file says',
    hint: [12, 'save ticket', 'm'],
  },
  {keys: ['r'], on: everywhere, action: {type: 'redact'}, help: 'hide names, addresses and ids, or show them'},
  {
    keys: ['?', 'f1'],
    on: [...everywhere, 'choice'],
    action: {type: 'overlay', kind: 'help'},
    help: 'these keys',
    hint: [99, 'keys', '?'],
  },
  {keys: ['q'], on: everywhere, action: {type: 'leave', how: 'quit'}, help: 'quit', hint: [0, 'quit', 'q']},
  {
    keys: ['ctrl-c'],
    on: [...withCursor, 'prompt', 'question'],
    action: {type: 'leave', how: 'interrupt'},
    help: 'quit, with status 130',
  },
  {
    keys: ['ctrl-z'],
    on: [...withCursor, 'prompt', 'question'],
    action: {type: 'leave', how: 'suspend'},
    help: 'suspend; fg comes back',
  },
  {keys: ['enter'], on: ['prompt'], action: {type: 'submit'}, help: 'do it', hint: [0, 'do it', '↵']},
  {keys: ['esc'], on: ['prompt', 'question'], action: {type: 'cancel'}, help: 'leave it', hint: [2, 'leave it', 'esc']},
  {
    keys: ['y', 'Y', 'enter'],
    on: ['question'],
    action: {type: 'answer', isYes: true},
    help: 'yes',
    hint: [0, 'yes', 'y ↵'],
  },
  {keys: ['n', 'N'], on: ['question'], action: {type: 'answer', isYes: false}, help: 'no', hint: [1, 'no', 'n']},
  {keys: ['backspace', 'ctrl-h'], on: ['prompt'], action: {type: 'erase', what: 'character'}, help: 'erase'},
  {keys: ['ctrl-u', 'ctrl-w'], on: ['prompt'], action: {type: 'erase', what: 'all'}, help: 'erase all'},
];

/** Where the cursor is of list and detail; null where there is no list. */
function paneHere(state: State): Pane | null {
  if (state.screen === 'units') return (bootOf(state)?.units.length ?? 0) > 0 ? state.units.pane : null;
  return hasList(state) ? state.causes.pane : null;
}

function hasList(state: State): boolean {
  return causesOf(bootOf(state)).length > 1;
}

function isNarrowed({log, causes, timeline, units, screen}: State): boolean {
  if (screen !== 'log') return {causes, timeline, units}[screen].filter !== '';
  return log.query !== '' || log.unit !== null || log.level !== 'all' || log.onlyFindings || log.onlyBoot;
}

export function contextOf({prompt, overlay, screen}: State): Context {
  if (prompt !== null) return prompt.kind === 'hide' ? 'question' : 'prompt';
  if (overlay !== null) return overlay.kind === 'help' ? 'help' : 'choice';
  return screen;
}

/** What a key does now; null: nothing. In a prompt, characters are typed. */
export function actionFor(state: State, key: string): Action | null {
  const context = contextOf(state);
  const found = bindings.find(
    ({keys, on, when}) => on.includes(context) && keys.includes(key) && (when === undefined || when(state)),
  );
  if (found !== undefined) return found.action;
  if (context !== 'prompt') return null;
  const text = key === 'space' ? ' ' : key;
  return [...text].length === 1 ? {type: 'type', text} : null;
}

/** What the line of keys says: the label of a key and what it does, the most useful first. */
export function hintsOf(state: State): readonly {readonly label: string; readonly words: string}[] {
  const context = contextOf(state);
  return bindings
    .filter(({hint, on, when}) => hint !== undefined && on.includes(context) && (when === undefined || when(state)))
    .map(({keys, hint}) => ({
      order: hint?.[0] ?? 0,
      label: hint?.[2] ?? keys[0] ?? '',
      words: wordsOf(hint?.[1] ?? '', state),
    }))
    .filter(({words}) => words !== '')
    .sort((a, b) => a.order - b.order);
}

function wordsOf(words: string | ((state: State) => string), state: State): string {
  return typeof words === 'string' ? words : words(state);
}
