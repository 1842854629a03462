/** The commands as they define themselves: what completions and the man page are made of. */

/** What a shell can offer for a word. */
export type Offer = 'file' | 'folder' | 'rule' | 'none' | readonly string[];

export interface FlagSpec {
  readonly name: string;
  readonly char: string | null;
  /** Null for one that takes no value. */
  readonly value: {readonly name: string; readonly offer: Offer} | null;
  readonly summary: string;
}

export interface CommandSpec {
  /** `['rules', 'list']`. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly {readonly description: string | null; readonly command: string}[];
  /** How the arguments are called, and what stands there. */
  readonly argument: {
    readonly name: string;
    readonly many: boolean;
    readonly summary: string;
    readonly offer: Offer;
  } | null;
  readonly flags: readonly FlagSpec[];
}

/** What of oclif's description of a command is used here. */
export interface Definition {
  readonly id: string;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly examples?: readonly (string | {readonly description: string; readonly command: string})[] | undefined;
  readonly args: Readonly<
    Record<string, {readonly name: string; readonly description?: string; readonly multiple?: boolean}>
  >;
  readonly flags: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly char?: string;
        readonly type: string;
        readonly description?: string;
        readonly helpValue?: string | string[];
        readonly options?: readonly string[];
        readonly allowNo?: boolean;
      }
    >
  >;
}

const ofArguments: Readonly<Record<string, Offer>> = {file: 'file', dir: 'folder', name: 'rule'};
const ofFlags: Readonly<Record<string, Offer>> = {
  output: 'file',
  rules: 'folder',
  dir: 'folder',
  samples: 'folder',
  ignore: 'rule',
  only: 'rule',
};

export function commandSpecs(definitions: readonly Definition[]): CommandSpec[] {
  return definitions.map(specOf).sort((a, b) => (a.words.join(' ') < b.words.join(' ') ? -1 : 1));
}

function specOf({id, summary = '', description = '', examples = [], args, flags}: Definition): CommandSpec {
  const words = id.split(':');
  const [argument] = Object.values(args);
  const written = (text: string): string =>
    text.replaceAll('<%= config.bin %>', 'whyboot').replaceAll('<%= command.id %>', words.join(' '));
  return {
    words,
    summary,
    description,
    examples: examples.map(each =>
      typeof each === 'string'
        ? {description: null, command: written(each)}
        : {description: each.description, command: written(each.command)},
    ),
    argument:
      argument === undefined
        ? null
        : {
            name: argument.name.toUpperCase(),
            many: argument.multiple === true,
            summary: argument.description ?? '',
            offer: id === 'completion' ? shells : (ofArguments[argument.name] ?? 'none'),
          },
    flags: [
      ...Object.values(flags).flatMap(flag => {
        const {name, char = null, type, description: says = '', helpValue, options, allowNo} = flag;
        const value =
          type === 'boolean'
            ? null
            : {name: String(helpValue ?? options?.join('|') ?? 'VALUE'), offer: options ?? ofFlags[name] ?? 'none'};
        const spec: FlagSpec = {name, char, value, summary: says};
        return allowNo === true ? [spec, {...spec, name: `no-${name}`, summary: `the opposite of --${name}`}] : [spec];
      }),
      {name: 'help', char: 'h', value: null, summary: 'show help'},
    ],
  };
}

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];
