import {type Paint, wrap} from '../report/words.js';
import type {Block, Page} from './page.js';

/** A page for a terminal or a pipe. */
export function renderPageText(
  {title, facts, sections}: Page,
  {paint, columns}: {paint: Paint; columns: number},
): string {
  const lines = wrap(title, columns).map(line => paint('bold', line));
  lines.push(...wrap(facts.join(' · '), columns).map(line => paint('dim', line)));
  for (const {heading, blocks} of sections) {
    lines.push('');
    if (heading !== '') lines.push(paint('bold', heading));
    blocks.forEach((block, index) => {
      if (index > 0 && block.kind !== 'steps') lines.push('');
      lines.push(...renderBlock(block, paint, columns - 2).map(line => (line === '' ? '' : `  ${line}`)));
    });
  }
  return `${lines.join('\n')}\n`;
}

function renderBlock(block: Block, paint: Paint, columns: number): string[] {
  switch (block.kind) {
    case 'text':
      return wrap(block.text, columns);
    case 'log':
      return block.lines.map(line => `${paint('dim', '│')} ${line}`);
    case 'names':
      return wrap(block.names.join(', '), columns).map(line => paint('cyan', line));
    case 'links':
      return block.links.map(({title, url}) => `${title}: ${paint('cyan', url)}`);
    case 'steps':
      return block.steps.flatMap(({text, command}, index) => [
        ...wrap(text, columns - 3).map((line, row) => `${row === 0 ? `${index + 1} ` : '  '} ${line}`),
        ...(command === undefined ? [] : [`     ${paint('cyan', command)}`]),
      ]);
  }
}
