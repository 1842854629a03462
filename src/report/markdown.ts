import type {Boot, Cause, Effect, Evidence, Fix, Report, Source, UnitReport} from '../model/report.js';
import {bootPath, stepMarks, whereItStopped} from './boot-path.js';
import {inContext, lastLines, type ShownLine} from './context.js';
import {contextLines} from './context-lines.js';
import {code, fence, label, oneLine, prose} from './markdown-text.js';
import {
  certaintyOf,
  count,
  formatBytes,
  formatDuration,
  hiddenWords,
  isKnown,
  notesOn,
  outcomeMarks,
  placeOf,
  placeWords,
} from './words.js';

const maxEvidence = 5;
const maxEffects = 40;
const maxNotices = 12;
const maxUnits = 40;
const maxLastLines = 10;

/**
 * The report as a ticket: reads well as GitHub, GitLab and Bugzilla render it, and as it is. Nothing that the log says
 * becomes markup, a link or a mention.
 */
export function renderMarkdown(report: Report): string {
  const {boots} = report;
  const blocks = boots.flatMap(boot => bootBlocks(boot, report));
  if (boots.length === 0) blocks.push('## ? Nothing was read: the log is empty.');
  return `${[...blocks, ...sourceBlocks(report)].filter(block => block !== '').join('\n\n')}\n`;
}

function bootBlocks(boot: Boot, report: Report): string[] {
  const total = report.boots.length;
  const which = total > 1 ? `Boot ${boot.index + 1} of ${total}: ` : '';
  return [
    `## ${outcomeMarks[boot.outcome]} ${which}${prose(boot.verdict)}`,
    pathLine(boot),
    factsLine(boot, report),
    ...boot.rootCauses
      .filter(cause => !isKnown(cause))
      .flatMap((cause, index) => causeBlocks(cause, boot, index, report)),
    ...listBlocks('Known, not counted', [...boot.rootCauses, ...boot.notices].filter(isKnown)),
    ...listBlocks(
      'Worth knowing, broke nothing',
      boot.notices.filter(cause => !isKnown(cause)),
    ),
    ...unitBlocks(boot.units),
    ...lastLinesBlocks(boot, report),
  ];
}

function pathLine(boot: Boot): string {
  const steps = bootPath(boot).map(({words, state}) => {
    const step = `${words}${stepMarks[state]}`;
    return state === 'stopped' || state === 'open' ? `**${step}**` : step;
  });
  const path = steps.length === 0 ? [] : [`Boot path: ${steps.join(' → ')}.`];
  return [...path, ...whereItStopped(boot).map(prose)].join(' ');
}

function factsLine(boot: Boot, {boots, source, sources}: Report): string {
  const facts = [
    boot.kernel === null ? null : `Linux ${code(boot.kernel)}`,
    boots.length === 1 ? count(source.lines, 'line') : null,
    // Of several files they do not say which they are of.
    boots.length > 1 && sources === undefined ? `lines ${boot.firstLine} to ${boot.lastLine}` : null,
    boot.durationUs === null ? null : formatDuration(boot.durationUs),
  ];
  return facts.filter(fact => fact !== null).join(' · ');
}

function causeBlocks(cause: Cause, boot: Boot, index: number, report: Report): string[] {
  const facts = [
    `**${cause.severity}**`,
    certaintyOf(cause),
    ...placeWords(cause, boot).map(prose),
    ...(cause.rule === null ? [] : [`rule ${code(cause.rule)}`]),
    ...(cause.fingerprint === cause.rule ? [] : [`fingerprint ${code(cause.fingerprint)}`]),
  ];
  const evidence = cause.evidence.slice(0, maxEvidence);
  return [
    `### ${index === 0 ? 'Root cause' : 'Also'}: ${prose(cause.title)}`,
    facts.join(' · '),
    ...(evidence.length === 0 ? [] : [evidenceFence(evidence, boot, report)]),
    prose(cause.explanation),
    ...fixBlocks(cause.fix),
    ...effectBlocks(cause.effects, report),
    ...(cause.references.length === 0 ? [] : ['**Read more**', cause.references.map(referenceItem).join('\n')]),
  ];
}

function evidenceFence(evidence: readonly Evidence[], boot: Boot, report: Report): string {
  const lines = inContext(boot, evidence, contextLines.markdown);
  const width = Math.max(...lines.map(({line}) => String(line).length));
  const names = report.sources ?? [];
  return fence(
    lines.flatMap((each, index) => {
      const isOfOther = names.length > 0 && lines[index - 1]?.source !== each.source;
      return [
        ...(isOfOther ? [`${names[each.source]?.name ?? ''}:`] : each.afterGap ? [`  ${' '.repeat(width)} ⋮`] : []),
        logLine(each, width),
      ];
    }),
    'text',
  );
}

function logLine({line, text, isEvidence}: ShownLine, width: number): string {
  return `${isEvidence ? '>' : ' '} ${String(line).padStart(width)} │ ${text}`.trimEnd();
}

function fixBlocks(fixes: readonly Fix[]): string[] {
  if (fixes.length === 0) return [];
  const items = fixes.map(({do: what, command, risk}, index) => {
    const bullet = `${index + 1}. `;
    const item = `${bullet}${risk === 'safe' ? '' : `**${risk}:** `}${prose(what) || '…'}`;
    if (command === undefined) return item;
    const block = fence(command.split('\n'), 'sh').replace(/^(?=.)/gm, ' '.repeat(bullet.length));
    return `${item}\n\n${block}`;
  });
  return ['**What to do**', items.join('\n\n')];
}

function effectBlocks(effects: readonly Effect[], report: Report): string[] {
  if (effects.length === 0) return [];
  const items = effects.slice(0, maxEffects).map(effect => {
    const place = placeOf(effect, report.sources);
    return `- ${effect.count > 1 ? `${effect.count} × ` : ''}${prose(effect.title)}${place === '' ? '' : ` (${prose(place)})`}`;
  });
  const more = effects.length - items.length;
  return folded(`What followed from it, and is no cause (${effects.length})`, [
    [...items, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n'),
  ]);
}

function listBlocks(heading: string, notices: readonly Cause[]): string[] {
  if (notices.length === 0) return [];
  const items = notices.slice(0, maxNotices).map(({title, rule, evidence}) => {
    const line = evidence[0] === undefined ? '' : ` (line ${evidence[0].line})`;
    return `- ${prose(title)}${line}${rule === null ? '' : ` · ${code(rule)}`}`;
  });
  const more = notices.length - items.length;
  return folded(`${heading} (${notices.length})`, [[...items, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')]);
}

const resultWords: Readonly<Record<string, string>> = {success: 'came up later', dependency: 'was not started'};

function unitBlocks(units: readonly UnitReport[]): string[] {
  if (units.every(({result}) => result === 'success')) return [];
  const items = units.slice(0, maxUnits).map(({name, result, invocations, firstError}) => {
    const runs = result === 'dependency' ? '' : `, ${count(invocations, 'run')}`;
    return `- ${code(name)}: ${resultWords[result] ?? prose(result)}${runs}${firstError === null ? '' : ` (line ${firstError.line})`}`;
  });
  const more = units.length - items.length;
  return folded(`Units that failed or were restarted (${units.length})`, [
    [...items, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n'),
  ]);
}

function lastLinesBlocks(boot: Boot, report: Report): string[] {
  const lines = boot.outcome === 'healthy' ? [] : lastLines(boot, report, maxLastLines);
  if (lines.length === 0) return [];
  const width = Math.max(...lines.map(({line}) => String(line).length));
  const shown = lines.map(({line, text}) =>
    logLine({line, text, source: 0, isEvidence: false, afterGap: false}, width),
  );
  return folded(`The last ${count(lines.length, 'line')} of this boot`, [fence(shown, 'text')]);
}

function sourceBlocks(report: Report): string[] {
  const {source, sources = [source], boots, tool} = report;
  const hidden = hiddenWords(report);
  const items = [
    ...sources.map(sourceItem),
    ...boots.flatMap(({commandLine, index}) =>
      commandLine === null
        ? []
        : [`- Kernel command line${boots.length > 1 ? ` of boot ${index + 1}` : ''}: ${code(commandLine)}`],
    ),
    ...boots.flatMap(({id, index}) =>
      id === null ? [] : [`- Boot id${boots.length > 1 ? ` of boot ${index + 1}` : ''}: ${code(id)}`],
    ),
    ...notesOn(source).map(note => `- Note: ${prose(note)}`),
    ...(hidden === null ? [] : [`- Hidden in this report: ${prose(hidden)}`]),
    `- Read by ${code(`${tool.name} ${tool.version}`)}, which knows ${count(tool.rules, 'rule')}. ${code('whyboot explain RULE')} tells more of one.`,
  ];
  return ['### What was read', items.join('\n')];
}

function sourceItem({name, lines, bytes, formats}: Source): string {
  const what = name === '-' ? 'Standard input' : code(name);
  const as = formats.length === 0 ? '' : `, read as ${formats.map(prose).join(', ')}`;
  return `- ${what}: ${count(lines, 'line')}, ${formatBytes(bytes)}${as}`;
}

function referenceItem({title, url}: Cause['references'][number]): string {
  const address = encodeURI(oneLine(url).trim())
    .replace(/%25/g, '%')
    .replace(/[()<>]/g, encodeURIComponent);
  return `- [${label(title)}](<${address}>)`;
}

/** Markdown within HTML needs blank lines around it. */
function folded(summary: string, blocks: readonly string[]): string[] {
  return [`<details>\n<summary>${summary}</summary>`, ...blocks, '</details>'];
}
