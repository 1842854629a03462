import type {Boot, Report, Source} from '../../model/report.js';
import {count, formatBytes, hiddenWords, notesOn, outcomeMarks} from '../words.js';
import {script, scriptHash, style, styleHash} from './assets.generated.js';
import {bootArticle} from './boot.js';
import {sentence} from './sentence.js';
import {type Html, html, joined, trusted, type Value} from './template.js';

/**
 * The report as a page: one file that loads nothing, asks nobody, and runs no script but its own. `context` of the
 * analysis gives it the log to link to and the times to draw; without them it is shorter.
 */
export function renderHtml(report: Report): string {
  return `<!doctype html>\n${page(report)}\n`;
}

/** https://www.w3.org/TR/CSP3/ */
const policy = [
  "default-src 'none'",
  `style-src '${styleHash}'`,
  `script-src '${scriptHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function page(report: Report): Html {
  const {boots, source} = report;
  const title = boots.at(-1)?.verdict ?? 'Nothing was read: the log is empty.';
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title} · whyboot</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#${boots.length === 0 ? 'read' : `b${(boots.at(-1) as Boot).index + 1}`}">Skip to the answer</a>
<header class="top">
<p class="brand">whyboot <span>boot report</span></p>
<p class="file">${source.name === '-' ? 'standard input' : source.name}</p>
</header>
<main>
${boots.length > 1 && bootList(boots)}
${boots.length === 0 && html`<article class="boot incomplete"><header class="verdict"><h1>${title}</h1></header></article>`}
${boots.map(boot => bootArticle(boot, report))}
${whatWasRead(report)}
</main>
<footer class="bottom"><p>Made by ${report.tool.name} ${report.tool.version}, which knows ${count(report.tool.rules, 'rule')}. <code>whyboot explain RULE</code> tells more of one.</p></footer>
<script>${trusted(script)}</script>
</body>
</html>`;
}

function bootList(boots: readonly Boot[]): Html {
  return html`<nav class="boots" aria-label="Boots in this log"><p class="title">${boots.length} boots</p>
<ol>${boots.map(
    boot => html`
<li class="${boot.outcome}"><a href="#b${boot.index + 1}"><span class="mark" aria-hidden="true">${outcomeMarks[boot.outcome]}</span> <b>Boot ${boot.index + 1}</b> ${boot.verdict}</a></li>`,
  )}
</ol></nav>`;
}

function whatWasRead(report: Report): Html {
  const {source, sources = [source], boots} = report;
  const ofBoot = (boot: Boot, what: string): string => (boots.length > 1 ? `${what} of boot ${boot.index + 1}` : what);
  const hidden = hiddenWords(report);
  const rows: (readonly [string, Value])[] = [
    ...sources.map(each => ['Source', sourceFacts(each)] as const),
    ...boots.flatMap(boot =>
      boot.commandLine === null
        ? []
        : [[ofBoot(boot, 'Kernel command line'), html`<code>${boot.commandLine}</code>`] as const],
    ),
    ...boots.flatMap(boot =>
      boot.id === null ? [] : [[ofBoot(boot, 'Boot id'), html`<code>${boot.id}</code>`] as const],
    ),
    ...notesOn(source).map(note => ['Note', sentence(note)] as const),
    ...(hidden === null ? [] : [['Hidden in this report', hidden] as const]),
  ];
  return html`<section class="read" id="read" aria-labelledby="read-title"><h2 id="read-title">What was read</h2>
<dl>${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

function sourceFacts({name, lines, bytes, formats}: Source): Html {
  const facts = [
    count(lines, 'line'),
    formatBytes(bytes),
    ...(formats.length === 0 ? [] : [`read as ${formats.join(', ')}`]),
  ];
  return html`<code>${name === '-' ? 'standard input' : name}</code> ${joined(facts, ' · ')}`;
}
