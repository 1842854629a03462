/** Several files: those of one boot are one boot, others follow one another. */
import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {type AnalyzeOptions, analyze, type Boot, openSource, type Report, renderText} from '../src/index.js';
import {at, begun, failure, finished, healthy, kernelStart} from './boots.js';
import {type Log, part} from './log.js';

const samples = new URL('../samples/', import.meta.url).pathname;
const truthOf = (id: string) =>
  JSON.parse(readFileSync(`${samples}${id}/truth.json`, 'utf8')) as {boots: number; boot_outcome: string};

async function read(paths: readonly string[], options?: AnalyzeOptions): Promise<Report> {
  return analyze(
    await openSource(
      paths.map(path => samples + path),
      process.stdin,
    ),
    options,
  );
}

const readLogs = (...logs: readonly Log[]): Promise<Report> =>
  analyze({name: 'several', parts: logs.map((log, index) => part(log, undefined, `${index}.log`))});

const blamed = ({boots}: Report) => boots.map(({rootCauses}) => rootCauses.map(({fingerprint}) => fingerprint));

const several = readdirSync(samples, {withFileTypes: true})
  .filter(entry => entry.isDirectory())
  .map(({name: id}) => ({id, forms: readdirSync(samples + id).filter(file => file !== 'truth.json')}))
  .filter(({forms}) => forms.length > 1)
  .flatMap(({id, forms}) => forms.slice(1).map(form => ({id, first: forms[0] as string, second: form})));

/** Forms of a captured boot that show nothing of what failed: what the other shows is then told. */
const rank = ['healthy', 'hang', 'degraded', 'reboot', 'emergency', 'panic'];

describe('a console and a journal of one boot are one boot', () => {
  test.each(several)('$id: $first and $second', async ({id, first, second}) => {
    const paths = [`${id}/${first}`, `${id}/${second}`];
    const [one, other, both] = [await read(paths.slice(0, 1)), await read(paths.slice(1)), await read(paths)];
    expect(both.boots.map(({sources}) => sources?.toSorted())).toEqual(
      Array.from({length: truthOf(id).boots}, () => [0, 1]),
    );
    for (const [index, boot] of both.boots.entries()) {
      const outcomes = [one, other].map(({boots}) => (boots[index] as Boot).outcome);
      expect(boot.outcome).toBe(outcomes.toSorted((a, b) => rank.indexOf(b) - rank.indexOf(a))[0]);
      // The richer form's causes, and no other.
      const richer = [one, other].map(report => blamed(report)[index] ?? []);
      expect(richer).toContainEqual(boot.rootCauses.map(({fingerprint}) => fingerprint));
    }
  });

  test.each(several.slice(0, 6))('$id: in any order of the files', async ({id, first, second}) => {
    const paths = [`${id}/${first}`, `${id}/${second}`];
    expect(blamed(await read(paths.toReversed()))).toEqual(blamed(await read(paths)));
  });

  test('the evidence says which file it is in, and is found there', async () => {
    const paths = ['cascade/console.log', 'cascade/journal.short'];
    const report = await read(paths);
    const [cause] = (report.boots[0] as Boot).rootCauses;
    expect(new Set(cause?.evidence.map(({source}) => source))).toEqual(new Set([0, 1]));
    for (const {line, text, source = -1} of cause?.evidence ?? []) {
      const shown = readFileSync(samples + paths[source], 'utf8').split('\n')[line - 1] ?? '';
      expect(shown.replace(/\x1b\[[\d;:]*[A-Za-z]|\r/g, '')).toBe(text);
    }
    expect(renderText(report, {color: false, width: 100})).toMatch(/cascade\/journal\.short:\n +661 │/);
  });

  test('what both show is counted once', async () => {
    const [one, both] = [
      await read(['start-limit/journal.short']),
      await read(['start-limit/console.log', 'start-limit/journal.short']),
    ];
    const counts = ({boots}: Report) =>
      boots.flatMap(({units}) => units.map(({name, invocations}) => [name, invocations]));
    expect(counts(both)).toEqual(counts(one));
  });

  test('also of three files', async () => {
    const forms = ['console.log', 'journal.short', 'journal.with-unit'];
    const report = await read(forms.map(form => `cascade/${form}`));
    expect(report.boots.map(({sources}) => sources?.toSorted())).toEqual([[0, 1, 2]]);
  });
});

describe('what is not the same boot stays apart', () => {
  test('two machines', async () => {
    const report = await read(['cascade/console.log', 'healthy-bookworm/journal.short']);
    expect(report.boots.map(({outcome, sources}) => [outcome, sources])).toEqual([
      ['degraded', [0]],
      ['healthy', [1]],
    ]);
  });

  test('two boots of one machine with one kernel', async () => {
    const first = [...healthy];
    const second = [...begun, ...failure(12, 'foo.service', 'Foo'), ...finished].map(line =>
      line.replace(
        /^\[ *(\d+)\.(\d{6})\]/,
        (_whole, seconds: string, fraction: string) =>
          `[${seconds.padStart(5)}.${seconds === '0' ? fraction : String((Number(fraction) + 1234) % 1e6).padStart(6, '0')}]`,
      ),
    );
    expect((await readLogs(first, second)).boots.map(({outcome}) => outcome)).toEqual(['reboot', 'degraded']);
  });

  test('boots whose clocks were not set', async () => {
    const boot = (value: string): string[] => [
      ...kernelStart(),
      at(2.5, `rtc_cmos 00:04: setting system clock to 1970-01-01T00:00:05 UTC (5)`),
      at(3, `foo[${value}]: hello`),
    ];
    const shifted = boot('2').map(line => line.replace('2.000000', '2.000017').replace('1.800000', '1.800055'));
    expect((await readLogs(boot('1'), shifted)).boots).toHaveLength(2);
  });
});

test('a file that begins in the midst of a boot goes on with the one before it', async () => {
  const report = await readLogs(begun, [...failure(12, 'foo.service', 'Foo'), ...finished]);
  expect(report.boots.map(({outcome, sources}) => [outcome, sources])).toEqual([['degraded', [0, 1]]]);
  expect(report.boots[0]?.rootCauses[0]?.evidence[0]).toMatchObject({source: 1});
});

test('the last boot is the last of the machine, also where its console comes before the journal of all', async () => {
  const journal = readFileSync(`${samples}two-boots/journal.short`, 'utf8');
  const console = readFileSync(`${samples}two-boots/console.log`, 'latin1');
  const second = console.slice(console.lastIndexOf('Linux version') - 15);
  const report = await readLogs(Buffer.from(second, 'latin1'), journal);
  expect(report.boots.map(({sources}) => sources?.toSorted())).toEqual([[1], [0, 1]]);
});
