/** What holds of any input, asked of the library as its users have it. */
import {readFileSync} from 'node:fs';
import {Readable} from 'node:stream';
import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {analyze, InputError, openSource, type Report, renderJson, renderText} from '../src/index.js';
import {cleanLine} from '../src/intake/clean.js';
import {at, begun, failure, finished} from './boots.js';
import {wrappers} from './intake/wrappers.js';

function read(bytes: Uint8Array, chunk = bytes.length): Promise<Report> {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += chunk) pieces.push(bytes.subarray(from, from + chunk));
  return openSource(['-'], Readable.from(pieces)).then(source => analyze(source));
}

/** What is no log is refused: line noise alone is binary. */
const readIfLog = (bytes: Uint8Array, chunk?: number): Promise<Report | null> =>
  read(bytes, chunk).catch((error: unknown) => {
    expect(error).toBeInstanceOf(InputError);
    return null;
  });

const sample = (path: string): Buffer => readFileSync(new URL(`../samples/${path}`, import.meta.url));
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** As bytes: some letters take several. */
const asBytes = (text: string): string => (/[^\0-\xff]/.test(text) ? Buffer.from(text).toString('latin1') : text);

/** Lines of every kind that is read, and what damages them. */
const pieces = [
  ...sample('ostree-ms-move-restart/console.log')
    .toString('latin1')
    .split('\n')
    .filter((_line, index) => index % 25 === 0),
  ...sample('cascade/journal.short').toString('latin1').split('\n').slice(655, 680),
  ...wrappers.flatMap(({wrap}) => wrap(failure(12, 'foo.service', 'Foo'))),
  "<27>1 2026-11-27T10:06:05.224955+00:00 vm systemd 1 - -  foo.service: Failed with result 'exit-code'.",
  '+ cat /proc/cmdline',
  '+ cat /proc/self/mountinfo',
  '+ journalctl -ab --no-pager -o short-monotonic',
  'root=LABEL=rootfs ro quiet',
  '× foo.service - Foo',
  '     Active: failed (Result: exit-code) since Sun 2026-11-22 21:05:45 UTC; 1min 41s ago',
  '   Main PID: 249 (code=exited, status=3)',
  '● data.mount         loaded    failed failed /data',
  '__CURSOR=s=1',
  '__REALTIME_TIMESTAMP=1',
  '-- Boot c187844b066144a09a0e37cef99c1414 --',
  at(12, 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)'),
  at(3, 'usb 1-4: res[  OK  ] Started ssh.service - OpenBSD Secure Shell server.'),
  at(-3, 'the clock runs back'),
  '[    1.0',
  '\x1b[1A\x1b[2K\x1b[0;1;31m',
  'a\b\b\b\b',
  '\0\0\0\xff\xfe\xc3',
  '&#1114112;&#x110000;&#xd800;&lt;',
  '\\[\\_\\*',
  '',
].map(asBytes);
const ends = ['\n', '\r\n', '\r\r\n', '\r', '', '\0', '\n\n'];
const log = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...ends)), {maxLength: 60})
  .map(parts => parts.flat().join(''));

describe('any input', () => {
  const heads = ['', '\xff\xfe', '\xfe\xff', '\x1f\x8b\x08', 'BZh9', '{"Output":"', '[{"insertId":"', '{"contents":'];

  test('gives a report or a reason, and both renderings of it', async () => {
    const bytes = fc.oneof(
      fc.tuple(fc.constantFrom(...heads), log).map(([head, text]) => latin1(head + text)),
      fc
        .tuple(fc.constantFrom(...heads), fc.uint8Array({maxLength: 600}))
        .map(parts => Buffer.concat([latin1(parts[0]), parts[1]])),
      log.map(text => gzipSync(latin1(text)).subarray(0, -5)),
      log.map(text => Buffer.from(text, 'utf16le')),
      log.map(text => Buffer.from(JSON.stringify({InstanceId: 'i', Output: text}))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({min: 1, max: 900}), async (input, chunk) => {
        try {
          const report = await read(input, chunk);
          JSON.parse(renderJson(report));
          renderText(report, {color: true, width: 80});
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      {numRuns: 300},
    );
  });

  test('is read alike wherever its chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.integer({min: 1, max: 40}), async (text, chunk) => {
        const bytes = latin1(text);
        expect(await readIfLog(bytes, chunk)).toEqual(await readIfLog(bytes));
      }),
      {numRuns: 150},
    );
  });

  test('has its evidence on the lines that are named', async () => {
    await fc.assert(
      fc.asyncProperty(log, async text => {
        const lines = text.split('\n');
        const report = await readIfLog(latin1(text));
        const all = (report?.boots ?? []).flatMap(({rootCauses, notices}) =>
          [...rootCauses, ...notices].flatMap(({evidence, effects}) => [
            ...evidence,
            ...effects.flatMap(effect => effect.evidence),
          ]),
        );
        for (const {line, text: shown, kind} of all) {
          if (kind === 'entry') continue;
          expect(cleanLine(lines[line - 1] ?? '').join('\n'), `line ${line}`).toContain(shown.replace(/…$/, ''));
        }
      }),
      {numRuns: 200},
    );
  });
});

describe('a log of many forms', () => {
  const mixture = [
    'SeaBIOS (version 1.16.2-debian-1.16.2-1)',
    ...begun,
    '> [   11.500000] quoted[9]: an aside',
    '[\x1b[0;1;31mFAILED\x1b[0m] Failed to start \x1b[0;1;39mfoo.service\x1b[0m - Foo.\r\r',
    '[   12.010000] systemd[1]: foo.service: Failed with result &#39;exit-code&#39;.',
    '+ cat /proc/cmdline',
    'root=LABEL=rootfs ro quiet',
    '+ lvm pvdisplay',
    '  Volume group "vg0" not found',
    '+ journalctl -ab',
    ...failure(13, 'bar.service', 'Bar'),
    ...finished,
  ];

  test('is the same whichever byte a read ends at', async () => {
    const bytes = latin1(`${mixture.join('\n')}\n`);
    const whole = await read(bytes);
    expect(whole.boots.map(({units}) => units.map(({name}) => name))).toEqual([['foo.service', 'bar.service']]);
    for (let length = 1; length < bytes.length; length++) {
      const halves = Readable.from([bytes.subarray(0, length), bytes.subarray(length)]);
      expect(await analyze(await openSource(['-'], halves)), `byte ${length}`).toEqual(whole);
    }
  });
});
