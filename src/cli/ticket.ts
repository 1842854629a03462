import type {Report} from '../model/report.js';
import type {Rule} from '../model/rule.js';
import {withExcerpts} from '../recording/excerpts.js';
import type {LogText} from '../recording/log-text.js';
import {formatNamed, formatOfFile} from '../report/formats.js';

const width = 100;

/** What a ticket is made of. */
export interface TicketParts {
  /** Of one boot, or of the first of two where the second says where it ends. */
  readonly report: Report;
  readonly log: LogText;
  /** Has the last word on what is in it. */
  readonly hide: (report: Report) => Report;
}

/** The report in the form that the file's name asks for by its extension; Markdown where it asks for none. */
export async function ticketText(
  file: string,
  {report, log, hide}: TicketParts,
  rules: readonly Rule[],
): Promise<string> {
  const format = formatOfFile(file) ?? formatNamed('markdown');
  const full = format.context === undefined ? report : await withExcerpts(report, log, format.context);
  const render = await format.load();
  return [...render(hide({...full, boots: full.boots.slice(0, 1)}), {color: false, width, rules})].join('');
}
