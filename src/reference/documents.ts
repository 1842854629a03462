import {fill, type Rule} from '../model/rule.js';
import type {LoadedRule} from '../rules/load.js';
import {linked, literally, renderPageMarkdown} from './markdown.js';
import {rulePage} from './rule-page.js';
import type {Term} from './terms.js';

const made = '<!-- Made of rules/ and terms/ by `npm run docs`. -->';
const areaKind = 'Areas of rules';
const kinds = ['cause', 'symptom', 'noise', 'fact'] as const;

/** The documents that are made of rules and terms: their text by path below docs/. */
export function documentsOf(
  loaded: readonly LoadedRule[],
  rules: readonly Rule[],
  terms: readonly Term[],
): Map<string, string> {
  const areas = groupBy(loaded, ({id}) => areaOf(id));
  const about = new Map(terms.filter(({kind}) => kind === areaKind).map(({term, means}) => [term, means.trim()]));
  const documents = new Map<string, string>();
  documents.set('rules/README.md', indexPage(areas, about));
  for (const [area, ofArea] of areas)
    documents.set(`rules/${area}.md`, areaPage(area, about.get(area) ?? '', ofArea, rules));
  documents.set(
    'terms.md',
    glossary(
      terms.filter(({kind}) => kind !== areaKind),
      rules,
    ),
  );
  return documents;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function areaOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

function indexPage(areas: ReadonlyMap<string, readonly LoadedRule[]>, about: ReadonlyMap<string, string>): string {
  const total = [...areas.values()].flat();
  const row = (name: string, what: string, rules: readonly LoadedRule[]): string =>
    `| ${name} | ${what} | ${kinds.map(role => rules.filter(({content}) => content.role === role).length).join(' | ')} |`;
  return `${made}

# What whyboot knows

${total.length} rules: failures with what they mean, how to tell their causes apart and what to do; harmless messages with the reason why they are harmless; facts that only other rules ask for. \`whyboot explain ID\` shows the same on a terminal, and [writing-rules.md](../writing-rules.md) says how to write one.

| area | | causes | symptoms | harmless | facts |
| --- | --- | ---: | ---: | ---: | ---: |
${[...areas].map(([area, rules]) => row(`[${area}](${area}.md)`, literally(about.get(area) ?? ''), rules)).join('\n')}
${row('all', '', total)}
`;
}

function areaPage(area: string, about: string, loaded: readonly LoadedRule[], rules: readonly Rule[]): string {
  const shown = loaded.filter(({content}) => content.role === 'cause' || content.role === 'symptom');
  const noise = loaded.filter(({content}) => content.role === 'noise');
  const facts = loaded.filter(({content}) => content.role === 'fact');
  const linkTo = linksFrom(`rules/${area}.md`, rules);
  const name = (id: string): string => id.slice(area.length + 1);
  const title = ({content}: LoadedRule): string => literally(fill(content.title, {}));
  const parts = [made, `# ${area}`, literally(about)];
  if (shown.length > 0)
    parts.push(shown.map(rule => `- [${title(rule)}](#${name(rule.id)}) (${rule.content.severity})`).join('\n'));
  for (const {id, content} of shown)
    parts.push(`<a id="${name(id)}"></a>`, renderPageMarkdown(rulePage(id, content, rules), {level: 2, linkTo}).trim());
  if (noise.length > 0)
    parts.push(
      '## Harmless',
      noise
        .map(
          rule =>
            `- <a id="${name(rule.id)}"></a>**${title(rule)}** (\`${rule.id}\`). ${literally(oneLine(rule.content.explain))}`,
        )
        .join('\n'),
    );
  if (facts.length > 0)
    parts.push(
      '## Facts',
      'Never shown; the conditions of other rules ask for them.',
      facts.map(rule => `- <a id="${name(rule.id)}"></a>${title(rule)} (\`${rule.id}\`)`).join('\n'),
    );
  return `${parts.join('\n\n')}\n`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function glossary(terms: readonly Term[], rules: readonly Rule[]): string {
  const linkTo = linksFrom('terms.md', rules, terms);
  const parts = [made, '# Terms of the trade', '`whyboot explain TERM` shows the same on a terminal.'];
  for (const [kind, ofKind] of groupBy(terms, term => term.kind))
    parts.push(`## ${literally(kind)}`, ofKind.map(term => glossaryItem(term, linkTo)).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

function glossaryItem(
  {term, also = [], means, see = [], references = []}: Term,
  linkTo: (name: string) => string | undefined,
): string {
  const others = also.length === 0 ? '' : ` (${also.map(literally).join(', ')})`;
  const links = [
    ...see.map(name => linked(name, linkTo(name))),
    ...references.map(({title, url}) => `[${literally(title)}](${url})`),
  ];
  const next = links.length === 0 ? '' : ` → ${links.join(', ')}`;
  return `- <a id="${anchorOf(term)}"></a>**${literally(term)}**${others}: ${literally(oneLine(means))}${next}`;
}

function anchorOf(term: string): string {
  return term
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Where a rule's or a term's words stand, seen from a document below docs/. */
function linksFrom(
  document: string,
  rules: readonly Rule[],
  terms: readonly Term[] = [],
): (name: string) => string | undefined {
  const ids = new Set(rules.map(({id}) => id));
  const names = new Set(terms.map(({term}) => term));
  return name => {
    if (names.has(name)) return `#${anchorOf(name)}`;
    if (!ids.has(name)) return undefined;
    const area = areaOf(name);
    const anchor = `#${name.slice(area.length + 1)}`;
    if (document === `rules/${area}.md`) return anchor;
    return `${document.startsWith('rules/') ? '' : 'rules/'}${area}.md${anchor}`;
  };
}
