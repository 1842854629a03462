import {type Binding, bindings, type Context, everywhere} from './keys.js';

const sections: readonly (readonly [title: string, context: Context])[] = [
  ['Everywhere', 'choice'],
  ['Causes', 'causes'],
  ['Timeline', 'timeline'],
  ['Units', 'units'],
  ['Log', 'log'],
];
const shownNames: Readonly<Record<string, string>> = {
  down: '↓',
  up: '↑',
  left: '←',
  right: '→',
  enter: 'Enter',
  esc: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  pagedown: 'PgDn',
  pageup: 'PgUp',
  home: 'Home',
  end: 'End',
  backspace: 'Backspace',
  f1: 'F1',
};

function shownKey(key: string): string {
  return shownNames[key] ?? key.replace(/^ctrl-(.)$/, (_all, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

/** The help: a key stands where it is used; those that work on all screens come first. */
export function helpOf(): readonly {
  readonly title: string;
  readonly keys: readonly {readonly keys: string; readonly help: string}[];
}[] {
  const isGeneral = ({on}: Binding): boolean => everywhere.every(context => on.includes(context));
  return sections.map(([title, context]) => ({
    title,
    keys: bindings
      .filter(binding =>
        context === 'choice' ? isGeneral(binding) : binding.on.includes(context) && !isGeneral(binding),
      )
      .map(({keys, help}) => ({keys: keys.map(shownKey).join(' '), help})),
  }));
}
