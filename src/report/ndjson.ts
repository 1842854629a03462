import type {Report} from '../model/report.js';

/** A boot a line, each with all that is known of where it comes from; `schema/boot.schema.json` describes a line. */
export function* ndjsonLines({schema: _schema, boots, ...facts}: Report): Generator<string> {
  for (const boot of boots) yield `${JSON.stringify({schema: 'whyboot.boot/1', ...facts, boot})}\n`;
}
