import {fill} from '../model/rule.js';

/** What a shell takes as one word, and as it is. */
const plainWord = /^[\w@%+=:,./-]+$/;

/** A word for a POSIX shell. What a log says must not become a command of its own where a user pastes a fix. */
export function quote(word: string): string {
  return plainWord.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Fills the captures of a command, each quoted where it has to be; `"{capture}"` in a template is one word too. */
export function fillCommand(template: string, values: Readonly<Record<string, string>>): string {
  const quoted = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, quote(value)]));
  return fill(
    template.replace(/"\{(\w+)\}"/g, (whole, name: string) => (quoted[name]?.startsWith("'") ? `{${name}}` : whole)),
    quoted,
  );
}
