/** The report for people: what stands in it, how wide it is, and that nothing of it is said by colour alone. */
import {stripVTControlCharacters} from 'node:util';
import {beforeAll, describe, expect, test} from 'vitest';
import type {Report} from '../../src/model/report.js';
import type {Rule} from '../../src/model/rule.js';
import {renderJson} from '../../src/report/json.js';
import {renderText} from '../../src/report/text.js';
import {at, begun, failure, finished, healthy, kernelStart, pid1, shutdown} from '../boots.js';
import {type Log, reportOf, rulesOf} from '../log.js';

let rules: readonly Rule[];
beforeAll(async () => {
  rules = await rulesOf({
    'disk/full': [
      "title: 'The disk {device} is full'",
      'severity: fatal',
      "match: [{text: 'no space left on (?<device>\\S+)'}]",
      "explains: ['unit:*', 'outcome:*']",
      'explain: Nothing fits on {device} any more. What is written to it is lost, and programs that cannot do without stop.',
      'fix:',
      '  - {do: Look at what takes the room., command: du -xh / | sort -h | tail, risk: safe}',
      '  - {do: Remove what nobody needs., command: rm SOMETHING, risk: destructive}',
      'references: [{title: errno(3), url: "https://man7.org/linux/man-pages/man3/errno.3.html"}]',
    ].join('\n'),
    'disk/slow': "title: The disk is slow\nseverity: warning\nmatch: [{text: 'the disk is slow today'}]",
  });
});

const diskFull = [
  pid1(11, 'Starting foo.service - Foo...'),
  at(12, 'foo[311]: cannot write /var/lib/foo/state: no space left on vda1'),
  ...failure(12.5, 'foo.service', 'Foo'),
  pid1(12.6, 'Dependency failed for bar.service - Bar.'),
  at(12.7, 'kernel: the disk is slow today'),
];
const emergency = [...begun, ...diskFull, pid1(13, 'Reached target emergency.target - Emergency Mode.')];
const degraded = [...begun, ...diskFull, ...finished];

const text = async (log: Log, width = 80, color = false): Promise<string> =>
  renderText(await reportOf(log, {rules}), {color, width});

test('the verdict stands first, in one sentence', async () => {
  const [first] = (await text(emergency, 120)).split('\n');
  expect(first).toMatch(/^✖ The boot stopped .*the disk vda1 is full\.$/i);
});

test('a healthy boot is told in few lines', async () => {
  const report = await text(healthy);
  expect(report).toMatch(/^✔ The boot is healthy\.\n/);
  expect(report.split('\n').length).toBeLessThan(6);
});

test('the root cause has its title, how sure we are, its line and what it means', async () => {
  const report = await text(degraded);
  expect(report).toMatch(/^Root cause {2}The disk vda1 is full$/m);
  expect(report).toMatch(/fatal · certain · foo\.service/);
  expect(report).toContain(`${begun.length + 2} │ ${diskFull[1]}`);
  expect(report.replace(/\s+/g, ' ')).toContain(
    'Nothing fits on vda1 any more. What is written to it is lost, and programs that cannot do without stop.',
  );
});

test('what followed from it is counted, with its lines, and said to be no cause', async () => {
  const report = await text(degraded);
  expect(report).toContain('What followed from it (not causes)');
  expect(report).toMatch(/×1 .*foo\.service failed .*line \d+/);
  expect(report).toMatch(/×1 .*bar\.service was not started/);
});

test('what to do is numbered, and what is dangerous says so', async () => {
  const report = await text(degraded);
  expect(report).toMatch(/^ {2}1 {2}Look at what takes the room\.$\n^ +du -xh \/ \| sort -h \| tail$/m);
  expect(report).toMatch(/^ {2}2 {2}Remove what nobody needs\. \(destructive\)$/m);
});

test('the rule and its references stand at the end', async () => {
  expect(await text(degraded)).toMatch(/rule disk\/full\n {2}errno\(3\): https:\/\/man7\.org/);
});

test('a notice stands apart from causes', async () => {
  const report = await text([...begun, at(12.7, 'kernel: the disk is slow today'), ...finished]);
  expect(report).toMatch(/^✔ /);
  expect(report).toMatch(/broke nothing.*\n.*The disk is slow \(line \d+\)/);
  expect(report).not.toContain('Root cause');
});

test('a guess is called one', async () => {
  expect(
    renderText(await reportOf([...begun, ...failure(12, 'foo.service', 'Foo')], {rules: []}), {
      color: false,
      width: 80,
    }),
  ).toMatch(/a guess: no rule knows/);
});

test('the path of the boot shows how far it got', async () => {
  const path = (await text(emergency, 120)).split('\n').find(line => line.includes(' → '));
  expect(path).toMatch(/kernel ✓ → initrd ✓ → switch root ✓ → userspace ✗/);
  const stopped = (
    await text(
      [...kernelStart(), at(3, 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)')],
      120,
    )
  )
    .split('\n')
    .find(line => line.includes(' → '));
  expect(stopped).toMatch(/^ *kernel ✗ → initrd → switch root → userspace$/);
});

test('several boots have their numbers and lines', async () => {
  const report = await text([...degraded, ...shutdown, ...healthy]);
  expect(report).toMatch(/boot 1 of 2, lines 1 to \d+/);
  expect(report).toMatch(/boot 2 of 2, lines \d+ to \d+/);
});

test('kernel, time and form are told', async () => {
  expect(await text(healthy)).toMatch(/Linux 6\.1\.0-50-cloud-amd64 · 15 lines · 20\.5 s · read as kernel/);
});

test('an empty log says so', async () => {
  expect(await text('')).toMatch(/^\? .*empty/);
});

test('a long line that was cut is noted', async () => {
  expect(
    await text([...begun, `${'x'.repeat(1_500_000)} the disk is slow today ${'x'.repeat(1_500_000)}`, ...finished]),
  ).toMatch(/too long to keep/);
});

describe('width', () => {
  const logs = {
    'an emergency': emergency,
    'a degraded boot': degraded,
    'a healthy boot': healthy,
    'a panic': [
      ...kernelStart(),
      at(3, 'Kernel panic - not syncing: No working init found.  Try passing init= option to kernel.'),
    ],
    'a unit with a long name': [...begun, ...failure(12, 'a-service-with-quite-a-long-name-indeed.service', 'X')],
  };
  const names = Object.keys(logs) as (keyof typeof logs)[];

  /** Lines of the log, commands and addresses stand as they are. */
  const isVerbatim = (line: string): boolean => /^ *\d+ │ |^ {7}\S|https?:\/\/|^ {2}rule |^ *\S+$/.test(line);

  async function fits(width: number, name: keyof typeof logs): Promise<void> {
    for (const line of (await text(logs[name], width)).split('\n')) {
      if (!isVerbatim(line)) expect(line.length, line).toBeLessThanOrEqual(width);
    }
  }

  test.each([
    ...names.flatMap(name => [[120, name] as const, [80, name] as const]),
    ...names.slice(0, -1).map(name => [40, name] as const),
  ])('%i columns hold the report of %s', fits);

  test.each([40, 80, 120, 20, 0, 1000])('%i columns lose no word', async width => {
    const words = (report: string): string[] => report.split(/\s+/).sort();
    for (const log of Object.values(logs)) expect(words(await text(log, width))).toEqual(words(await text(log, 100)));
  });
});

describe('colour', () => {
  test('adds nothing to the words', async () => {
    for (const log of [emergency, degraded, healthy, [...kernelStart()], '']) {
      const coloured = await text(log, 80, true);
      expect(stripVTControlCharacters(coloured)).toBe(await text(log, 80, false));
    }
  });

  test('is there when asked for, and only then', async () => {
    expect(await text(degraded, 80, true)).toContain('\x1b[');
    expect(await text(degraded, 80, false)).not.toContain('\x1b');
  });

  test('ends on the line where it begins', async () => {
    for (const line of (await text(emergency, 60, true)).split('\n')) {
      const codes = [...line.matchAll(/\x1b\[(\d+)m/g)].map(([, code]) => Number(code));
      const open = codes.filter(code => code < 10 || (code >= 30 && code < 38)).length;
      const closed = codes.length - open;
      expect(closed, line).toBe(open);
    }
  });
});

describe('hostile text', () => {
  const controls = {
    'an escape sequence': '\x1b[2J\x1b[1;1H',
    'a title of the window': '\x1b]0;owned\x07',
    'a link': '\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\',
    'a string of the device': '\x1bP+q544e\x1b\\',
    'a C1 sequence': '\u009b31m',
    'a bell, a NUL and a backspace': '\x07\0\b',
  };
  const bidi = {
    'an override of direction': '\u202e',
    'an embedding': '\u202b\u202a\u202d\u202c',
    'an isolate': '\u2066\u2067\u2068\u2069',
    'marks of direction': '\u200e\u200f\u061c',
  };

  /** The same nastiness wherever a log can put it. */
  function logs(nasty: string): Log[] {
    const json = (fields: object): string =>
      JSON.stringify({
        __CURSOR: 'x',
        __MONOTONIC_TIMESTAMP: '12000000',
        SYSLOG_IDENTIFIER: 'systemd',
        _PID: '1',
        ...fields,
      });
    return [
      [...begun, ...diskFull.map(line => line.replace('vda1', `vd${nasty}a1`))],
      [...begun, ...failure(12, `fo${nasty}o.service`, `De${nasty}scription`), ...finished],
      [...kernelStart(`root=/dev/vda1 x=${nasty}y`), at(3, `Kernel panic - not syncing: so ${nasty} bad`)],
      [at(0, `Linux version 6.1${nasty}.0-x (y) #1 SMP`), at(3, 'Kernel panic - not syncing: so bad')],
      [...begun, `[***   ] A start job is running for wa${nasty}iting (1min 2s / no limit)`],
      [
        json({
          MESSAGE: `foo: no space left on vd${nasty}a1`,
          SYSLOG_IDENTIFIER: `fo${nasty}o`,
          _SYSTEMD_UNIT: `un${nasty}it.service`,
        }),
      ],
      [json({MESSAGE: "foo.service: Failed with result 'exit-code'.", UNIT: `fo${nasty}o.service`})],
      [
        json({
          MESSAGE: [...new TextEncoder().encode(`Failed to start fo${nasty}o.service.`)],
          UNIT: `fo${nasty}o.service`,
        }),
      ],
      `__CURSOR=x\n__REALTIME_TIMESTAMP=1\nSYSLOG_IDENTIFIER=sys${nasty}temd\nUNIT=fo${nasty}o.service\n_PID=1\nMESSAGE=no space left on vd${nasty}a1\n\n`,
    ];
  }

  async function neverReaches(nasty: string, forbidden: RegExp): Promise<void> {
    for (const log of logs(nasty)) {
      for (const options of [{rules}, {rules: []}, {}]) {
        const report: Report = await reportOf(log, options);
        expect(renderText(report, {color: false, width: 80}), JSON.stringify(log)).not.toMatch(forbidden);
        expect(renderJson(report)).not.toMatch(forbidden);
      }
    }
  }

  test.each(Object.entries(controls))('%s never reaches the terminal', (_what, nasty) =>
    neverReaches(nasty, /[\0-\x08\x0b-\x1f\x7f-\x9f]/),
  );

  test.each(Object.entries(bidi))('%s never reaches the terminal', (_what, nasty) =>
    neverReaches(nasty, /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/),
  );

  test('sequences of a text form never reach the terminal', async () => {
    for (const nasty of Object.values(controls)) {
      for (const log of logs(nasty).slice(0, 5)) {
        const report = await reportOf(log, {rules});
        expect(renderText(report, {color: false, width: 80})).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
      }
    }
  });
});

test('JSON is the report, and ends with a line end', async () => {
  const report = await reportOf(degraded, {rules});
  const json = renderJson(report);
  expect(JSON.parse(json)).toEqual(report);
  expect(json.endsWith('}\n')).toBe(true);
});

test('of many root causes five are told in full, some more are listed, and the rest are counted', async () => {
  const units = Array.from({length: 30}, (_, index) =>
    failure(12 + index / 10, `app-${index}.service`, `App ${index}`),
  );
  const report = await text([...begun, ...units.flat(), ...finished], 120);
  expect(report.match(/^(?:Root cause|Also) .*failed/gm)).toHaveLength(5);
  expect(report).toMatch(
    /^Other root causes\n(?: {2}· app-\d+\.service failed.*\n){12} {4}and 13 more; --format json lists all$/m,
  );
});
