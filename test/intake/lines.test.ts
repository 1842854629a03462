/** How bytes become lines: their ends, their numbers, lines without end, and chunks that end anywhere. */
import {readFileSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {beforeAll, describe, expect, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import {InputError} from '../../src/model/errors.js';
import type {Report} from '../../src/model/report.js';
import type {Rule} from '../../src/model/rule.js';
import {bytesOf, causeOf, type Log, part, reportOf, rulesOf, source} from '../log.js';

let rules: readonly Rule[];
beforeAll(async () => {
  rules = await rulesOf({
    'test/needle': "title: 'The needle is {what}'\nkey: [what]\nmatch: [{text: 'the needle is (?<what>\\w+)'}]",
    'test/file': "title: '{what} is missing'\nmatch: [{text: 'cannot open (?<what>[^:]+): No such file or directory'}]",
    'test/warning': "title: 'Warning in {function}'\nseverity: warning\nmatch: [{block: [warning]}]",
  });
});

const needle = '[    5.000000] finder[9]: the needle is red';
const chatter = '[    4.000000] usb 1-4: reset high-speed USB device number 2 using xhci_hcd';

describe('line ends', () => {
  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR CR LF', '\r\r\n'],
  ])('%s ends a line', async (_what, end) => {
    const {source, boots} = await reportOf([chatter, chatter, needle, chatter].map(line => line + end).join(''), {
      rules,
    });
    expect(source.lines).toBe(4);
    expect(boots[0]?.rootCauses[0]?.evidence).toEqual([{line: 3, text: needle}]);
  });

  test('the last line needs no end', async () => {
    const {source, boots} = await reportOf(`${chatter}\n${needle}`, {rules});
    expect(source.lines).toBe(2);
    expect(boots[0]?.rootCauses[0]?.evidence).toEqual([{line: 2, text: needle}]);
  });

  test('empty lines count', async () => {
    const {source, boots} = await reportOf(`\n\n${chatter}\n\n\n${needle}\n\n`, {rules});
    expect(source.lines).toBe(7);
    expect(boots[0]?.rootCauses[0]?.evidence[0]?.line).toBe(6);
  });

  test('a bare carriage return is no line', async () => {
    const {source, boots} = await reportOf(
      `[**    ] A start job is running for X (1s / 3s)\r${needle}\r\n${chatter}\n`,
      {rules},
    );
    expect(source.lines).toBe(2);
    expect(boots[0]?.rootCauses[0]?.evidence).toEqual([{line: 1, text: needle}]);
  });

  test('bytes are counted, not letters', async () => {
    const log = '[    1.000000] für – µs\n';
    expect((await reportOf(log, {rules})).source.bytes).toBe(Buffer.byteLength(log));
  });
});

describe('lines without end', () => {
  const filler = (bytes: number): string => 'chatter of an application, '.repeat(Math.ceil(bytes / 27)).slice(0, bytes);
  const around = [chatter, chatter];

  const isFound = async (chunk: number): Promise<void> => {
    const long = `${filler(1_500_000)} the needle is red; ${filler(1_500_000)}`;
    const log = [...around, long, needle.replace('red', 'blue'), ...around];
    const report = await analyze(source(log, chunk), {rules});
    const causes = report.boots[0]?.rootCauses.map(({title, evidence}) => [title, evidence[0]?.line]);
    expect(causes).toEqual([
      ['The needle is red', 3],
      ['The needle is blue', 4],
    ]);
    expect(report.source).toMatchObject({truncated: true, lines: 6});
  };
  test.each([1 << 16, 1 << 20, Number.POSITIVE_INFINITY])(
    'a failure in the middle of a line of 3 MB is found, in chunks of %d bytes',
    isFound,
  );
  test.each([1 << 10, 1_500_000 + around.join('\n').length + 12])(
    'a failure in the middle of a line of 3 MB is found, in chunks of %d bytes',
    isFound,
  );

  test('much that no rule knows after the last line of interest is no harm', async () => {
    const megabytes = `${Array.from({length: 40_000}, () => chatter).join('\n')}\n`;
    const pieces = [`${chatter}\n`.repeat(2000), `${needle}\n`, megabytes].map(bytesOf);
    const chunks = {
      name: 'test.log',
      async *chunks() {
        yield* pieces;
      },
    };
    const report = await analyze({name: 'test.log', parts: [chunks]}, {rules});
    expect(report.source.lines).toBe(42_001);
  });

  test('a long line in which nothing is found is truncated alike in any chunks', async () => {
    const log = [...around, filler(3_000_000), ...around];
    const [whole, pieces] = [await analyze(source(log), {rules}), await analyze(source(log, 1 << 16), {rules})];
    expect(pieces.source).toEqual(whole.source);
  });

  test('a log that is one endless line is not called empty', async () => {
    expect((await reportOf(filler(3_000_000), {rules})).boots).toHaveLength(1);
    expect((await analyze(source(filler(3_000_000), 1 << 16), {rules})).boots).toHaveLength(1);
  });

  test('what is shown of a long line is the surroundings of what was found', async () => {
    const {evidence} = await causeOf([...around, `${filler(1_500_000)} the needle is red; ${filler(1_500_000)}`], {
      rules,
    });
    expect(evidence[0]?.text).toContain('the needle is red');
    expect(evidence[0]?.text.length).toBeLessThan(10_000);
  });

  test('a long line that ends the capture counts', async () => {
    const report = await reportOf(`${chatter}\n${filler(3_000_000)} the needle is red`, {rules});
    expect(report.source).toMatchObject({lines: 2, truncated: true});
    expect(report.boots[0]?.rootCauses[0]?.evidence[0]?.line).toBe(2);
  });

  test('a line of 20 MB without any line end is no harm', async () => {
    const report = await analyze(source(filler(20_000_000), 1 << 20), {rules});
    expect(report.source).toMatchObject({lines: 1, truncated: true});
  });

  test('lines that are long but whole are not called truncated', async () => {
    const log = [`[    5.000000] finder[9]: ${filler(100_000)}`, needle];
    expect((await reportOf(log, {rules})).source.truncated).toBe(false);
  });

  test('a failure at the very start and at the very end of a long line are both found', async () => {
    const {boots} = await reportOf(
      [`[    5.000000] finder[9]: the needle is first ${filler(3_000_000)} the needle is last`],
      {rules},
    );
    expect(boots[0]?.rootCauses.map(({title}) => title)).toEqual(['The needle is first', 'The needle is last']);
  });
});

/** A bit of everything that a capture can hold. */
const mixture = [
  'SeaBIOS (version 1.16.2-debian-1.16.2-1)',
  '',
  '[    0.000000] Linux version 6.1.0-50-cloud-amd64 (debian-kernel@lists.debian.org) #1 SMP',
  '[    0.000000] Command line: root=LABEL=rootfs ro quiet\r',
  '[    1.566962] ------------[ cut here ]------------',
  '[    1.566970] WARNING: CPU: 0 PID: 1 at lib/foo.c:12 foo_init+0x1c/0x90',
  '[    1.566980] CPU: 0 PID: 1 Comm: swapper/0 Not tainted 6.1.0-50-cloud-amd64 #1',
  '[    1.566990] Call Trace:',
  '[    1.567000]  foo_init+0x1c/0x90',
  '[    1.567010] ---[ end trace 0000000000000000 ]---',
  '[    2.100000] Run /init as init process',
  '\x1bM\r\r\x1b[K[\x1b[0;32m  OK  \x1b[0m] Reached target \x1b[0;1;39mlocal-fs.target\x1b[0m - Local File Systems.\r\r',
  '         Starting \x1b[0;1;39mfoo.service\x1b[0m - für alle…\r\r',
  '[   10.000000] foo[312]: cannot open /etc/foo.conf: No such file or directory',
  '[   10.100000] systemd[1]: foo.service: Main process exited, code=exited, status=1/FAILURE',
  "[   10.110000] systemd[1]: foo.service: Failed with result 'exit-code'.",
  '[\x1b[0;1;31mFAILED\x1b[0m] Failed to start \x1b[0;1;39mfoo.service\x1b[0m - für alle.\r\r',
  '[   11.000000] systemd[1]: Startup finished in 2s (kernel) + 9s (userspace) = 11s.',
  'debian login: [   12.000000] audit: type=1400 \xff',
];

describe('chunks', () => {
  const bytes = bytesOf(mixture);

  test('a log gives the same report wherever its chunks end', async () => {
    const whole = await analyze(source(bytes), {rules});
    expect(whole.boots[0]?.rootCauses.map(({title}) => title)).toEqual(['/etc/foo.conf is missing']);
    for (let at = 1; at < bytes.length; at++) {
      const halves = {
        name: 'test.log',
        async *chunks() {
          yield bytes.slice(0, at);
          yield bytes.slice(at);
        },
      };
      expect(await analyze({name: 'test.log', parts: [halves]}, {rules}), `cut at byte ${at}`).toEqual(whole);
    }
  });

  test('a separator of boots is one wherever its chunk begins', async () => {
    const entry = 'Nov 22 21:06:35 host systemd[1]: Startup finished in 2s (kernel) + 9s (userspace) = 11s.';
    const log = bytesOf(
      ['c187844b066144a09a0e37cef99c1414', '0a1b2c3d4e5f60718293a4b5c6d7e8f9'].flatMap(id => [
        entry,
        `-- Boot ${id} --`,
        entry,
      ]),
    );
    const long = Buffer.concat([bytesOf(`${entry}\n`.repeat(2000)), log]);
    const at = long.lastIndexOf('-- Boot');
    for (let length = at - 3; length < at + 45; length++) {
      expect((await analyze(source(long, length), {rules})).boots, `a chunk ends at byte ${length}`).toHaveLength(3);
    }
  });

  test.each([1, 2, 3, 7, 64, 1000])('chunks of %i bytes give the same report', async length => {
    expect(await analyze(source(bytes, length), {rules})).toEqual(await analyze(source(bytes), {rules}));
  });

  test.each([64, 1000, 65_536, 65_537])(
    'a log longer than what its form is told by gives the same report in chunks of %i bytes',
    async length => {
      const long = bytesOf([...mixture.slice(0, 4), ...Array.from({length: 3000}, () => chatter), ...mixture.slice(4)]);
      expect(await analyze(source(long, length), {rules})).toEqual(await analyze(source(long), {rules}));
    },
  );

  test('empty chunks are no harm', async () => {
    const chunks = {
      name: 'test.log',
      async *chunks() {
        yield new Uint8Array();
        yield bytes;
        yield new Uint8Array();
      },
    };
    expect(await analyze({name: 'test.log', parts: [chunks]}, {rules})).toEqual(await analyze(source(bytes), {rules}));
  });
});

describe('every line cut, or only those of interest', () => {
  const both = async (log: Log): Promise<[Report, Report]> => [
    await reportOf(log, {rules}),
    await reportOf(log, {rules, everyLine: true}),
  ];

  test('the report is the same', async () => {
    const [some, every] = await both(mixture);
    expect(every).toEqual(some);
  });

  const start = [
    ...mixture.slice(2, 4),
    mixture[10] as string,
    '[    3.000000] systemd[1]: systemd 252 running in system mode',
  ];
  const quiet = Array.from({length: 30}, (_, index) => `[    ${index + 4}.000000] usb 1-4: nothing that a rule knows`);
  const isSame = async (lines: readonly string[]): Promise<void> => {
    const [some, every] = await both(lines);
    expect(some.boots).toEqual(every.boots);
  };

  test('a boot that waits in its last lines is the same', () =>
    isSame([...start, ...quiet, '[***   ] Job foo.service/start running (1min 2s / no limit)']));
  test('a boot that ends at the login prompt is the same', () => isSame([...start, ...quiet, 'debian login: ']));
  test('the report is the same for any order of these lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(mixture), async lines => {
        const [some, every] = await both(lines);
        expect(every.boots).toEqual(some.boots);
      }),
      {numRuns: 200},
    );
  });
});

describe('any bytes', () => {
  /** Of all errors only the one that says so is allowed. */
  async function survives(bytes: Uint8Array, chunk: number, isBuiltin: boolean): Promise<void> {
    for (const everyLine of [false, true]) {
      try {
        const report = await analyze(source(bytes, chunk), isBuiltin ? {everyLine} : {everyLine, rules});
        expect(report.source.bytes).toBe(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
  }

  test('noise gives a report, or is refused as binary', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({maxLength: 2000}), fc.integer({min: 1, max: 500}), fc.constant(false), survives),
      {
        numRuns: 300,
      },
    );
  });

  test('pieces of logs in any order give a report', async () => {
    const pieces = [
      ...mixture,
      '[    1.0',
      '__CURSOR=a\n__REALTIME_TIMESTAMP=1\nMESSAGE\n\x05\0\0\0\0\0\0\0abcde\n\n',
      'MESSAGE\n',
      '{"__CURSOR":"a","MESSAGE":null,"_BOOT_ID":3}',
      '{"MESSAGE":[1,2,300,-1],"UNIT":["a","b"],"PRIORITY":"x"}',
      '-- Boot c187844b066144a09a0e37cef99c1414 --',
      'Nov 99 99:99:99 host a[1]: b',
      '[Xxx Yyy 99 99:99:99 9999] z',
      'Kernel panic - not syncing: ',
      ' - not syncing',
      "systemd[1]: : Failed with result ''.",
      'systemd[1]: Failed to start .',
      '[FAILED] Failed to start …',
      'systemd[1]: x.service: Scheduled restart job, restart counter is at 99999999999999999999.',
      '\r\r\r',
      '\x1b[',
      '\0'.repeat(40),
    ];
    const end = fc.constantFrom('\n', '', '\r\n', '\r');
    const log = fc
      .array(fc.tuple(fc.constantFrom(...pieces), end), {maxLength: 40})
      .map(parts => bytesOf(parts.flat().join('')));
    const chunk = fc.integer({min: 1, max: 300});
    await fc.assert(fc.asyncProperty(log, chunk, fc.constant(false), survives), {numRuns: 300});
    await fc.assert(fc.asyncProperty(log, chunk, fc.constant(true), survives), {numRuns: 30});
  });

  test('a program is refused, by its name', async () => {
    const node = readFileSync(process.execPath).subarray(0, 100_000);
    await expect(analyze({name: 'vmlinux', parts: [part(node, 1000, 'vmlinux')]})).rejects.toThrow(
      /^vmlinux: .*binary/,
    );
  });

  test('a compressed log is refused', async () => {
    const log = Array.from({length: 5000}, (_, index) => `[    ${index}.000000] usb 1-${index * 7919}: reset`);
    await expect(analyze(source(gzipSync(bytesOf(log))), {rules})).rejects.toThrow(InputError);
  });

  test('a serial capture that begins with line noise is text', async () => {
    const noise = Uint8Array.from({length: 400}, (_, index) => [0x00, 0xff, 0xf8, 0x80, 0xfe][index % 5] as number);
    const log = Buffer.concat([noise, bytesOf([...Array.from({length: 40}, () => chatter), needle])]);
    expect((await causeOf(log, {rules})).title).toBe('The needle is red');
  });
});

test('an empty source has no boots', async () => {
  const report = await reportOf('', {rules});
  expect(report.boots).toEqual([]);
  expect(report.source).toEqual({name: 'test.log', formats: [], lines: 0, bytes: 0, truncated: false});
});

test('several parts are one log with the lines of each', async () => {
  const report = await analyze(
    {
      name: 'a.log, b.log',
      parts: [part([chatter, needle], 7, 'a.log'), part([chatter, chatter, needle.replace('red', 'blue')], 7, 'b.log')],
    },
    {rules},
  );
  expect(report.source).toMatchObject({name: 'a.log, b.log', lines: 5});
  expect(report.sources?.map(({name, lines}) => [name, lines])).toEqual([
    ['a.log', 2],
    ['b.log', 3],
  ]);
  const causes = report.boots.flatMap(({rootCauses}) => rootCauses);
  expect(causes.map(({evidence}) => evidence[0])).toEqual([
    {line: 2, text: needle, source: 0},
    {line: 3, text: needle.replace('red', 'blue'), source: 1},
  ]);
});
