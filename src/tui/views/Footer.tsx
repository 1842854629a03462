import {hintsOf} from '../keys.js';
import {type Line, line, type Span, span} from '../layout/line.js';
import type {PromptKind, State} from '../state/state.js';
import {cut, slice, widthOf} from '../text.js';
import {Lines} from './Lines.js';

const questions: Readonly<Record<Exclude<PromptKind, 'hide'>, string>> = {
  search: '/',
  filter: 'Only with: ',
  line: 'Line: ',
  save: 'Save the ticket as: ',
};

/** The last line: a question, a message, or the keys. */
export function Footer({state}: {readonly state: State}) {
  return <Lines lines={[footerLine(state)]} width={state.size.columns} height={1} />;
}

export function footerLine(state: State): Line {
  const {prompt, toast, size} = state;
  if (prompt?.kind === 'hide') return keysLine('Hide names, addresses and ids in it? ', hintsOf(state), size.columns);
  if (prompt !== null) {
    const question = questions[prompt.kind];
    const hints = '  ↵ do it  esc leave it';
    const room = Math.max(8, size.columns - question.length - 2 - (size.columns > 70 ? hints.length : 0));
    const typed = slice(prompt.text, Math.max(0, widthOf(prompt.text) - room), room);
    return line(span('strong', question), typed, span('hit', ' '), span('dim', size.columns > 70 ? hints : ''));
  }
  if (toast !== null)
    return line(span(toast.isBad ? 'bad' : 'good', cut(`${toast.isBad ? '✖' : '✔'} ${toast.text}`, size.columns - 1)));
  return keysLine('', hintsOf(state), size.columns);
}

function keysLine(question: string, hints: ReturnType<typeof hintsOf>, columns: number): Line {
  const width = ({label, words}: (typeof hints)[number]): number => widthOf(label) + widthOf(words) + 3;
  // The last one leads to all others.
  const last = hints.at(-1);
  let room = columns - widthOf(question) - (last === undefined ? 0 : width(last));
  const shown = hints.slice(0, -1).filter(hint => {
    room -= width(hint);
    return room >= 0;
  });
  const spans = [...shown, ...(last === undefined ? [] : [last])].flatMap(({label, words}): Span[] => [
    span('strong', ` ${label}`),
    span('dim', ` ${words} `),
  ]);
  return line(...(question === '' ? [] : [span('strong', question)]), ...spans);
}
