/** A piece of a message: text that stays, or what differs from log to log. */
export interface Piece {
  readonly text: string;
  /** Source of a regular expression that fits it and its like; null for text that stays. */
  readonly expression: string | null;
  /** Name of the capture; null where it is worth none. */
  readonly name: string | null;
}

interface Kind {
  readonly pattern: string;
  readonly name: string | null;
  readonly expression: string;
}

/** strerror(3) and gai_strerror(3), as glibc words what goes wrong at boot. */
const errors = [
  'Address already in use',
  'Bad message',
  'Broken pipe',
  'Cannot allocate memory',
  'Connection refused',
  'Connection reset by peer',
  'Connection timed out',
  'Device or resource busy',
  'Exec format error',
  'File exists',
  'Function not implemented',
  'Host is down',
  'Input/output error',
  'Invalid argument',
  'Is a directory',
  'Key was rejected by service',
  'Name or service not known',
  'Network is unreachable',
  'No route to host',
  'No space left on device',
  'No such device or address',
  'No such device',
  'No such file or directory',
  'No such process',
  'Not a directory',
  'Operation not permitted',
  'Operation not supported',
  'Permission denied',
  'Protocol error',
  'Read-only file system',
  'Resource temporarily unavailable',
  'Structure needs cleaning',
  'Temporary failure in name resolution',
  'Text file busy',
  'Timer expired',
  'Too many levels of symbolic links',
  'Too many open files',
  'Transport endpoint is not connected',
];

/**
 * What differs from log to log, the most telling first. Lengths are bounded, so that no expression made of them can be
 * slow.
 */
const kinds: readonly Kind[] = [
  {pattern: `(?<=: )(?:${errors.join('|')})(?![\\w/])`, name: 'error', expression: '[A-Z][A-Za-z ,/-]{3,60}'},
  {
    pattern: '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
    name: 'uuid',
    expression: '[0-9a-fA-F-]{36}',
  },
  {pattern: '\\w+://[^\\s\'"]+', name: 'url', expression: '\\w{2,20}://[^\\s\'"]{1,300}'},
  {
    pattern: '[\\w@\\\\:.-]+\\.(?:service|socket|mount|target|device|swap|timer|path|slice|scope|automount)(?![\\w.])',
    name: 'unit',
    expression: '[^\\s\'":]{1,200}',
  },
  {pattern: '(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}', name: 'address', expression: '[0-9a-fA-F:]{17}'},
  {
    pattern: '[0-9a-fA-F]{4}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-7]',
    name: 'device',
    expression: '[0-9a-fA-F:.]{12}',
  },
  {pattern: '(?:\\d{1,3}\\.){3}\\d{1,3}(?:/\\d{1,2})?(?!\\.?\\d)', name: 'address', expression: '[\\d./]{7,18}'},
  {
    pattern: '(?<![\\w:])(?=[0-9a-fA-F:]*::|(?:[0-9a-fA-F]{1,4}:){7})[0-9a-fA-F:]{2,38}[0-9a-fA-F](?![\\w:])',
    name: 'address',
    expression: '[0-9a-fA-F:]{3,39}',
  },
  {pattern: '\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d)?)?', name: 'date', expression: '[\\dT: -]{10,19}'},
  {pattern: '(?<![\\w.])~?/[\\w.@+:~/-]*[\\w/]', name: 'path', expression: '/[^\\s\'":,;)]{0,300}'},
  {
    pattern:
      '(?<![\\w-])(?:nvme\\d+n\\d+(?:p\\d+)?|mmcblk\\d+(?:p\\d+)?|(?:sd|vd|hd|xvd)[a-z]+\\d*|(?:dm-|md|sr|loop|zram)\\d+)(?![\\w-])',
    name: 'device',
    expression: '[\\w-]{2,40}',
  },
  {
    pattern: '(?<![\\w-])(?:eth|wlan|en[ops]|wl[ops])\\w*\\d\\w*(?![\\w-])',
    name: 'interface',
    expression: '[\\w.-]{2,15}',
  },
  {pattern: '0[xX][0-9a-fA-F]+', name: null, expression: '0[xX][0-9a-fA-F]{1,16}'},
  {pattern: '(?<!\\w)(?=[a-f]*\\d)[0-9a-f]{8,}(?!\\w)', name: 'id', expression: '[0-9a-f]{8,128}'},
  {
    pattern: '(?<![\\w.])\\d+\\.\\d+(?:\\.\\d+)+(?:[-+~][\\w.+~-]*\\w)?',
    name: 'version',
    expression: '\\d[\\w.+~-]{2,60}',
  },
  // Not that of a name: EXT4, ipv6, x86_64.
  {
    pattern: '(?<![A-Z\\d])(?<!\\b(?:ext|i|ipv|lz|md|nfsv|sha|utf|x|x86_|cgroup))\\d+',
    name: null,
    expression: '\\d{1,20}',
  },
];

const anyKind = new RegExp(kinds.map(({pattern}) => `(${pattern})`).join('|'), 'g');

/** `line 12` and `status=203`: the word before a number names it. */
const wordBefore = /\b([a-z]{3,16})(?:[ =:#(]| is | of )$/;

/** Captures that mean something else, or that a finding has anyway. */
const reserved = new Set([
  'kernel',
  'root',
  'ostree',
  'init',
  'count',
  'unit',
  'and',
  'the',
  'for',
  'with',
  'after',
  'than',
]);

/** Cuts a message into what stays and what differs from log to log. */
export function generalize(message: string): Piece[] {
  const pieces: Piece[] = [];
  const taken = new Set<string>();
  let end = 0;
  const keep = (text: string): void => {
    if (text !== '') pieces.push({text, expression: null, name: null});
  };
  for (const match of message.matchAll(anyKind)) {
    const kind = kinds[match.slice(1).findIndex(group => group !== undefined)] as Kind;
    const before = message.slice(end, match.index);
    keep(before);
    const word = kind.name === null ? wordBefore.exec(before)?.[1] : undefined;
    const name = kind.name ?? (word === undefined || reserved.has(word) ? null : word);
    pieces.push({text: match[0], expression: kind.expression, name: unused(name, taken)});
    end = match.index + match[0].length;
  }
  keep(message.slice(end));
  return pieces;
}

function unused(name: string | null, taken: Set<string>): string | null {
  if (name === null) return null;
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}${number}`;
  taken.add(free);
  return free;
}

/** The regular expression for a message cut into pieces. */
export function expressionOf(pieces: readonly Piece[]): string {
  return pieces
    .map(({text, expression, name}) => {
      if (expression === null) return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return name === null ? expression : `(?<${name}>${expression})`;
    })
    .join('');
}

/** The message with its captures as a rule's title writes them: `{path}`. */
export function templateOf(pieces: readonly Piece[]): string {
  return pieces.map(({text, name}) => (name === null ? text : `{${name}}`)).join('');
}

/** The same message as another machine would write it: another digit at the end of what differs. */
export function anotherOf(pieces: readonly Piece[]): string {
  return pieces
    .map(({text, expression}) =>
      expression === null ? text : text.replace(/(?<!^)\d(?=\D*$)|^\d$/, digit => String((Number(digit) + 1) % 10)),
    )
    .join('');
}
