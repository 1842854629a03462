import type {Boot, Cause, Outcome, Report} from '../../model/report.js';
import {bootPath, type Step, whereItStopped} from '../boot-path.js';
import {count, formatDuration, isKnown, outcomeMarks} from '../words.js';
import {causeSection, listSection} from './causes.js';
import {createLog, sectionOf} from './log.js';
import {sentence} from './sentence.js';
import {type Html, html, joined} from './template.js';
import {timelineSection} from './timeline.js';
import {unitSection} from './units.js';

const outcomeWords: Readonly<Record<Outcome, string>> = {
  healthy: 'healthy',
  degraded: 'degraded',
  emergency: 'stopped in a maintenance shell',
  panic: 'kernel panic',
  hang: 'hangs',
  reboot: 'restarted without a shutdown',
  incomplete: 'the log ends early',
};

/** One boot: the answer first, then what it rests on. */
export function bootArticle(boot: Boot, report: Report): Html {
  const id = `b${boot.index + 1}`;
  const log = createLog(boot, report);
  const total = report.boots.length;
  const causes = boot.rootCauses.filter(cause => !isKnown(cause));
  const known = [...boot.rootCauses, ...boot.notices].filter(isKnown);
  const notices = boot.notices.filter(cause => !isKnown(cause));
  const listed = (part: string, title: string, lead: string, list: readonly Cause[]) => {
    const section = {id: `${id}-${part}`, title, lead};
    return {id: section.id, name: title, body: listSection(section, list, boot, report, log)};
  };
  const sections = [
    ...causes.map((cause, index) => ({
      id: sectionOf(cause, boot),
      name: index === 0 ? 'Root cause' : `Also ${index + 1}`,
      body: causeSection(cause, sectionOf(cause, boot), index === 0, boot, report, log),
    })),
    listed('known', 'Known, not counted', 'So says --ignore.', known),
    listed('notices', 'Worth knowing', 'It broke nothing.', notices),
    {id: `${id}-time`, name: 'Timeline', body: timelineSection(boot, `${id}-time`, log)},
    {id: `${id}-units`, name: 'Units', body: unitSection(boot, `${id}-units`, log)},
    {id: `${id}-log`, name: 'Log', body: log.section(`${id}-log`)},
  ].filter(({body}) => body !== null);
  return html`<article class="boot ${boot.outcome}" id="${id}" aria-labelledby="${id}-title">
<header class="verdict">
<p class="outcome"><span class="mark" aria-hidden="true">${outcomeMarks[boot.outcome]}</span> ${total > 1 && `Boot ${boot.index + 1} of ${total}: `}${outcomeWords[boot.outcome]}</p>
<h1 id="${id}-title">${boot.verdict}</h1>
<p class="facts">${joined(factsOf(boot, report), html` <span aria-hidden="true">·</span> `)}</p>
${pathList(boot)}
${whereItStopped(boot).map(words => html`<p class="far">${sentence(words)}</p>`)}
<nav class="sections" aria-label="Sections${total > 1 && ` of boot ${boot.index + 1}`}"><ul>${[...sections, {id: 'read', name: 'What was read'}].map(each => html`<li><a href="#${each.id}">${each.name}</a></li>`)}</ul></nav>
</header>
${sections.map(({body}) => body)}
</article>`;
}

function factsOf(boot: Boot, {boots, source, sources}: Report): string[] {
  return [
    ...(boot.kernel === null ? [] : [`Linux ${boot.kernel}`]),
    ...(boots.length === 1 ? [count(source.lines, 'line')] : []),
    // Of several files they do not say which they are of.
    ...(boots.length > 1 && sources === undefined ? [`lines ${boot.firstLine} to ${boot.lastLine}`] : []),
    ...(boot.durationUs === null ? [] : [formatDuration(boot.durationUs)]),
  ];
}

const stateWords: Readonly<Record<Step['state'], string>> = {
  passed: 'passed',
  stopped: 'stopped here',
  open: 'the log ends here',
  unseen: 'not reached',
};
const marks: Readonly<Record<Step['state'], string>> = {passed: '✓', stopped: '✗', open: '…', unseen: ''};

function pathList(boot: Boot): Html | null {
  const steps = bootPath(boot);
  if (steps.length === 0) return null;
  return html`<ol class="path" aria-label="Boot path">${steps.map(
    step => html`
<li class="${step.state}"><span class="dot" aria-hidden="true">${marks[step.state]}</span><span class="stage"><b>${step.words}</b> <span class="state">${stateWords[step.state]}</span>${timeOf(step, boot)}</span>${
      (step.state === 'stopped' || step.state === 'open') && html`<span class="does">${step.does}</span>`
    }</li>`,
  )}
</ol>`;
}

/** How long the stage took, where the log has times. */
function timeOf({name}: Step, {timeline, phases}: Boot): Html | null {
  const {startUs, endUs} = [...(timeline?.phases ?? phases)].find(phase => phase.name === name) ?? {
    startUs: null,
    endUs: null,
  };
  if (startUs === null || endUs === null || endUs < startUs) return null;
  return html` <span class="took">${formatDuration(endUs - startUs)}</span>`;
}
