/** What people and programs put around the lines of a log. Forms: see the tools' manuals, and the sources named in unwrap.ts. */

export interface Wrapper {
  readonly name: string;
  /** Lines without their ends. The line numbers stay, but for `before` lines at the top. */
  wrap(lines: readonly string[]): string[];
  readonly before?: number;
  /** It is no capture tool's, and is seen around any log. */
  readonly isPasted?: boolean;
}

const two = (value: number): string => String(value).padStart(2, '0');
/** A clock that goes on by a second every third line. */
const clock = (index: number): string => {
  const second = Math.floor(index / 3);
  return `${two(21 + Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
};
const each = (name: string, line: (text: string, index: number) => string, isPasted = false): Wrapper => ({
  name,
  wrap: lines => lines.map(line),
  isPasted,
});

const noCarriageReturn = (text: string): string => text.replace(/\r+$/, '');
const json = (text: string): string => JSON.stringify(text).slice(1, -1);

export const wrappers: readonly Wrapper[] = [
  each('ts', (text, index) => `Nov 22 ${clock(index)} ${text}`),
  each('ts -s', (text, index) => `${clock(index).replace(/^21/, '00')} ${text}`),
  each('ts -i with fractions', (text, index) => `00:00:0${index % 2}.01234${index % 7} ${text}`),
  each('ts %.s', (text, index) => `1795381${two(index % 60)}5.35153${index % 9} ${text}`),
  each('ts [%F %T]', (text, index) => `[2026-11-22 ${clock(index)}] ${text}`),
  each('ts [%c]', (text, index) => `[Sun Nov 22 ${clock(index)} 2026] ${text}`),
  each('ts %FT%T%z', (text, index) => `2026-11-22T${clock(index)}+0000 ${text}`),
  each('minicom, extended', (text, index) => `[2026-11-22 ${clock(index)}.123] ${text}`),
  each('tio', (text, index) => `[${clock(index)}.123] ${text}`),
  each('a hypervisor', text => `[guest0/uart0] ${text}`),
  each('Kubernetes', (text, index) => `2026-11-22T${clock(index)}.123456789Z stdout F ${noCarriageReturn(text)}`),
  each('GitHub Actions', (text, index) => `2026-11-22T${clock(index)}.1234567Z ${text}`),
  each('docker compose', text => `console-1  | ${text}`),
  each('nix build -L', text => `vm-test-run-boot> ${text}`),
  each(
    'Docker',
    (text, index) => `{"log":"${json(text)}\\n","stream":"stdout","time":"2026-11-22T${clock(index)}.123456789Z"}`,
  ),
  each(
    'LAVA',
    (text, index) => `- {"dt": "2026-11-22T${clock(index)}.123456", "lvl": "target", "msg": "${json(text)}"}`,
  ),
  each('LAVA, its head cut off', text => `${noCarriageReturn(text)}"}`),
  {
    name: 'conserver',
    before: 1,
    wrap: lines => ['[-- Console up -- Sun Nov 22 21:00:00 2026]', ...lines, '[-- MARK -- Sun Nov 22 22:00:00 2026]'],
  },
  {
    name: 'script',
    before: 1,
    wrap: lines => [
      'Script started on 2026-11-22 21:00:00+00:00 [TERM="xterm" TTY="/dev/pts/0" COLUMNS="80" LINES="24"]',
      ...lines,
      '',
      'Script done on 2026-11-22 22:00:00+00:00 [COMMAND_EXIT_CODE="0"]',
    ],
  },
  each('quote marks', text => `> ${text}`, true),
  each('quotes of quotes', text => `>> > ${text}`, true),
  each('four blanks', text => `    ${text}`, true),
  each('a tab', text => `\t${text}`, true),
  each('a list', text => `- ${text}`, true),
  each('line numbers', (text, index) => `${String(index + 1).padStart(6)}  ${text}`, true),
  {
    name: 'a fence',
    before: 2,
    isPasted: true,
    wrap: lines => ['It does not boot:', '```', ...lines, '```', 'What now?'],
  },
  {
    name: 'a quoted fence',
    before: 1,
    isPasted: true,
    wrap: lines => ['> ```', ...lines.map(text => `> ${text}`), '> ```'],
  },
  {
    name: 'a page',
    before: 1,
    isPasted: true,
    wrap: lines => ['<html><body>', `<pre>${escaped(lines[0] ?? '')}`, ...lines.slice(1).map(escaped), '</pre>'],
  },
  each('line breaks of a page', text => `${escaped(noCarriageReturn(text))}<br/>`, true),
  each('Markdown', text => text.replace(/[_*[\]<>`~]/g, '\\$&'), true),
  each('ESC written as ^[', text => text.replaceAll('\x1b', '^['), true),
  each('ESC lost', text => text.replaceAll('\x1b', ''), true),
  each('CR LF', text => `${text}\r`, true),
];

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
