/** schema/report.schema.json is what scripts are told about the report. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {Ajv2020} from 'ajv/dist/2020.js';
import {expect, test} from 'vitest';
import {type AnalyzeOptions, analyze, openSource, type Report, renderJson} from '../src/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const schema = JSON.parse(readFileSync(`${root}schema/report.schema.json`, 'utf8')) as Record<string, unknown>;
const validate = new Ajv2020({allErrors: true, strict: true, allowUnionTypes: true}).compile(schema);

const inputs = [
  ['ostree-ms-move-restart/console.log'],
  ['ostree-ms-move-restart/journal.json'],
  ['ostree-readonly/journal.short'],
  ['fstab-missing-device/journal.export'],
  ['ostree-no-usrmerge/console.log'],
  ['kernel-oops-trixie/console.log'],
  ['healthy-trixie-kernel-warning/console.log'],
  ['two-boots/console.log'],
  ['two-boots/console.log', 'two-boots/journal.json'],
];

/** As a script reads it. */
async function printed(files: readonly string[], options: AnalyzeOptions = {}): Promise<Report> {
  const source = await openSource(
    files.map(file => `${root}samples/${file}`),
    process.stdin,
  );
  return JSON.parse(renderJson(await analyze(source, options))) as Report;
}

const problemsOf = (report: unknown): string[] => {
  validate(report);
  return (validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`);
};

test.each(inputs.map(files => ({files})))('the report of $files keeps to the schema', async ({files}) => {
  expect(problemsOf(await printed(files))).toEqual([]);
});

test.each(inputs.map(files => ({files})))('so does that of $files with context', async ({files}) => {
  expect(problemsOf(await printed(files, {context: 40}))).toEqual([]);
});

test('a report of nothing keeps to it', async () => {
  const nothing = {name: 'nothing', parts: [{name: 'nothing', async *chunks(): AsyncIterable<Uint8Array> {}}]};
  expect(problemsOf(await analyze(nothing))).toEqual([]);
});

test('the schema describes every property that a report has', async () => {
  const closed = JSON.parse(JSON.stringify(schema), (_key, value) =>
    value?.type === 'object' ? {...value, additionalProperties: false} : value,
  );
  const validateClosed = new Ajv2020({allErrors: true, allowUnionTypes: true}).compile({
    ...closed,
    $id: 'urn:whyboot:closed',
  });
  for (const files of inputs) {
    for (const options of [{}, {context: 3}]) {
      validateClosed(await printed(files, options));
      expect(validateClosed.errors, files.join(', ')).toBeNull();
    }
  }
});

test('additions are free, renames and other values are not', async () => {
  const report = await printed(['two-boots/console.log']);
  const [boot] = report.boots;
  expect(problemsOf({...report, boots: [{...boot, mood: 'new'}], more: 1})).toEqual([]);
  expect(problemsOf({...report, schema: 'whyboot.report/2'})).not.toEqual([]);
  expect(problemsOf({...report, boots: [{...boot, outcome: 'fine'}]})).not.toEqual([]);
  expect(problemsOf({...report, boots: [{...boot, verdict: undefined, sentence: boot?.verdict}]})).not.toEqual([]);
});
