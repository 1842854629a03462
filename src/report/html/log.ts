import type {Boot, Cause, Effect, Evidence, Report} from '../../model/report.js';
import {numbered} from '../context.js';
import {isKnown, placeOf} from '../words.js';
import {type Html, html, type Value} from './template.js';

type Place = Pick<Evidence, 'line' | 'source'>;

/** The excerpts of a boot's log, and links into them. */
export interface PageLog {
  /** A line's number, a link where the page has the line. */
  number(place: Place): Html;
  /** `line 7`, `lines 7 … 90`, a link where the page has the first of them. */
  place(effect: Pick<Effect, 'evidence' | 'lastLine'>): Value;
  /** Some text as a link to a line. */
  link(place: Place, text: Value): Value;
  /** Null where the report has no excerpts. */
  section(id: string): Html | null;
}

/** What a line is to the diagnosis. */
interface Mark {
  readonly kind: 'cause' | 'effect' | 'notice';
  readonly words: string;
  /** The section that speaks of it. */
  readonly href: string;
}

const letters: Readonly<Record<Mark['kind'], string>> = {cause: '✖', effect: '↳', notice: '•'};

export function createLog(boot: Boot, report: Report): PageLog {
  const prefix = `b${boot.index + 1}`;
  const idOf = ({line, source = 0}: Place): string =>
    `${prefix}${report.sources === undefined ? '' : `f${source + 1}`}L${line}`;
  const excerpts = boot.excerpts ?? [];
  const known = new Set(excerpts.flatMap(each => numbered(each).map(({line}) => idOf({...each, line}))));
  const link = (place: Place, text: Value): Value =>
    known.has(idOf(place)) ? html`<a href="#${idOf(place)}">${text}</a>` : text;
  const marks = marksOf(boot, idOf);
  return {
    number: place => html`<span class="number">${link(place, place.line)}</span>`,
    place: effect =>
      effect.evidence[0] === undefined ? null : link(effect.evidence[0], placeOf(effect, report.sources)),
    link,
    section(id) {
      if (known.size === 0) return null;
      return html`<section class="log" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">Log</h2>
<p class="lead">${shownWords(boot, report, known.size)}</p>
<form class="search" role="search" hidden><label for="${id}-search">Search</label><input id="${id}-search" type="search" autocomplete="off" spellcheck="false" aria-describedby="${id}-hits"><button type="button" class="previous" aria-label="Match before">↑</button><button type="button" class="next" aria-label="Next match">↓</button><output id="${id}-hits" aria-live="polite"></output></form>
<div class="lines">${excerpts.map((excerpt, index) => {
        const lines = numbered(excerpt);
        const before = excerpts[index - 1];
        const file = report.sources?.[excerpt.source ?? 0]?.name;
        const isOfOther = file !== undefined && before?.source !== excerpt.source;
        const last = before === undefined || isOfOther ? undefined : numbered(before).at(-1)?.line;
        return html`${isOfOther && html`<h3 class="gap">${file}</h3>`}${last !== undefined && html`<p class="gap">${gapWords(last, excerpt.firstLine)}</p>`}${lines.map(
          ({line, text}) => logLine(idOf({...excerpt, line}), line, text, marks.get(idOf({...excerpt, line}))),
        )}`;
      })}</div></section>`;
    },
  };
}

function logLine(id: string, line: number, text: string, mark: Mark | undefined): Html {
  return html`
<p class="line${mark !== undefined && ` ${mark.kind}`}" id="${id}"><a class="number" href="#${id}">${line}</a>${
    mark === undefined
      ? html`<span class="mark"></span>`
      : html`<a class="mark" href="#${mark.href}" title="${mark.words}" aria-label="${mark.words}">${letters[mark.kind]}</a>`
  }<code>${text}</code></p>`;
}

function marksOf(boot: Boot, idOf: (place: Place) => string): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  const add = (evidence: readonly Evidence[], mark: Mark): void => {
    for (const each of evidence) if (!marks.has(idOf(each))) marks.set(idOf(each), mark);
  };
  for (const cause of boot.rootCauses)
    add(cause.evidence, {kind: 'cause', words: `Root cause: ${cause.title}`, href: sectionOf(cause, boot)});
  for (const cause of boot.rootCauses)
    for (const {evidence, title} of cause.effects)
      add(evidence, {kind: 'effect', words: `Followed from it: ${title}`, href: sectionOf(cause, boot)});
  for (const notice of boot.notices)
    add(notice.evidence, {kind: 'notice', words: `Worth knowing: ${notice.title}`, href: sectionOf(notice, boot)});
  return marks;
}

/** Id of the section that speaks of a cause or a notice. */
export function sectionOf(cause: Cause, {index, rootCauses}: Boot): string {
  const at = rootCauses.indexOf(cause);
  const part = isKnown(cause) ? 'known' : at < 0 ? 'notices' : `cause${at + 1}`;
  return `b${index + 1}-${part}`;
}

function gapWords(last: number, next: number): string {
  const [from, to] = [last + 1, next - 1];
  if (to < from) return '⋮';
  return from === to ? `line ${from} is not shown` : `lines ${from} to ${to} are not shown`;
}

function shownWords(boot: Boot, {source, sources, boots}: Report, shown: number): string {
  const what = 'The lines around what this report points to, and the last ones';
  if (sources !== undefined) return `${what}.`;
  const total = boots.length === 1 ? source.lines : boot.lastLine - boot.firstLine + 1;
  return shown >= total ? 'The whole log of this boot.' : `${what}: ${shown} of ${total}.`;
}
