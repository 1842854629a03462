import type {Entry} from '../model/entry.js';

/** The words of an end in quotation marks, as a document, a test or a rule has them; not the value of a JSON key. */
const quotedEnd =
  /(?<=^|[\s(])(?<!["'] ?: ?|, ?)["'`“](?:Kernel panic - not syncing|You are in emergency mode|Press Enter for maintenance)/;
/** A string with a conversion of printf in it: the source of a message, which no log has. */
const formatString = /"[^"]{0,200}%[-#0 +.\d]{0,6}(?:hh?|ll?|z)?[sdiuxXp][^"]{0,200}"/;
const mark = /["'`“]/;
/** What a document puts before a message that it speaks of: a list (but not as OpenRC indents its lines), a heading, a comment, who speaks. */
const before = /^(?! \* )\s*(?:[-*+•]|\d{1,3}[.)]|#{1,6}|\/\/|\/?\*|\||\[[A-Za-z][A-Za-z ]{0,40}\])\s/;
/** Of code. */
const ofCode = /[{}|]|=(?!\d)/;
const quotes: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
];
/** Words of somebody who tells, in place of a program that reports. */
const telling =
  /\b(?:the|you|your|this|that|these|if|when|then|which|we|our|my|because|should|would|could|please|often|usually|finds?|shows?|says?|prints?|means?)\b/gi;
/** So many of them in a line make it a sentence, wherever the message stands in it. */
const sentence = 3;

/**
 * A line of nobody known that quotes a message in place of printing it. `start`: where the words begin that somebody looks for;
 * `isDocument`: the lines around it are those of a document or a program.
 */
export function isQuotation(
  {format, identifier, kernel, message}: Entry,
  startOf: () => number,
  isDocument: boolean,
): boolean {
  if (format !== 'plain' || kernel || identifier !== null) return false;
  if (!isDocument && !mark.test(message)) return false;
  const start = startOf();
  if (quotedEnd.test(message) || formatString.test(message) || isWithin('`', '`', message, start)) return true;
  if (!isDocument) return false;
  const first = message.slice(0, start);
  return (
    before.test(message) ||
    ofCode.test(first) ||
    quotes.some(([open, close]) => isWithin(open, close, message, start)) ||
    first.search(telling) >= 0 ||
    (message.match(telling)?.length ?? 0) >= sentence
  );
}

/** Between two marks, of which the first begins a word. */
function isWithin(open: string, close: string, text: string, start: number): boolean {
  let isOpen = false;
  for (let at = 0; at < start; at++) {
    if (isOpen && text[at] === close) isOpen = false;
    else if (text[at] === open && !/\w/.test(text[at - 1] ?? '')) isOpen = true;
  }
  // What is looked for may begin with the mark that closes.
  return isOpen && text.indexOf(close, start) > start;
}
