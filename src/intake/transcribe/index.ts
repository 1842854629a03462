import {createConsoleJson, mayBeConsoleJson} from './console-json.js';
import {looksUtf16, toUtf8} from './utf16.js';

/** Enough to tell; a live log may pause after its first line, which is longer. */
const headLength = 64;

/**
 * The bytes of a log whose lines are there only after decoding: UTF-16, or text in the JSON that a cloud's API answers with.
 * Any other stream is passed on as it is. `notice` is told what could not be read.
 */
export async function* transcribe(
  stream: AsyncIterable<Uint8Array>,
  notice: (text: string) => void,
): AsyncIterable<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < headLength && mayNeedMore(head)) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  const whole = rest(head, chunks);
  const encoding = looksUtf16(head);
  if (encoding !== null) yield* toUtf8(whole, encoding);
  else if (mayBeConsoleJson(head)) yield* createConsoleJson(whole, notice);
  else yield* whole;
}

/** A beginning of JSON up to its first key, or of UTF-16 without a mark. */
const begun = /^\s*(?:\[\s*)?(?:\{\s*(?:"\w*(?:"\s*)?)?)?$/;

/** Bytes that say nothing yet. */
function mayNeedMore(head: Uint8Array): boolean {
  return head.length < 2 || head.includes(0) || begun.test(Buffer.from(head).toString('latin1'));
}

async function* rest(first: Uint8Array, chunks: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  if (first.length > 0) yield first;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}
