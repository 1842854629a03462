import {expect, test} from 'vitest';
import {helpOf} from '../../src/tui/help.js';
import {actionFor, bindings, type Context} from '../../src/tui/keys.js';
import {openScreen} from './fixtures.js';

test('no key means two things at one place', () => {
  const taken = new Map<string, string>();
  const doubles: string[] = [];
  for (const {keys, on, help} of bindings) {
    for (const context of on) {
      for (const key of keys) {
        const place = `${key} on ${context}`;
        if (taken.has(place)) doubles.push(`${place}: ${taken.get(place)}, ${help}`);
        taken.set(place, help);
      }
    }
  }
  expect(doubles).toEqual([]);
});

test('the help names every key that works outside of questions and choices', () => {
  const shown = helpOf().flatMap(({keys}) => keys.map(({help}) => help));
  const asked: readonly Context[] = ['prompt', 'question', 'choice', 'help'];
  const wanted = bindings.filter(({on}) => on.some(context => !asked.includes(context))).map(({help}) => help);
  expect(wanted.filter(help => !shown.includes(help))).toEqual([]);
});

test('in a question characters are typed, whatever they do elsewhere', async () => {
  const {press, type, state} = await openScreen();
  press('4', '/');
  type('q j');
  expect(state().prompt).toEqual({kind: 'search', text: 'q j'});
  press('backspace');
  expect(state().prompt?.text).toBe('q ');
  press('esc');
  expect(state().prompt).toBeNull();
  expect(actionFor(state(), 'q')).toEqual({type: 'leave', how: 'quit'});
});
