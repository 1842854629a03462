import type {Report} from '../model/report.js';

/** The report as JSON, for scripts; `schema/report.schema.json` describes it. */
export function renderJson(report: Report): string {
  return [...jsonParts(report)].join('');
}

const before = '{\n  "boots": [';
const after = '\n  ]\n}';

/** The same in parts, boot by boot: of a capture of thousands of boots the text need not be in memory as a whole. */
export function* jsonParts(report: Report): Generator<string> {
  const {boots, ...facts} = report;
  yield `${JSON.stringify(facts, null, 2).slice(0, -2)},\n  "boots": [`;
  for (const [index, boot] of boots.entries()) {
    // As deep as it will stand.
    const nested = JSON.stringify({boots: [boot]}, null, 2);
    yield (index === 0 ? '' : ',') + nested.slice(before.length, -after.length);
  }
  yield boots.length === 0 ? ']\n}\n' : `${after}\n`;
}
