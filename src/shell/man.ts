import type {CommandSpec, FlagSpec} from './commands.js';

/** The man page in the macros of man(7). */
export function manPage(commands: readonly CommandSpec[], version: string): string {
  const [main] = commands.filter(({words}) => words[0] === 'analyze') as [CommandSpec];
  const others = commands.filter(command => command !== main);
  const [intro = '', status = ''] = main.description.split(/^Exit status:\n/m);
  return [
    `.TH WHYBOOT 1 "" "whyboot ${roff(version)}" "User Commands"`,
    '.SH NAME',
    'whyboot \\- name the first cause of what went wrong in the boot of a Linux system',
    '.SH SYNOPSIS',
    '.B whyboot',
    '.RI [ option ...]',
    '.RI [ FILE ...]',
    ...others.flatMap(command => [
      '.br',
      `.B whyboot ${roff(command.words.join(' '))}`,
      `.RI [ option ...]${command.argument === null ? '' : ` " [" ${roff(command.argument.name)} ${command.argument.many ? '...]' : ']'}`}`,
    ]),
    '.SH DESCRIPTION',
    'whyboot reads the boot log of a Linux system and says why the boot failed.',
    'It follows each message back to the first cause, shows its line, says what followed from it and what to do, and is silent about a healthy boot.',
    '.PP',
    'FILE is a log, or a folder of logs: what journalctl, dmesg or a serial console prints, or a journal file. Several are read as one. Without one, or for -, standard input is read. On a terminal a screen is shown; into a pipe or a file a report is printed.',
    ...(intro.trim() === '' ? [] : ['.PP', roff(intro.trim())]),
    '.SH OPTIONS',
    ...main.flags.flatMap(flagLines),
    '.SH COMMANDS',
    ...others.flatMap(command => [
      `.SS "whyboot ${roff(command.words.join(' '))}${command.argument === null ? '' : ` ${roff(command.argument.name)}`}"`,
      roff(command.summary),
      ...command.description.split(/\n{2,}/).flatMap(part => ['.PP', roff(part.replace(/\s+/g, ' ').trim())]),
      ...command.flags.filter(({name}) => name !== 'help').flatMap(flagLines),
    ]),
    '.SH EXIT STATUS',
    ...[...status.matchAll(/^ {2}(\d+) +(.+)$/gm)].flatMap(([, number = '', meaning = '']) => [
      '.TP',
      `.B ${number}`,
      roff(meaning),
    ]),
    '.SH ENVIRONMENT',
    '.TP',
    '.BR NO_COLOR ", " FORCE_COLOR ", " TERM',
    'No colour; colour, also into a pipe; no colour and no screen where it is dumb.',
    '.SH EXAMPLES',
    ...[main, ...others]
      .flatMap(({examples}) => examples)
      .flatMap(({description, command}, index) => [
        ...(index === 0 ? [] : ['.PP']),
        ...(description === null ? [] : [roff(description)]),
        '.EX',
        `  ${roff(command)}`,
        '.EE',
      ]),
    '.SH SEE ALSO',
    '.BR journalctl (1),',
    '.BR dmesg (1),',
    '.BR systemd (1)',
    '',
  ].join('\n');
}

function flagLines({name, char, value, summary}: FlagSpec): string[] {
  const short = char === null ? '' : `\\fB\\-${roff(char)}\\fR, `;
  const of = value === null ? '' : ` \\fI${roff(value.name)}\\fR`;
  return ['.TP', `${short}\\fB\\-\\-${roff(name)}\\fR${of}`, roff(summary)];
}

/** Text in which nothing is a request or an escape of roff. */
function roff(text: string): string {
  return text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}
