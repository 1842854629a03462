/** What a reader of the report sees of the log: `analyze` with `context`. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, onTestFinished, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import {openSource} from '../../src/intake/source.js';
import type {Boot, Evidence, Report} from '../../src/model/report.js';
import {begun, chatter, failure, healthy} from '../boots.js';
import {bytesOf, part, reportOf, source} from '../log.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const founding = 'samples/ostree-ms-move-restart/console.log';

async function sampleReport(file: string, context = 3): Promise<Report> {
  return analyze(await openSource([join(root, file)], process.stdin), {context});
}

/** The excerpts' lines by number. */
function linesOf(boot: Boot | undefined): Map<number, string> {
  return new Map(
    (boot?.excerpts ?? []).flatMap(({firstLine, lineNumbers, lines}) =>
      lines.map((text, index) => [lineNumbers?.[index] ?? firstLine + index, text] as const),
    ),
  );
}

const told = (boot: Boot): Evidence[] => [
  ...[...boot.rootCauses, ...boot.notices].flatMap(({evidence, effects}) => [
    ...evidence,
    ...effects.flatMap(effect => effect.evidence),
  ]),
  ...boot.units.flatMap(({firstError}) => firstError ?? []),
];

test('without being asked for, there are none', async () => {
  const {boots} = await reportOf(begun);
  expect(boots[0]).not.toHaveProperty('excerpts');
  expect(boots[0]).not.toHaveProperty('timeline');
});

test.each([
  ['a file', async () => openSource([join(root, founding)], process.stdin)],
  ['a packed file', async () => openSource([join(root, 'test/fixtures/packed/console.log.xz')], process.stdin)],
  ['a stream', async () => source(readFileSync(join(root, founding)), 1000, '-')],
])('of %s, every line that the report points to stands there with its surroundings', async (_name, open) => {
  const {boots} = await analyze(await open(), {context: 3});
  const [boot] = boots as [Boot];
  const lines = linesOf(boot);
  expect(told(boot).length).toBeGreaterThan(4);
  for (const {line, text} of told(boot)) expect(lines.get(line)).toContain(text);
  const at = boot.rootCauses[0]?.evidence[0]?.line ?? 0;
  for (let near = at - 3; near <= at + 3; near++) expect(lines.has(near)).toBe(true);
  expect(lines.has(boot.lastLine)).toBe(true);
});

test.each(['ostree-ms-move-restart/journal.json', 'fstab-missing-device/journal.export'])(
  'so it is with entries: %s',
  async file => {
    const {boots} = await sampleReport(`samples/${file}`);
    const [boot] = boots as [Boot];
    const lines = linesOf(boot);
    for (const {line, text} of told(boot)) expect(lines.get(line)).toContain(text);
    expect(boot.timeline?.phases.map(({name}) => name)).toContain('kernel');
  },
);

test('and with a binary journal', async () => {
  const {boots} = await sampleReport('test/fixtures/journal/boots/cascade.journal.gz');
  const lines = linesOf(boots[0]);
  const [evidence] = boots[0]?.rootCauses[0]?.evidence ?? [];
  expect(lines.get(evidence?.line ?? 0)).toContain(evidence?.text);
});

test('no boot shows lines of another', async () => {
  const {boots} = await sampleReport('samples/two-boots/console.log', 40);
  expect(boots).toHaveLength(2);
  for (const boot of boots)
    for (const line of linesOf(boot).keys()) {
      expect(line).toBeGreaterThanOrEqual(boot.index === 0 ? 1 : boot.firstLine);
      expect(line).toBeLessThanOrEqual(boot.lastLine);
    }
});

test('of several files, lines say which file they are of', async () => {
  // Another boot: no two reach a place at the same µs.
  const second = [...begun, ...failure(30, 'acme.service', 'Acme')].map(line => line.replace('00000]', '00007]'));
  const files = {first: part(healthy), second: part(second)};
  const {boots} = await analyze({name: 'both', parts: [files.first, files.second]}, {context: 3});
  const evidence = boots[1]?.rootCauses[0]?.evidence[0];
  expect(evidence).toMatchObject({source: 1});
  const [excerpt] = (boots[1]?.excerpts ?? []).filter(({lines}) => lines.some(line => line.includes('acme.service')));
  expect(excerpt).toMatchObject({source: 1});
  expect(excerpt?.lines[(evidence?.line ?? 0) - (excerpt?.firstLine ?? 0)]).toContain(evidence?.text);
});

test('the log is kept clean, short and within bounds', async () => {
  const hostile = `\x1b[2J\x1b]0;title\x07evil \u202e${'x'.repeat(10_000)}`;
  const log = [...begun, hostile, ...failure(30, 'acme.service', 'Acme'), hostile];
  const {boots} = await reportOf(log, {context: 40});
  const shown = [...linesOf(boots[0]).values()];
  expect(shown.some(line => line.startsWith('evil x'))).toBe(true);
  expect(shown.join('')).not.toMatch(/[\0-\x1f\x7f-\x9f\u202a-\u202e]/);
  expect(Math.max(...shown.map(line => line.length))).toBe(2001);
});

test('however much a log has to show, it is not all kept', async () => {
  const log = [
    ...begun,
    ...Array.from({length: 400}, (_, index) => [
      ...failure(30 + index, `unit${index}.service`, 'One of many'),
      ...chatter(60, 30 + index).map(line => line.padEnd(1000, '.')),
    ]).flat(),
  ];
  const {boots} = await reportOf(log, {context: 40});
  const shown = [...linesOf(boots[0]).values()];
  expect(shown.length).toBeLessThan(2000);
  expect(shown.join('').length).toBeLessThan(1_400_000);
  expect(linesOf(boots[0]).has(boots[0]?.rootCauses[0]?.evidence[0]?.line ?? 0)).toBe(true);
});

test('the runs of a unit come with what went wrong in each', async () => {
  const {boots} = await sampleReport('samples/ostree-ms-move-restart/journal.export');
  const unit = boots[0]?.units.find(({name}) => name === 'ostree-prepare-root.service');
  expect(unit?.runs?.length).toBeGreaterThan(10);
  expect(unit?.runs?.every(({result}) => result === 'failed')).toBe(true);
  expect(unit?.runs?.[0]?.error?.text).toContain('failed to MS_MOVE');
  expect(unit?.runs?.[1]?.error?.text).toContain('/sysroot.tmp');
  const starts = unit?.runs?.map(({startUs}) => startUs ?? 0) ?? [];
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(boots[0]?.timeline?.lengthUs).toBeGreaterThan(starts.at(-1) ?? Number.POSITIVE_INFINITY);
});

test('a log without times has no timeline', async () => {
  const {boots} = await reportOf(['systemd[1]: acme.service: Failed with result exit-code.', 'nothing more'], {
    context: 3,
  });
  expect(boots[0]).not.toHaveProperty('timeline');
});

test('where the log cannot be kept, the answer comes all the same, and says so', async () => {
  const before = process.env['TMPDIR'];
  onTestFinished(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
  process.env['TMPDIR'] = join(root, 'there-is-no-such-folder');
  const log = bytesOf([...begun, ...failure(30, 'acme.service', 'Acme')]);
  const report = await analyze(source(log, 100, '-'), {context: 3});
  expect(report.boots[0]?.rootCauses).toHaveLength(1);
  expect(report.boots[0]).not.toHaveProperty('excerpts');
  expect(report.source.notices?.join()).toContain('the lines around the evidence are not shown');
});
