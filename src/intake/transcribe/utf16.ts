/** Text that Windows terminals and PowerShell's `>` write: UTF-16, mostly with a byte order mark. */

type Encoding = 'utf-16le' | 'utf-16be';

const leastUnmarked = 16;
const looked = 64;

/** By the mark, or by a zero in every other byte, as ASCII has it; null for anything else. */
export function looksUtf16(head: Uint8Array): Encoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head.length < leastUnmarked) return null;
  const start = head.subarray(0, looked & ~1);
  const isZero = (parity: number): boolean => start.every((byte, at) => at % 2 !== parity || byte === 0);
  const isText = (parity: number): boolean => start.every((byte, at) => at % 2 !== parity || byte !== 0);
  if (isZero(1) && isText(0)) return 'utf-16le';
  return isZero(0) && isText(1) ? 'utf-16be' : null;
}

export async function* toUtf8(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncIterable<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, {stream: true});
    if (text !== '') yield Buffer.from(text);
  }
  const last = decoder.decode();
  if (last !== '') yield Buffer.from(last);
}
