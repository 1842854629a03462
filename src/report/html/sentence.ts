import {codeParts} from '../words.js';
import {html, type Value} from './template.js';

/** A sentence, with what stands between backticks as code. */
export function sentence(text: string): Value {
  return codeParts(text).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
