import {textOf} from '../collector-json.js';

/**
 * A console in the JSON of an API: `aws ec2 get-console-output` (`Output`, of the API itself in base64), GCP's
 * instances.getSerialPortOutput (`contents`), OpenStack's os-getConsoleOutput (`output`), and what `gcloud logging read
 * --format json` prints (an array of entries, the newest first). The API's answers have at most 1 MiB.
 */
const mostBytes = 1 << 26;

const answer =
  /^\s*\{\s*"(?:InstanceId|Output|Timestamp|ResponseMetadata|contents|kind|next|selfLink|start|output)"\s*:/;
const entries =
  /^\s*\[\s*\{\s*"(?:insertId|jsonPayload|labels|logName|receiveTimestamp|resource|severity|textPayload|timestamp)"\s*:/;

export function mayBeConsoleJson(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString('latin1');
  return answer.test(text) || entries.test(text);
}

/** The console's own lines; the bytes as they are where no console is in them. */
export async function* createConsoleJson(
  chunks: AsyncIterable<Uint8Array>,
  notice: (text: string) => void,
): AsyncIterable<Uint8Array> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    if (length > mostBytes) {
      yield chunk;
      continue;
    }
    kept.push(chunk);
    length += chunk.length;
    if (length <= mostBytes) continue;
    notice('this JSON is larger than 64 MiB and was read as text; `jq -r` takes the log out of it');
    yield* kept.splice(0);
  }
  if (length > mostBytes) return;
  const whole = Buffer.concat(kept);
  const console = consoleIn(whole.toString('utf8'));
  if (console === null)
    notice('this looks like the JSON of a console, but is not whole or holds none; it was read as text');
  yield console === null ? whole : Buffer.from(console);
}

/** The text of the console; null where there is none. */
export function consoleIn(json: string): string | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  if (Array.isArray(parsed)) return textOfEntries(parsed);
  const {Output, output, contents} = parsed as Readonly<Record<string, unknown>>;
  const text = [Output, output, contents].find(field => typeof field === 'string');
  return typeof text === 'string' ? decoded(text) : null;
}

const base64 = /^[A-Za-z0-9+/\s]{24,}={0,2}\s*$/;

function decoded(text: string): string {
  if (!base64.test(text) || text.replace(/\s/g, '').length % 4 !== 0) return text;
  return Buffer.from(text, 'base64').toString('utf8');
}

/** Entries in the order of their time. */
function textOfEntries(array: readonly unknown[]): string | null {
  const found = array.flatMap((entry): {at: string; text: string}[] => {
    const text = textOf(entry);
    const {timestamp = ''} = (entry ?? {}) as {timestamp?: unknown};
    return text === null ? [] : [{at: String(timestamp), text: text.replace(/\n$/, '')}];
  });
  const isNewestFirst = found.length > 1 && (found[0]?.at ?? '') > (found.at(-1)?.at ?? '');
  if (isNewestFirst) found.reverse();
  return found.length === 0 ? null : `${found.map(({text}) => text).join('\n')}\n`;
}
