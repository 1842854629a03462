import type {Block, Page} from './page.js';

export interface MarkdownOptions {
  /** Level of the title's heading; sections are one below. */
  readonly level: number;
  /** Where the page of another rule or term is; undefined where there is none to link to. */
  readonly linkTo?: (name: string) => string | undefined;
}

/** A page as Markdown, as GitHub, GitLab and Bugzilla read it. */
export function renderPageMarkdown({title, facts, sections}: Page, {level, linkTo}: MarkdownOptions): string {
  const [id = '', ...others] = facts;
  const parts = [
    `${'#'.repeat(level)} ${literally(title)}`,
    [`\`${id}\``, ...others.map(literally)].join(' · '),
    ...sections.flatMap(({heading, blocks}) => [
      ...(heading === '' ? [] : [`**${heading}**`]),
      ...blocks.map(block => renderBlock(block, linkTo ?? (() => undefined))),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderBlock(block: Block, linkTo: (name: string) => string | undefined): string {
  switch (block.kind) {
    case 'text':
      return literally(block.text);
    case 'log':
      return fence(block.lines);
    case 'names':
      return block.names.map(name => linked(name, linkTo(name))).join(', ');
    case 'links':
      return block.links.map(({title, url}) => `- [${literally(title)}](${url})`).join('\n');
    case 'steps':
      return block.steps
        .map(({text, command}, index) => {
          const line = `${index + 1}. ${literally(text)}`;
          return command === undefined ? line : `${line}\n\n${indent(fence(command.split('\n'), 'sh'))}\n`;
        })
        .join('\n')
        .trimEnd();
  }
}

/** A name as code, with a link where there is something to link to. */
export function linked(name: string, url: string | undefined): string {
  return url === undefined ? `\`${name}\`` : `[\`${name}\`](${url})`;
}

/** A fence that is longer than any in the text. */
function fence(lines: readonly string[], language = ''): string {
  const longest = Math.max(2, ...lines.flatMap(line => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const ticks = '`'.repeat(longest + 1);
  return [`${ticks}${language}`, ...lines, ticks].join('\n');
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '   ');
}

/** Text that means no markup; what stands in backticks is left alone. */
export function literally(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\*_[\]<>|#~]/g, '\\$&')))
    .join('');
}
