import type {Boot, Cause, Effect, Evidence, Fix, Reference, Report} from '../../model/report.js';
import {inContext} from '../context.js';
import {certaintyOf, placeOf, placeWords} from '../words.js';
import type {PageLog} from './log.js';
import {sentence} from './sentence.js';
import {type Html, html, joined, type Value} from './template.js';

const around = 2;
const maxEvidence = 6;

export function causeSection(
  cause: Cause,
  id: string,
  isFirst: boolean,
  boot: Boot,
  report: Report,
  log: PageLog,
): Html {
  const facts: Value[] = [
    html`<span class="severity ${cause.severity}">${cause.severity}</span>`,
    certaintyOf(cause),
    ...placeWords(cause, boot),
    ...(cause.rule === null ? [] : [html`rule <code>${cause.rule}</code>`]),
    ...(cause.fingerprint === cause.rule ? [] : [html`fingerprint <code>${cause.fingerprint}</code>`]),
  ];
  return html`<section class="cause" id="${id}" aria-labelledby="${id}-title">
<p class="kind">${isFirst ? 'Root cause' : 'Also'}</p>
<h2 id="${id}-title">${sentence(cause.title)}</h2>
<p class="facts">${joined(facts, html` <span aria-hidden="true">·</span> `)}</p>
${evidenceFigure(cause.evidence.slice(0, maxEvidence), boot, report, log)}
${cause.explanation !== '' && html`<p class="explanation">${sentence(cause.explanation)}</p>`}
${fixes(cause.fix)}
${effects(cause.effects, log)}
${references(cause.references)}
</section>`;
}

function evidenceFigure(evidence: readonly Evidence[], boot: Boot, {sources}: Report, log: PageLog): Html | null {
  const lines = inContext(boot, evidence, around);
  if (lines.length === 0) return null;
  return html`<figure class="evidence" aria-label="Evidence"><div class="lines">${lines.map((each, index) => {
    const isOfOther = sources !== undefined && lines[index - 1]?.source !== each.source;
    return html`${isOfOther && html`<p class="gap">${sources[each.source]?.name ?? ''}</p>`}${
      each.afterGap && !isOfOther && html`<p class="gap" aria-label="lines are left out">⋮</p>`
    }<p class="line${each.isEvidence && ' said'}">${log.number(each)}<code>${each.text}</code></p>`;
  })}</div></figure>`;
}

const riskWords: Readonly<Record<Fix['risk'], string>> = {
  safe: '',
  caution: 'caution',
  destructive: 'destroys data if used wrongly',
};

function fixes(list: readonly Fix[]): Html | null {
  if (list.length === 0) return null;
  return html`<div class="fixes"><h3>What to do</h3><ol>${list.map(
    ({do: what, command, risk}) => html`
<li>${risk !== 'safe' && html`<strong class="risk ${risk}">${riskWords[risk]}</strong> `}${sentence(what)}${
      command !== undefined && html`<pre class="command" tabindex="0"><code>${command}</code></pre>`
    }</li>`,
  )}</ol></div>`;
}

function effects(list: readonly Effect[], log: PageLog): Html | null {
  if (list.length === 0) return null;
  return html`<details class="effects" open><summary><h3>What followed from it</h3> <span>(${list.length}), and is no cause</span></summary>
<ul>${list.map(
    effect => html`
<li><span class="times">${effect.count > 1 && html`${effect.count}<span aria-hidden="true">×</span><span class="hidden"> times</span>`}</span><span>${sentence(effect.title)}</span><span class="place">${log.place(effect)}</span></li>`,
  )}</ul></details>`;
}

function references(list: readonly Reference[]): Html | null {
  if (list.length === 0) return null;
  return html`<div class="references"><h3>Read more</h3><ul>${list.map(
    ({title, url}) =>
      html`<li>${/^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer noopener">${title}</a>` : html`${title}: ${url}`}</li>`,
  )}</ul></div>`;
}

/** Causes that are worth a line, and more when they are opened. */
export function listSection(
  {id, title, lead}: {readonly id: string; readonly title: string; readonly lead: string},
  causes: readonly Cause[],
  boot: Boot,
  report: Report,
  log: PageLog,
): Html | null {
  if (causes.length === 0) return null;
  return html`<section class="notices" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
<p class="lead">${lead}</p>
<ul>${causes.map(
    cause => html`
<li><details><summary>${sentence(cause.title)} <span class="place">${placeOf(cause, report.sources)}</span></summary>
${evidenceFigure(cause.evidence.slice(0, maxEvidence), boot, report, log)}
<p>${sentence(cause.explanation)}</p>${cause.rule !== null && html`<p class="facts">rule <code>${cause.rule}</code></p>`}${fixes(cause.fix)}${references(cause.references)}</details></li>`,
  )}</ul></section>`;
}
