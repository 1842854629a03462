/**
 * Text as CommonMark and what GitHub, GitLab and Bugzilla make of it: https://spec.commonmark.org, https://github.github.com/gfm.
 * Beyond the markup, all of them turn names, numbers and addresses into links and notify people: `@name`, `#12`, `!12`, a
 * commit's hash, `www.…`, `:emoji:`, `$math$`; GitLab obeys lines that begin with `/`. None of them looks into code.
 */
import {codeParts} from './words.js';

/** As many letters as two fences have that hold each other: longer than any run of backticks in the text. */
export function fence(lines: readonly string[], language = ''): string {
  const longest = Math.max(2, ...lines.flatMap(line => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const ticks = '`'.repeat(longest + 1);
  return [`${ticks}${language}`, ...lines.map(line => oneLine(line)), ticks].join('\n');
}

/** A text as code within a line. */
export function code(text: string): string {
  const shown = oneLine(text).trim();
  if (shown === '') return '';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

/** What somebody would make a link, a picture or a formula of, and names that systems have: that stands as code. */
const name =
  /[@$]|:\/\/|www\.|[#!&%~^]\w|^\/\S|^GH-\d|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|\.(?:service|mount|target|device|socket|swap|timer|slice|scope)$/i;
const emoji = /:\S+:/;
const opening = '("“\'‘';
const closing = ')"”\'’.,:;!?…';

/** A sentence in which nothing is markup but what stands between backticks. */
export function prose(text: string): string {
  return codeParts(oneLine(text).trim())
    .map((part, index) => (index % 2 === 1 ? code(part) : part.split(' ').map(word).join(' ')))
    .join('')
    .replace(/^(?:[-+=]|\d+(?=[.)]))/, start => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/**
 * The words of a link, which nobody makes another link of. Code would not do: `]:` in it makes the line a definition of a
 * link.
 */
export function label(text: string): string {
  return literally(oneLine(text)).replace(/:(?=\/\/)|(?<=www)\.|@/gi, '\\$&');
}

function word(text: string): string {
  if (emoji.test(text)) return code(text);
  let from = 0;
  let to = text.length;
  while (from < to && opening.includes(text.charAt(from))) from++;
  while (to > from && closing.includes(text.charAt(to - 1))) to--;
  const core = text.slice(from, to);
  return name.test(core)
    ? `${literally(text.slice(0, from))}${code(core)}${literally(text.slice(to))}`
    : literally(text);
}

/** Letters that mean something, escaped. `_` does so only at the edge of a word. */
function literally(text: string): string {
  return text.replace(/[\\`*[\]<>~#|{}]|&(?=[#\w])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&');
}

/** No line ends, no control characters, and none of the marks that turn the direction of text (UAX #9). */
export function oneLine(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�');
}
