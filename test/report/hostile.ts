/** Logs and reports that try to be more than text. */
import fc from 'fast-check';
import type {Report} from '../../src/model/report.js';
import {begun, failure, pid1} from '../boots.js';

/** A log of a failed unit with what is markup somewhere: in names, messages and long lines. */
export const hostileLog: readonly string[] = [
  ...begun,
  pid1(20, 'Starting acme.service - <b>Acme</b> ```` @joe #12...'),
  '[   21.000000] acme[77]: fatal: </script><script>alert(1)</script> ``` ~~~ <!-- ]]> $`x`$ @joe #12',
  `[   21.100000] acme[77]: error: \x1b[31m\x1b]0;title\x07red\u202egnp.exe\x1b[0m <img src=x onerror=alert(1)>`,
  `[   21.200000] acme[77]: error: ${'<a href="javascript:alert(1)">`'.repeat(400)}`,
  '```',
  '</details></section></main><h1>mine</h1>',
  ...failure(22, 'acme.service', '<b>Acme</b> ```` @joe #12'),
];

const fragments = fc.constantFrom(
  ...[
    '`',
    '``',
    '```',
    '````',
    '~~~',
    '*',
    '**',
    '_',
    '__',
    '<',
    '>',
    '|',
    '#',
    '[',
    ']',
    '(',
    ')',
    '!',
    '\\',
    '&',
    '-',
    '+',
  ],
  ...[
    '1.',
    '=',
    '\n',
    '\r',
    '\u2028',
    '\t',
    ' ',
    '  ',
    '    ',
    ':',
    '$',
    '"',
    "'",
    '“',
    '@joe',
    '#12',
    '!34',
    'GH-1',
    '\u202e',
  ],
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '</details>',
    '<!--',
    ']]>',
    '<?',
    '&lt;',
    '&#64;',
    '\x1b[2J',
  ],
  ...[
    '![x](http://x.example/y.png)',
    '[x](javascript:alert(1))',
    'www.x.example',
    'https://x.example',
    'joe@x.example',
    ':smile:',
  ],
  ...[
    '[^1]',
    '[^1]: note',
    '- [ ] task',
    '| - |',
    '---',
    '===',
    'a',
    'foo_bar',
    'word',
    '/close',
    'deadbeef'.repeat(5),
    '$`x`$',
  ],
);
/** Text made of what is markup to somebody. */
export const hostileText = fc.array(fragments, {minLength: 1, maxLength: 12}).map(parts => parts.join(''));

const chosen: ReadonlySet<string> = new Set([
  'schema',
  'outcome',
  'severity',
  'confidence',
  'risk',
  'url',
  'kind',
  'rule',
]);

/** The report with this for every text in it that may come from a log. */
export function withText(report: Report, text: string): Report {
  return JSON.parse(
    JSON.stringify(report, (key, value) =>
      typeof value !== 'string' || chosen.has(key) || (key === 'name' && isPhase(value)) ? value : text,
    ),
  ) as Report;
}

function isPhase(value: string): boolean {
  return ['firmware', 'bootloader', 'kernel', 'initrd', 'switch-root', 'userspace', 'shutdown'].includes(value);
}
