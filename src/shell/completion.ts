import type {CommandSpec, FlagSpec, Offer, Shell} from './commands.js';

/** The script that makes a shell complete whyboot. `analyze` may be left out, so its options are those of no command. */
export function completionScript(shell: Shell, commands: readonly CommandSpec[]): string {
  return {bash, zsh, fish}[shell](commands);
}

const listRules = 'whyboot rules list 2>/dev/null | cut -f1';

/** The first words of commands, and below each the second ones. */
function tree(commands: readonly CommandSpec[]): Map<string, string[]> {
  const words = new Map<string, string[]>();
  for (const {
    words: [first = '', second],
  } of commands)
    words.set(first, [...(words.get(first) ?? []), ...(second === undefined ? [] : [second])]);
  return words;
}

const names = ({name, char}: FlagSpec): string[] => [`--${name}`, ...(char === null ? [] : [`-${char}`])];
const idOf = ({words}: CommandSpec): string => words.join(' ');

function bash(commands: readonly CommandSpec[]): string {
  const offer = (of: Offer): string => {
    if (of === 'file') return 'COMPREPLY=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null';
    if (of === 'folder') return 'COMPREPLY=($(compgen -d -- "$cur")); compopt -o filenames 2>/dev/null';
    if (of === 'rule') return `COMPREPLY=($(compgen -W "$(${listRules})" -- "$cur"))`;
    return of === 'none' ? ':' : `COMPREPLY=($(compgen -W "${of.join(' ')}" -- "$cur"))`;
  };
  const groups = [...tree(commands)].filter(([, below]) => below.length > 0);
  const cases = commands.map(command => {
    const values = command.flags.flatMap(flag =>
      flag.value === null ? [] : [`        ${names(flag).join('|')}) ${offer(flag.value.offer)}; return ;;`],
    );
    const words = command.flags.flatMap(names).join(' ');
    return [
      `    '${idOf(command)}')`,
      ...(values.length === 0 ? [] : ['      case $prev in', ...values, '      esac']),
      `      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "${words}" -- "$cur")); return; fi`,
      `      ${offer(command.argument?.offer ?? 'none')}`,
      ...(command.words[0] !== 'analyze'
        ? []
        : [
            `      if ((at == 1)); then COMPREPLY+=($(compgen -W "${[...tree(commands).keys()].join(' ')} help" -- "$cur")); fi`,
          ]),
      '      ;;',
    ].join('\n');
  });
  return `# bash completion of whyboot: eval "$(whyboot completion bash)"
_whyboot() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at=$COMP_CWORD command=analyze IFS=$' \\t\\n'
  # --flag=value comes as three words.
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  COMPREPLY=()
  if ((at > 1)); then
    case \${COMP_WORDS[1]} in
${groups
  .map(
    ([word, below]) => `      ${word})
        if ((at == 2)); then COMPREPLY=($(compgen -W "${below.join(' ')}" -- "$cur")); return; fi
        command="${word} \${COMP_WORDS[2]}" ;;`,
  )
  .join('\n')}
      ${commands
        .filter(({words}) => words.length === 1)
        .map(idOf)
        .join('|')}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  case $command in
${cases.join('\n')}
  esac
}
complete -F _whyboot whyboot
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function zsh(commands: readonly CommandSpec[]): string {
  const action = (of: Offer): string => {
    if (of === 'file') return '_files';
    if (of === 'folder') return '_files -/';
    if (of === 'rule') return '_whyboot_rules';
    return of === 'none' ? ' ' : `(${of.join(' ')})`;
  };
  const escaped = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
  const flag = (each: FlagSpec): string[] =>
    names(each).map(name => {
      const value = each.value === null ? '' : `:${escaped(each.value.name)}:${action(each.value.offer)}`;
      const equals = each.value !== null && name.startsWith('--') ? '=' : '';
      return quoted(`*${name}${equals}[${escaped(each.summary)}]${value}`);
    });
  const functionOf = (command: CommandSpec): string => `_whyboot_${command.words.join('_')}`;
  const functions = commands.map(command => {
    const {argument} = command;
    const rest = argument === null ? [] : [quoted(`*:${argument.name.toLowerCase()}:${action(argument.offer)}`)];
    return `${functionOf(command)}() {\n  _arguments -s \\\n    ${[...command.flags.flatMap(flag), ...rest].join(' \\\n    ')}\n}`;
  });
  const described = (all: readonly (readonly [string, string])[]): string =>
    all.map(([word, summary]) => quoted(`${word}:${summary}`)).join(' ');
  const top = [...tree(commands)].map(
    ([word, below]) =>
      [
        word,
        below.length > 0 ? `${below.join(', ')}` : (commands.find(each => idOf(each) === word)?.summary ?? ''),
      ] as const,
  );
  const groups = [...tree(commands)].filter(([, below]) => below.length > 0);
  return `#compdef whyboot
# zsh completion of whyboot: eval "$(whyboot completion zsh)", after compinit
_whyboot_rules() {
  local -a ids
  ids=(\${(f)"$(${listRules})"})
  compadd -a ids
}
${functions.join('\n')}
_whyboot() {
  local -a words_of
  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
    words_of=(${described(top)})
    _describe command words_of
    _files
    return
  fi
  case $words[2] in
${groups
  .map(
    ([word, below]) => `    ${word})
      if ((CURRENT == 3)); then
        words_of=(${described(below.map(second => [second, commands.find(each => idOf(each) === `${word} ${second}`)?.summary ?? ''] as const))})
        _describe command words_of
        return
      fi
      local name=_whyboot_${word}_$words[3]
      shift 2 words; ((CURRENT -= 2))
      $name ;;`,
  )
  .join('\n')}
    ${commands
      .filter(({words}) => words.length === 1)
      .map(idOf)
      .join('|')})
      local name=_whyboot_$words[2]
      shift words; ((CURRENT--))
      $name ;;
    *) _whyboot_analyze ;;
  esac
}
if [[ $funcstack[1] == _whyboot ]]; then _whyboot "$@"; else compdef _whyboot whyboot; fi
`;
}

function fish(commands: readonly CommandSpec[]): string {
  const offer = (of: Offer): string => {
    if (of === 'file') return '-F';
    if (of === 'folder') return `-x -a '(__fish_complete_directories)'`;
    if (of === 'rule') return `-x -a '(${listRules})'`;
    return of === 'none' ? '-x' : `-x -a '${of.join(' ')}'`;
  };
  const firsts = [...tree(commands).keys()];
  const others = firsts.filter(word => word !== 'analyze').join(' ');
  const condition = ({words: [first = '', second]}: CommandSpec): string => {
    if (first === 'analyze') return `not __fish_seen_subcommand_from ${others}`;
    const one = `__fish_seen_subcommand_from ${first}`;
    return second === undefined ? one : `${one}; and __fish_seen_subcommand_from ${second}`;
  };
  const lines = commands.flatMap(command => {
    const when = `-n ${quoted(condition(command))}`;
    const argument = command.argument?.offer ?? 'none';
    return [
      ...command.flags.map(
        ({name, char, value, summary}) =>
          `complete -c whyboot ${when} -l ${name}${char === null ? '' : ` -s ${char}`} -d ${quoted(summary)}${value === null ? '' : ` ${offer(value.offer)}`}`,
      ),
      ...(argument === 'file' || argument === 'none' ? [] : [`complete -c whyboot ${when} ${offer(argument)}`]),
    ];
  });
  const seconds = [...tree(commands)].flatMap(([first, below]) =>
    below.map(second => {
      const summary = commands.find(each => idOf(each) === `${first} ${second}`)?.summary ?? '';
      const when = `__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${below.join(' ')}`;
      return `complete -c whyboot -f -n ${quoted(when)} -a ${second} -d ${quoted(summary)}`;
    }),
  );
  return [
    '# fish completion of whyboot: whyboot completion fish | source',
    ...firsts.map(word => {
      const summary =
        commands.find(each => idOf(each) === word)?.summary ?? (tree(commands).get(word) ?? []).join(', ');
      return `complete -c whyboot -n __fish_use_subcommand -a ${word} -d ${quoted(summary)}`;
    }),
    ...seconds,
    ...lines,
    '',
  ].join('\n');
}
