import type {Report} from '../model/report.js';

/** The report as JSON, for scripts; `schema/report.schema.json` describes it. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
