/**
 * HTML by a tagged template that escapes whatever is put into it. Only what the template itself made is taken as markup,
 * so a text of the log cannot become any: there is no second way in but `trusted`, for our own style and script.
 */
class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

export type {Html};
/** What a template takes: markup, text, numbers, lists of these, and nothing. */
export type Value = Html | string | number | null | undefined | false | readonly Value[];

export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = strings[0] ?? '';
  for (const [index, value] of values.entries()) {
    // Escaping protects a value between quotes, and no other attribute.
    if (strings[index]?.endsWith('=')) throw new Error(`an attribute without quotes: ${strings[index]}`);
    markup += markupOf(value) + (strings[index + 1] ?? '');
  }
  return new Html(markup);
}

/** Markup that is ours. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

/** With something between the items. */
export function joined(items: readonly Value[], between: Value): Value {
  return items.flatMap((item, index) => (index === 0 ? [item] : [between, item]));
}

function markupOf(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Neither markup, nor control characters, nor marks that turn the direction of text (UAX #9). */
function escaped(text: string): string {
  return text
    .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�')
    .replace(/[&<>"']/g, letter => entities[letter] ?? '');
}
