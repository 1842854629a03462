/** One kernel log with a panic in every form that dmesg, the kernel and pstore give it (test/fixtures/forms). */
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {describe, expect, onTestFinished, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import {cleanText} from '../../src/intake/clean.js';
import {detectLayout, looksBinary} from '../../src/intake/detect.js';
import {openSource} from '../../src/intake/source.js';
import type {Entry} from '../../src/model/entry.js';
import {bootOf, entryOf, type Log, reportOf, source} from '../log.js';

const folder = fileURLToPath(new URL('../fixtures/forms/kernel/', import.meta.url));
const names = readdirSync(folder);
const read = (name: string): Buffer => readFileSync(folder + name);
const linesOf = (name: string): string[] => read(name).toString('utf8').trimEnd().split('\n');

async function entriesIn(log: Log, chunkLength?: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  await analyze(source(log, chunkLength), {rules: [], onEntry: entry => entries.push(entry)});
  return entries;
}

const formats: Readonly<Record<string, readonly string[]>> = {
  dmesg: ['kernel'],
  'dmesg-r': ['kernel'],
  'dmesg-J': ['dmesg-json'],
  'dmesg-notime': ['plain'],
  netconsole: ['kernel'],
  'netconsole-extended': ['kmsg'],
  pstore: ['pstore', 'kernel'],
  'pstore-two-dumps': ['pstore', 'kernel'],
};
const formatsOf = (name: string): readonly string[] =>
  formats[name] ?? (name.startsWith('kmsg') ? ['kmsg'] : ['dmesg']);

describe.each(names)('%s', name => {
  test('is known for what it is', async () => {
    expect((await reportOf(read(name))).source.formats).toEqual(formatsOf(name));
  });

  test('gives the cause that every form gives, by its line', async () => {
    const boot = await bootOf(read(name));
    expect(boot).toMatchObject({outcome: 'panic', kernel: '6.12.107+deb13-cloud-amd64'});
    expect(boot.rootCauses.map(({fingerprint}) => fingerprint)).toEqual(['kernel/double-fault']);
    const [cause] = boot.rootCauses;
    expect(cause?.evidence[0]?.text).toMatch(/traps: PANIC: double fault, error_code: 0x0$/);
    expect(cause?.evidence.some(({text}) => text.includes('RIP: 0010:__kmalloc_noprof+0x130/0x400'))).toBe(true);
    const lines = linesOf(name);
    for (const {line, text, kind} of cause?.evidence ?? []) {
      const shown = kind === 'entry' ? text.replace(/^kernel: /, '').slice(0, 10) : text;
      const [first, ...after] = lines.slice(line - 1, line + 3).map(each => cleanText(each));
      expect(name === 'dmesg-J' ? after.join('') : first).toContain(shown);
    }
  });

  test('gives the same report line by line', async () => {
    expect((await reportOf(read(name), {everyLine: true})).boots).toEqual((await reportOf(read(name))).boots);
  });
});

describe('every form has the messages of dmesg', () => {
  const messages = linesOf('dmesg').map(line => line.replace(/^\[ *[\d.]+\] /, '').trim());
  test.each(['dmesg-J', ...names.filter(name => /^kmsg|extended/.test(name))])('%s', async name => {
    const entries = await entriesIn(read(name));
    expect(
      entries.map(({identifier, pid, message}) =>
        (pid === null ? message : `${identifier}[${pid}]: ${message}`).trim(),
      ),
    ).toEqual(messages);
    expect(entries.at(-1)).toMatchObject({timeUs: 75_209_050, line: expect.any(Number)});
  });
});

describe('stamps of dmesg', () => {
  test.each([
    ['[Nov27 09:33] usb 1-1: reset', {message: 'usb 1-1: reset', format: 'dmesg'}],
    ['[nov.27 09:33] usb 1-1: reset', {message: 'usb 1-1: reset', format: 'dmesg'}],
    ['[11月 7 09:33] usb 1-1: reset', {message: 'usb 1-1: reset', format: 'dmesg'}],
    ['[  +0.535112] usb 1-1: reset', {message: 'usb 1-1: reset', format: 'dmesg'}],
    ['[<    0.535112>] usb 1-1: reset', {message: 'usb 1-1: reset', format: 'dmesg'}],
    ['[   75.146403 <    0.535112>] usb 1-1: reset', {timeUs: 75_146_403, message: 'usb 1-1: reset'}],
    ['[Fri Nov 27 09:34:46 2026 <    0.535112>] usb 1-1: reset', {wallUs: 1_795_772_086_000_000}],
    ['2026-11-27T09:34:46,146403+01:00 usb 1-1: reset', {wallUs: 1_795_768_486_146_403, message: 'usb 1-1: reset'}],
    ['kern  :err   : [Fr Nov 27 09:34:46 2026] usb 1-1: reset', {priority: 3, message: 'usb 1-1: reset'}],
    ['kern  :err   : [  +0.535112] usb 1-1: reset', {priority: 3, message: 'usb 1-1: reset'}],
    ['[   75.146403][  T253] usb 1-1: reset', {caller: 'T253', message: 'usb 1-1: reset'}],
    ['[Fri Nov 27 09:34:46 2026][    C0] usb 1-1: reset', {caller: 'C0', message: 'usb 1-1: reset'}],
    ['Nov 22 21:06:35 host kernel: [   10.123456][  T253] usb 1-1: reset', {caller: 'T253'}],
    // What vendors of phones add.
    ['[   75.146403] c5    253 usb 1-1: reset', {caller: 'T253', message: 'usb 1-1: reset'}],
    ['[   75.146403] c5      0 usb 1-1: reset', {caller: 'C5', message: 'usb 1-1: reset'}],
    ['[   75.146403]  [4:  kworker/4:1:  253] usb 1-1: reset', {caller: 'T253', message: 'usb 1-1: reset'}],
    ['[   75.146403]  (2)[253:init]usb 1-1: reset', {caller: 'T253', message: 'usb 1-1: reset'}],
    ['[   75.146403] .(0)[1:swapper/0]usb 1-1: reset', {caller: 'T1', message: 'usb 1-1: reset'}],
    ['<6>[   75.146403] *(0)[271:kworker/0:2]usb 1-1: reset', {priority: 6, caller: 'T271', message: 'usb 1-1: reset'}],
    ['[   75.146403]  <0>-(0)[0:swapper/0]usb 1-1: reset', {caller: 'C0', message: 'usb 1-1: reset'}],
    ['[   75.146403] *(2)[a note]: usb', {caller: null}],
    ['[   75.146403] [pid:253,cpu2,init]usb 1-1: reset', {caller: 'T253', message: 'usb 1-1: reset'}],
    ['[   75.146403] c10k: 253 connections', {caller: null, message: 'c10k: 253 connections'}],
    [
      '6,339,5140900,-,caller=T1;usb 1-1: reset',
      {timeUs: 5_140_900, priority: 6, caller: 'T1', message: 'usb 1-1: reset'},
    ],
    ['30,339,5140900,-;systemd[1]: Started a.service.', {kernel: false, identifier: 'systemd', pid: 1, priority: 6}],
    ['6,339,5140900,-;Gr\\xc3\\xbc\\xc3\\x9fe\\x5c', {message: 'Grüße\\'}],
  ])('%s', (line, expected) => {
    expect(entryOf(line)).toMatchObject({kernel: true, ...expected});
  });

  test.each(['2026-11-27 09:34:46,146 INFO started', '6,339,no record', '[+] Building 3.2s'])('%s is none', line => {
    expect(entryOf(line)).toMatchObject({kernel: false});
  });
});

describe('records of /dev/kmsg', () => {
  const text = async (...lines: string[]): Promise<string[]> => (await entriesIn(lines)).map(entry => entry.message);

  test('what the driver core adds belongs to the record before', async () => {
    expect(await text('6,1,1,-;usb 1-1: reset', ' SUBSYSTEM=usb', ' DEVICE=c189:1', '6,2,2,-;next')).toEqual([
      'usb 1-1: reset',
      'next',
    ]);
  });

  test('parts of two writers are not mixed', async () => {
    const lines = ['6,1,1,-,caller=T1;one ', '6,2,2,c,caller=T2;two', '6,3,3,-,caller=T1;three'];
    expect(await text(...lines)).toEqual(['one ', 'two', 'three'].map(word => word.trim()));
  });

  test('a message in parts is found, and counts as its first line', async () => {
    const {outcome, rootCauses} = await bootOf([
      '6,1,1,-;Linux version 6.12.0 (a@b)',
      '0,2,2,-;Kernel panic - not ',
      '0,3,3,c;syncing: Attempted to kill init! exitcode=0x00000100',
    ]);
    expect(outcome).toBe('panic');
    expect(rootCauses[0]?.evidence[0]).toMatchObject({line: 2, kind: 'entry'});
  });
});

describe('parts of pstore', () => {
  const parts = (name: string): string[] =>
    read(name)
      .toString('latin1')
      .split(/^(?=\w+#\d+ Part\d+\n)/m);

  test('in any order are one log', async () => {
    const first = (await bootOf(read('pstore'))).rootCauses[0];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(parts('pstore'), {minLength: 4}), async shuffled => {
        const boot = await bootOf(Buffer.from(shuffled.join(''), 'latin1'));
        expect(boot.rootCauses[0]?.fingerprint).toBe(first?.fingerprint);
        const {line, text} = boot.rootCauses[0]?.evidence[0] ?? {line: 0, text: ''};
        expect(shuffled.join('').split('\n')[line - 1]).toBe(text);
        expect([boot.firstLine, boot.lastLine]).toEqual([1, shuffled.join('').split('\n').length - 1]);
      }),
      {numRuns: 24},
    );
  });

  test('in files of their own are one log, whatever their names', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'whyboot-test-'));
    onTestFinished(() => rmSync(directory, {recursive: true}));
    for (const [index, part] of parts('pstore').entries())
      writeFileSync(join(directory, `dmesg-efi-${index}`), part, 'latin1');
    const {boots, source: opened} = await analyze(await openSource([directory], process.stdin));
    expect(opened.formats).toContain('pstore');
    expect(boots.map(({outcome, rootCauses}) => [outcome, rootCauses[0]?.fingerprint])).toEqual([
      ['panic', 'kernel/double-fault'],
    ]);
  });

  test('what two dumps hold counts once', async () => {
    const counts = async (name: string): Promise<unknown> =>
      (await bootOf(read(name))).rootCauses.map(({effects}) => effects.map(({title, count}) => [title, count]));
    expect(await counts('pstore-two-dumps')).toEqual(await counts('pstore'));
  });

  test('of two crashes with the same numbers are not mixed', async () => {
    const dump = parts('pstore').join('');
    const {boots} = await reportOf(Buffer.from(dump + dump, 'latin1'));
    expect(boots.map(({rootCauses}) => rootCauses[0]?.fingerprint)).toEqual([
      'kernel/double-fault',
      'kernel/double-fault',
    ]);
  });
});

describe('whatever is done to the bytes', () => {
  const block = ['dmesg-J', 'kmsg', 'kmsg-continued', 'kmsg-continued-old', 'netconsole-extended'];
  test.each(block)('where a read ends makes no difference: %s', async name => {
    const whole = await entriesIn(read(name));
    for (const length of [1, 7, 61, 997]) expect(await entriesIn(read(name), length)).toEqual(whole);
  });

  test.each([...block, 'pstore'])('damage is no harm: %s', async name => {
    const bytes = read(name);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.constantFrom(10, 32, 44, 59, 43, 92, 120, 123, 125, 34, 255)), {
          maxLength: 40,
        }),
        fc.nat(bytes.length),
        async (flips, cut) => {
          const damaged = Buffer.from(bytes.subarray(0, cut));
          for (const [at, value] of flips) if (at < damaged.length) damaged[at] = value;
          if (looksBinary(damaged)) return;
          const {source: facts} = await reportOf(damaged, {
            rules: [],
            inputFormat: detectLayout(bytes.toString('latin1')),
          });
          expect(facts.lines).toBe(
            damaged.toString('latin1').split('\n').length - (damaged.at(-1) === 10 || cut === 0 ? 1 : 0),
          );
        },
      ),
      {numRuns: 60},
    );
  });
});
