/** Fields in which log collectors keep the line: Docker, Fluent Bit, Vector, Cloud Logging, LAVA. */
const textFields = ['log', 'message', 'msg', 'textPayload', 'line'] as const;
const payloads = ['jsonPayload', 'fields'] as const;
/** LAVA writes YAML of which every line is an item in JSON. */
const item = '- {"';

/**
 * The lines that an object of a log collector holds; null for what is none, and for journal entries, which have more to
 * tell than their text.
 */
export function textInJson(line: string): string[] | null {
  const start = line.startsWith('{') ? 0 : line.startsWith(item) ? 2 : -1;
  if (start < 0 || !/"(?:log|message|msg|textPayload|line)" ?:/.test(line)) return null;
  if (line.includes('"__REALTIME') || line.includes('"__CURSOR') || line.includes('"MESSAGE"')) return null;
  let object: unknown;
  try {
    object = JSON.parse(line.slice(start).replace(/,\s*$/, ''));
  } catch {
    return null;
  }
  const text = textOf(object);
  return text === null ? null : text.split('\n').filter(each => each.trim() !== '');
}

/** The text of a collector's object; null where it has none. */
export function textOf(object: unknown): string | null {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return null;
  const fields = object as Readonly<Record<string, unknown>>;
  for (const name of textFields) if (typeof fields[name] === 'string') return fields[name];
  for (const name of payloads) {
    const text = textOf(fields[name]);
    if (text !== null) return text;
  }
  return null;
}
