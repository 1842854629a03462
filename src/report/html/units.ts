import type {Boot, RunReport, UnitReport} from '../../model/report.js';
import {count, formatDuration} from '../words.js';
import type {PageLog} from './log.js';
import {type Html, html, type Value} from './template.js';

const resultWords: Readonly<Record<string, string>> = {success: 'came up later', dependency: 'was not started'};

/** Units that failed or were restarted, each with its runs; null where there is none. */
export function unitSection({units}: Boot, id: string, log: PageLog): Html | null {
  // That some were restarted and came up, as journald is in every boot, is worth a place beside others only.
  if (units.every(({result}) => result === 'success')) return null;
  return html`<section class="units" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">Units</h2>
<p class="lead">Those that failed, were restarted, or were not started because of another.</p>
<ul>${units
    .toSorted((a, b) => rank(a) - rank(b))
    .map(
      unit => html`
<li>${unitBlock(unit, log)}</li>`,
    )}</ul></section>`;
}

function rank({result}: UnitReport): number {
  return result === 'success' ? 2 : result === 'dependency' ? 1 : 0;
}

function unitBlock(unit: UnitReport, log: PageLog): Html {
  const {name, result, invocations, firstError, runs = []} = unit;
  const state = result === 'success' ? 'done' : result === 'dependency' ? 'open' : 'failed';
  const head = html`<code class="name">${name}</code> <span class="result ${state}">${resultWords[result] ?? result}</span>${
    result !== 'dependency' && html` <span class="count">${count(invocations, 'run')}</span>`
  }`;
  // What a process said tells more than that it failed.
  const said = runs.find(run => run.error !== null)?.error ?? firstError;
  const error = said === null ? null : html`<p class="line said">${log.number(said)}<code>${said.text}</code></p>`;
  if (runs.length < 2)
    return html`<div class="unit"><p class="head">${head}</p>${error !== null && html`<div class="lines">${error}</div>`}</div>`;
  return html`<details class="unit"><summary class="head">${head}</summary><div class="table" tabindex="0" role="region" aria-label="Runs of ${name}"><table>
<thead><tr><th scope="col">run</th><th scope="col">after</th><th scope="col">took</th><th scope="col">result</th><th scope="col">first error</th></tr></thead>
<tbody>${runs.map((run, index) => runRow(run, index, log))}</tbody></table></div></details>${error !== null && html`<div class="lines">${error}</div>`}`;
}

function runRow(run: RunReport, index: number, log: PageLog): Html {
  const {startUs, endUs, result, error} = run;
  const said: Value =
    error === null
      ? result === 'done'
        ? 'came up'
        : 'said nothing of it'
      : html`${log.number(error)} <code>${error.text}</code>`;
  return html`
<tr><th scope="row">${log.link(run, index + 1)}</th><td>${startUs === null ? '' : formatDuration(startUs)}</td><td>${
    startUs === null || endUs === null ? '' : formatDuration(endUs - startUs)
  }</td><td class="${result ?? 'open'}">${result ?? 'its end is not seen'}</td><td>${said}</td></tr>`;
}
