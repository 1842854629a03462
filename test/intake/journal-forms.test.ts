/**
 * One short boot in every form that journalctl prints (test/fixtures/forms): what is read as what, and the same diagnosis.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import {detectLayout, type Layout, layouts, looksBinary} from '../../src/intake/detect.js';
import type {Entry} from '../../src/model/entry.js';
import {causeOf, entryOf, type Log, reportOf, source} from '../log.js';

const folder = fileURLToPath(new URL('../fixtures/forms/journal/', import.meta.url));
const names = readdirSync(folder);
const bytesOfForm = (name: string): Buffer => readFileSync(folder + name);
const linesOf = (name: string): string[] => bytesOfForm(name).toString('latin1').trimEnd().split('\n');

/** Every entry of a log, as it is handed on. */
async function entriesIn(log: Log, chunkLength?: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  await analyze(source(log, chunkLength), {rules: [], onEntry: entry => entries.push(entry)});
  return entries;
}

const formats: Readonly<Record<string, readonly string[]>> = {
  short: ['journal-short'],
  'short-precise': ['journal-short'],
  'short-iso': ['journal-short-iso'],
  'short-iso-precise': ['journal-short-iso'],
  'short-full': ['journal-short-full'],
  'with-unit': ['journal-short-full'],
  'short-unix': ['journal-short-unix'],
  'short-monotonic': ['journal-short-monotonic'],
  'short-delta': ['journal-short-delta'],
  verbose: ['journal-verbose'],
  export: ['journal-export'],
  json: ['journal-json'],
  'json-pretty': ['journal-json-pretty'],
  'json-seq': ['journal-json-seq'],
  'json-sse': ['journal-json-sse'],
  cat: ['plain'],
  // Without a host the lines of programs are as the console has them.
  'short-monotonic.no-hostname': ['kernel', 'journal-short-monotonic'],
  'short-delta.no-hostname': ['dmesg', 'journal-short-delta'],
};
const formatsOf = (name: string): readonly string[] =>
  formats[name] ?? (formats[name.replace(/\..*/, '')] as readonly string[]);
/** All but the messages alone, which nobody is known to have written. */
const withWriters = names.filter(name => name !== 'cat');
const blockForms = ['verbose', 'verbose.output-fields', 'json-pretty', 'json-pretty.output-fields'];

describe.each(withWriters)('%s', name => {
  test('is known for what it is', async () => {
    expect((await reportOf(bytesOfForm(name))).source.formats).toEqual(formatsOf(name));
  });

  test('gives the cause that every form gives, by its line', async () => {
    const cause = await causeOf(bytesOfForm(name));
    expect(cause.fingerprint).toBe('unit:storage-init.service:exit-code');
    expect(cause.evidence[0]?.text).toMatch(
      /(?:sh|storage-init\.service)\[312\]: pool0: label not found on \/dev\/vdb$/,
    );
    expect(cause.effects.map(({unit}) => unit)).toEqual(['database.service', 'api.service', 'frontend.service']);
  });

  test('gives the same report line by line', async () => {
    const bytes = bytesOfForm(name);
    expect((await reportOf(bytes, {everyLine: true})).boots).toEqual((await reportOf(bytes)).boots);
  });

  test('gives the same report with carriage returns', async () => {
    if (name === 'export') return;
    const bytes = Buffer.from(bytesOfForm(name).toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
    expect((await causeOf(bytes)).fingerprint).toBe('unit:storage-init.service:exit-code');
  });
});

describe.each(['verbose', 'json-pretty', 'json-seq', 'json-sse', 'json'])('%s has the entries of the export', name => {
  test('one by one', async () => {
    const shown = ({identifier, pid, unit, about, priority, bootId, timeUs, wallUs}: Entry): unknown => ({
      identifier,
      pid,
      unit,
      about,
      priority,
      bootId,
      timeUs,
      wallUs,
    });
    const entries = await entriesIn(bytesOfForm(name));
    expect(entries.map(shown)).toEqual((await entriesIn(bytesOfForm('export'))).map(shown));
  });

  test('and their words, but for those that journalctl leaves out', async () => {
    const exported = await entriesIn(bytesOfForm('export'));
    for (const [index, {message}] of (await entriesIn(bytesOfForm(name))).entries())
      if (message !== '' && !message.includes('blob data')) expect(message).toBe(exported[index]?.message);
  });
});

describe('what journalctl left out', () => {
  test.each([
    ['json', 1],
    ['json-pretty', 1],
    ['json-seq', 1],
    ['json-sse', 1],
    ['verbose', 2],
  ])('%s: %i', async (name, count) => {
    const what = count === 1 ? 'the words of 1 entry' : `the words of ${count} entries`;
    expect((await reportOf(bytesOfForm(name))).source.notices).toEqual([
      `journalctl left out ${what}: give it the option -a`,
    ]);
  });

  test('is nothing with -a, and of an entry that has no message', async () => {
    expect((await reportOf(bytesOfForm('json.all'))).source.notices).toBeUndefined();
  });
});

describe('a message of several lines', () => {
  test.each(['export', 'verbose', 'json', 'json-pretty'])('is one in %s', async name => {
    const messages = (await entriesIn(bytesOfForm(name))).map(({message}) => message);
    expect(messages).toContain('a stack:   first frame     second frame of three lines more');
  });

  const textForms = names.filter(name => /^(?:short|with-unit)/.test(name));
  test.each(textForms)('is of one writer in %s', async name => {
    // With the error in its second line, and the unit known by its name.
    const lines = linesOf(name).filter(line => !line.includes('pool0'));
    const at = lines.findIndex(line => line.includes('Main process exited'));
    const writer = name === 'with-unit' ? 'storage-init.service' : 'storage-init';
    const head = (lines[at] as string).replace(/\S+\[1\]: .*/, `${writer}[500]: two things`);
    const indent = ' '.repeat(head.indexOf('two things'));
    lines.splice(at, 0, head, `${indent}cannot open /dev/vdb`);
    const cause = await causeOf(Buffer.from(`${lines.join('\n')}\n`, 'latin1'));
    expect(cause.evidence.map(({text}) => text)).toContain(`${indent}cannot open /dev/vdb`);
  });
});

describe('the catalog of journalctl -x', () => {
  const accused = [
    'Nov 22 21:06:35 host systemd[1]: Started a.service - A.',
    '@ Subject: Unit failed',
    '@ Defined-By: systemd',
    '@ ',
    '@ The unit bar.service has entered the failed state. Kernel panic - not syncing: no.',
    "@ bar.service: Failed with result 'exit-code'.",
    '@ You are in emergency mode.',
    'Nov 22 21:06:36 host systemd[1]: Reached target multi-user.target - Multi-User System.',
    'Nov 22 21:06:36 host systemd[1]: Startup finished in 1.0s (kernel) + 2.0s (userspace) = 3.0s.',
  ];
  test.each([
    ['░░', '░░'],
    ['-- of older releases, and where ░ cannot be shown', '--'],
  ])('is no evidence: %s', async (_what, mark) => {
    const log = accused.map(line => line.replace('@', mark));
    for (const everyLine of [false, true]) {
      const {boots} = await reportOf(log, {everyLine});
      expect(boots.map(({outcome, rootCauses}) => [outcome, rootCauses])).toEqual([['healthy', []]]);
    }
  });

  test('is told from a line that merely begins with dashes', async () => {
    const log = ['-- Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100'];
    expect((await reportOf(log)).boots[0]?.outcome).toBe('panic');
  });
});

describe('dates in other languages', () => {
  test.each([
    'Nov 22 21:05:45 host',
    'nov. 22 21:05:45 host',
    'févr. 22 21:05:45 host',
    'Mär 22 21:05:45 host',
    'dic 22 21:05:45 host',
    'marras 22 21:05:45 host',
    'de nov. 22 21:05:45 host',
    'd’oct. 22 21:05:45 host',
    '11月 22 21:05:45 host',
    ' 2月 22 21:05:45 host',
    ' 3월 22 21:05:45 host',
    'พ.ย. 22 21:05:45 host',
    'nov   22 21:05:45 host',
    'Sun 2026-11-22 21:05:45 UTC host',
    'dim. 2026-11-22 21:05:45 CET host',
    '日 2026-11-22 21:05:45 JST host',
    'dom 2026-11-22 21:05:45 -03 host',
  ])('%s', begin => {
    const entry = entryOf(`${begin} sshd[7]: the message`);
    expect(entry).toMatchObject({identifier: 'sshd', pid: 7, message: 'the message'});
    expect(entry.wallUs).not.toBeNull();
  });

  test('a number is the month', () => {
    const [a, b] = [entryOf('11月 30 23:59:59 host a[1]: x'), entryOf('12月  1 00:00:01 host a[1]: x')];
    expect((b.wallUs ?? 0) - (a.wallUs ?? 0)).toBe(2_000_000);
  });
});

describe('what journalctl puts around the entries is no entry of harm', () => {
  test.each([
    '-- Logs begin at Sat 2021-02-13 01:44:54 UTC, end at Sat 2021-02-13 07:55:53 UTC. --',
    '-- Journal begins at Sat 2021-02-13 01:44:54 UTC, ends at Sat 2021-02-13 07:55:53 UTC. --',
    '-- No entries --',
    '-- cursor: s=744ac5d1ff1a4df286df71182688a4fb;i=1;b=3fc29dfa35d544a4ba09861718298292;m=1;t=2;x=3',
  ])('%s', async line => {
    const {boots} = await reportOf([line, ...linesOf('short')]);
    expect(boots).toHaveLength(1);
    expect(boots[0]?.rootCauses[0]?.fingerprint).toBe('unit:storage-init.service:exit-code');
  });

  test.each(['short', 'verbose'])('a separator ends a boot in %s', async name => {
    const lines = linesOf(name);
    const second = '-- Boot 0a1b2c3d4e5f60718293a4b5c6d7e8f9 --';
    const later = lines.map(line => line.replaceAll('3fc29dfa35d544a4ba09861718298292', second.slice(8, 40)));
    const {boots} = await reportOf(Buffer.from([...lines, second, ...later, ''].join('\n'), 'latin1'));
    expect(boots.map(({rootCauses}) => rootCauses[0]?.fingerprint)).toEqual([
      'unit:storage-init.service:exit-code',
      'unit:storage-init.service:exit-code',
    ]);
  });
});

describe('entries of several lines in the midst of text', () => {
  const before = Array.from({length: 400}, (_, index) => `[    ${index}.000000] usb 1-${index}: reset`);

  test.each([...blockForms, 'export'])('%s', async name => {
    const log = Buffer.concat([
      Buffer.from(`${before.join('\n')}\n`),
      bytesOfForm(name),
      Buffer.from(before.join('\n')),
    ]);
    for (const everyLine of [false, true]) {
      const {boots} = await reportOf(log, {everyLine, inputFormat: 'text' satisfies Layout});
      expect(boots).toHaveLength(1);
    }
    for (const everyLine of [false, true]) {
      const cause = (await reportOf(log, {everyLine})).boots.at(-1)?.rootCauses[0];
      expect(cause?.fingerprint).toBe('unit:storage-init.service:exit-code');
      // In text distances are counted in lines: of fields too many for what was said before.
      if (name === 'export') continue;
      expect(cause?.evidence[0]).toMatchObject({text: 'sh[312]: pool0: label not found on /dev/vdb', kind: 'entry'});
      const shown = log.toString('latin1').split('\n');
      const from = (cause?.evidence[0]?.line ?? 0) - 1;
      expect(shown.slice(from, from + 40).join('\n')).toContain('pool0');
    }
  });
});

test('every form that can be named is detected', () => {
  const example: Readonly<Record<Layout, string>> = {
    text: 'short',
    'journal-json': 'json-pretty',
    'journal-export': 'export',
    'journal-verbose': 'verbose',
    kmsg: '',
    pstore: '',
  };
  for (const layout of layouts) {
    if (example[layout] === '') continue;
    expect(detectLayout(bytesOfForm(example[layout]).toString('latin1'))).toBe(layout);
  }
});

describe('whatever is done to the bytes', () => {
  const small = (name: string): Buffer => bytesOfForm(name).subarray(0, 6000);

  test.each([...blockForms, 'export', 'json-seq', 'json-sse', 'short.x', 'short-delta'])(
    'where a read ends makes no difference: %s',
    async name => {
      const bytes = small(name);
      const whole = await entriesIn(bytes);
      for (const length of [1, 2, 3, 7, 61, 997]) expect(await entriesIn(bytes, length)).toEqual(whole);
    },
  );

  test.each(layouts)('any bytes are read to their end as %s', async layout => {
    const pieces = fc.constantFrom(
      '\n',
      '    MESSAGE=',
      '\t"MESSAGE" : ',
      '{\n',
      '}\n',
      '},{\n',
      'data: ',
      '\x1e{"',
      '6,1,1,c;',
      ' A=b',
      '__CURSOR=',
      'MESSAGE\n',
      '\0\0\0\0\0\0\0\x7f',
      '░░ ',
      '-- Subject: ',
      'Panic#1 Part1\n',
      ' '.repeat(20),
    );
    const log = fc.array(fc.oneof(pieces, fc.string({unit: 'binary', maxLength: 20})), {maxLength: 60});
    await fc.assert(
      fc.asyncProperty(log, async parts => {
        const bytes = Buffer.from(`text\n${parts.join('')}`);
        if (looksBinary(bytes)) return;
        const lines = bytes.toString('latin1').split('\n').length - (bytes.at(-1) === 10 ? 1 : 0);
        for (const everyLine of [false, true])
          expect((await reportOf(bytes, {rules: [], inputFormat: layout, everyLine})).source.lines).toBe(lines);
      }),
    );
  });

  test.each([...blockForms, 'export', 'json-sse'])('damage is no harm: %s', async name => {
    const bytes = small(name);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({min: 0, max: 255})), {maxLength: 40}),
        fc.nat(bytes.length),
        fc.constantFrom(...layouts),
        async (flips, cut, layout) => {
          const damaged = Buffer.from(bytes.subarray(0, cut));
          for (const [at, value] of flips) if (at < damaged.length) damaged[at] = value;
          if (looksBinary(damaged)) return;
          const {source: read} = await reportOf(damaged, {rules: [], inputFormat: layout});
          expect(read.lines).toBe(
            damaged.toString('latin1').split('\n').length - (damaged.at(-1) === 10 || cut === 0 ? 1 : 0),
          );
        },
      ),
      {numRuns: 60},
    );
  });
});
