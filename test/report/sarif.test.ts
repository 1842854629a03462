import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {Ajv} from 'ajv';
import {expect, test} from 'vitest';
import type {Report} from '../../src/model/report.js';
import {ignoring} from '../../src/report/ignore.js';
import {renderSarif} from '../../src/report/sarif.js';
import {builtinRules} from '../../src/rules/builtin.js';
import {reportOf} from '../log.js';
import {analyzeSample} from './samples.js';

/** The published schema, of which Microsoft's package has a copy. It is of draft 4, which names its id otherwise. */
const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const {id: _id, $schema: _draft, ...schema} = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const validate = new Ajv({allErrors: true, strict: false, validateFormats: false, unicodeRegExp: false}).compile(
  schema,
);

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: {readonly text: string};
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: {readonly uri: string; readonly index: number};
      readonly region?: {readonly startLine: number; readonly snippet: {readonly text: string}};
    };
    readonly logicalLocations?: readonly {readonly name: string; readonly fullyQualifiedName: string}[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
}

interface Run {
  readonly tool: {
    readonly driver: {readonly rules: readonly {readonly id: string; readonly help: {readonly markdown: string}}[]};
  };
  readonly artifacts: readonly {readonly location: {readonly uri: string}}[];
  readonly invocations: readonly {
    readonly toolExecutionNotifications: readonly {readonly message: {readonly text: string}}[];
  }[];
  readonly results: readonly Result[];
}

/** The run, after a look whether the document keeps to the schema. */
function run(report: Report): Run {
  const log = JSON.parse(renderSarif(report, builtinRules())) as {runs: [Run]};
  validate(log);
  expect((validate.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`)).toEqual([]);
  return log.runs[0];
}

test('the schema is that of SARIF, and can say no', () => {
  expect(validate({version: '2.1.0', runs: []})).toBe(true);
  expect(validate({version: '2.1.0', runs: [{tool: {}}]})).toBe(false);
  expect(validate({version: '2.1.0', runs: [], more: 1})).toBe(false);
});

test.each([
  'ostree-ms-move-restart/console.log',
  'ostree-ms-move-restart/journal.json',
  'ostree-no-usrmerge/console.log',
  'ostree-readonly/journal.short',
  'fstab-missing-device/journal.export',
  'two-boots/console.log',
  'sysrq-panic/console.log',
  'cascade/journal.short',
  'kernel-oops-trixie/console.log',
  'initrd-truncated/console.log',
])('%s keeps to the schema, and every result has its rule', async sample => {
  const {results, tool} = run(await analyzeSample(sample));
  expect(results.length).toBeGreaterThan(0);
  for (const {ruleId, ruleIndex} of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});

test('a line of text is a region of its file', async () => {
  const {results, artifacts, tool} = run(await analyzeSample('ostree-ms-move-restart/console.log'));
  const [result] = results as [Result];
  expect(result).toMatchObject({ruleId: 'ostree/sysroot-directory-missing', level: 'error'});
  expect(result.partialFingerprints).toEqual({'whyboot/v1': 'ostree/sysroot-directory-missing'});
  const {artifactLocation, region} = result.locations[0]?.physicalLocation ?? {};
  expect(artifactLocation?.uri).toMatch(/^file:\/\/\/.*ostree-ms-move-restart\/console\.log$/);
  expect(artifacts[artifactLocation?.index as number]?.location.uri).toBe(artifactLocation?.uri);
  expect(region).toEqual({startLine: 480, snippet: {text: expect.stringContaining('failed to MS_MOVE')}});
  expect(tool.driver.rules[0]?.help.markdown).toContain('```sh\n   mkdir TREE/sysroot');
});

test('an entry of a journal is a logical location', async () => {
  const [result] = run(await analyzeSample('ostree-ms-move-restart/journal.json')).results as [Result];
  const [location] = result.locations;
  expect(location?.physicalLocation.region).toBeUndefined();
  expect(location?.logicalLocations?.[0]?.name).toContain('failed to MS_MOVE');
  expect(location?.logicalLocations?.[0]?.fullyQualifiedName).toMatch(/journal\.json#\d+$/);
});

test('a healthy boot has no results', async () => {
  expect(run(await analyzeSample('healthy-bookworm/console.log')).results).toEqual([]);
});

test('a notice is a note', async () => {
  const report = await analyzeSample('ostree-no-usrmerge/console.log');
  const [boot] = report.boots as [Report['boots'][number]];
  const noticed = {...report, boots: [{...boot, rootCauses: [], notices: boot.rootCauses}]};
  expect(run(noticed).results.map(({level}) => level)).toEqual(boot.rootCauses.map(() => 'note'));
});

test('a known failure is suppressed', async () => {
  const known = ignoring(await analyzeSample('ostree-ms-move-restart/console.log'), ['ostree/*']);
  expect(run(known).results[0]?.suppressions).toHaveLength(1);
});

test('a boot of which nothing can be said is told beside the results', async () => {
  const {results, invocations} = run(await reportOf('[    0.000000] Linux version 6.1.0\n'));
  expect(results).toEqual([]);
  expect(invocations[0]?.toolExecutionNotifications).toHaveLength(1);
  expect(run(await reportOf('')).invocations[0]?.toolExecutionNotifications[0]?.message.text).toMatch(/empty/);
});

test('no text of a log is a link or a placeholder', async () => {
  const log = [
    '[    0.000000] Linux version 6.1.0',
    '[    1.000000] acme[7]: error: [click](http://evil.example) {0} `x`',
    "[    2.000000] systemd[1]: acme.service: Failed with result 'exit-code'.",
    '',
  ];
  const [result] = run(await reportOf(log.join('\n'))).results as [Result];
  expect(result.message.text).toContain('\\[click\\](http://evil.example) {{0}}');
});
