/** journalctl -o json and -o export: fields, values that are no text, and what stands between entries. */
import {beforeAll, describe, expect, test} from 'vitest';
import type {Rule} from '../../src/model/rule.js';
import {bootOf, bytesOf, causeOf, entryOf, reportOf, rulesOf} from '../log.js';

let rules: readonly Rule[];
beforeAll(async () => {
  rules = await rulesOf({'test/needle': "title: 'The needle is {what}'\nmatch: [{text: 'the needle (?<what>[^.]+)'}]"});
});

const bootId = 'c187844b066144a09a0e37cef99c1414';
const fields = {
  __CURSOR: 's=1627548570e14fafb42a0d8edd7a97bf;i=1',
  __REALTIME_TIMESTAMP: '1795381595351537',
  __MONOTONIC_TIMESTAMP: '96138971',
  _BOOT_ID: bootId,
  _TRANSPORT: 'syslog',
  PRIORITY: '3',
  SYSLOG_IDENTIFIER: 'telemetryd',
  _PID: '312',
  _SYSTEMD_UNIT: 'telemetryd.service',
  MESSAGE: 'the needle is found',
};
const json = (more: Readonly<Record<string, unknown>> = {}): string => JSON.stringify({...fields, ...more});
const text = (value: string): number[] => [...new TextEncoder().encode(value)];

describe('json', () => {
  test('the fields of an entry have their places', () => {
    expect(entryOf(json())).toMatchObject({
      message: 'the needle is found',
      text: 'telemetryd[312]: the needle is found',
      timeUs: 96_138_971,
      wallUs: 1_795_381_595_351_537,
      identifier: 'telemetryd',
      pid: 312,
      unit: 'telemetryd.service',
      priority: 3,
      bootId,
      kernel: false,
      kind: 'entry',
      format: 'journal-json',
    });
  });

  test('what PID 1 says is about a unit, and not by one', () => {
    const entry = entryOf(
      json({
        SYSLOG_IDENTIFIER: 'systemd',
        _PID: '1',
        _SYSTEMD_UNIT: 'init.scope',
        UNIT: 'foo.service',
        MESSAGE_ID: 'be02cf6855d2428ba40df7e9d022f03d',
        INVOCATION_ID: 'ab',
      }),
    );
    expect(entry).toMatchObject({
      identifier: 'systemd',
      pid: 1,
      unit: null,
      about: 'foo.service',
      messageId: 'be02cf6855d2428ba40df7e9d022f03d',
      invocationId: 'ab',
    });
  });

  test('the time of a kernel message is the kernel’s own', () => {
    const entry = entryOf(
      json({
        _TRANSPORT: 'kernel',
        SYSLOG_IDENTIFIER: 'kernel',
        _PID: undefined,
        _SYSTEMD_UNIT: undefined,
        _SOURCE_MONOTONIC_TIMESTAMP: '1566962',
        MESSAGE: 'usb 1-4: reset',
      }),
    );
    expect(entry).toMatchObject({
      kernel: true,
      identifier: 'kernel',
      timeUs: 1_566_962,
      message: 'usb 1-4: reset',
      text: 'kernel: usb 1-4: reset',
    });
  });

  test('a message of bytes is read as text', () => {
    expect(entryOf(json({MESSAGE: text('the needle is \x1b[31mred…\x1b[0m')})).message).toBe('the needle is red…');
  });

  test('a message of bytes that are no text keeps what is', () => {
    expect(entryOf(json({MESSAGE: [0x61, 0xff, 0x62]})).message).toBe('a\uFFFDb');
  });

  test('of a field with several values the first counts', () => {
    expect(entryOf(json({MESSAGE: ['the needle is one', 'the needle is two']})).message).toBe('the needle is one');
  });

  test.each([
    ['null', null],
    ['missing', undefined],
  ])('an entry whose message is %s is an entry without words', (_what, MESSAGE) => {
    expect(entryOf(json({MESSAGE}))).toMatchObject({message: '', identifier: 'telemetryd', kind: 'entry'});
  });

  const keepsLetters = (word: string): void => {
    expect(entryOf(json({MESSAGE: word})).message).toBe(word);
    expect(entryOf(json({MESSAGE: text(word)})).message).toBe(word);
  };
  test.each(['Ungültiger Wert – 3 µs', '起動に失敗'])('letters beyond ASCII stay as they are: %s', keepsLetters);
  test.each(['für', 'échec', 'Ä'])('letters beyond ASCII stay as they are: %s', keepsLetters);

  test('escapes in the message are no control characters in the end', () => {
    expect(entryOf(json({MESSAGE: '\x1b]0;title\x07the needle\0 is\x1b[31m red'}))).toMatchObject({
      message: 'the needle is red',
      text: 'telemetryd[312]: the needle is red',
    });
  });

  test('a message of several lines is one message', () => {
    expect(entryOf(json({MESSAGE: 'first\nthe needle is second'})).message).toBe('first the needle is second');
  });

  test.each(['{"broken": ', '{}', '[]', '{"a": 1}', '{"MESSAGE": "x"', 'null'])(
    '%s is a message as it stands',
    line => {
      expect(entryOf(line)).toMatchObject({message: line, kind: 'line'});
    },
  );

  test('an entry is evidence by its number and its words', async () => {
    const {evidence, unit} = await causeOf([json({MESSAGE: 'nothing'}), json()], {rules});
    expect(evidence).toEqual([{line: 2, text: 'telemetryd[312]: the needle is found', kind: 'entry'}]);
    expect(unit).toBe('telemetryd.service');
  });

  test('the source was read as json', async () => {
    const {source} = await reportOf([json(), json()], {rules});
    expect(source).toMatchObject({formats: ['journal-json'], lines: 2, truncated: false});
  });

  test('entries within text are read as entries, whatever the source is as a whole', async () => {
    const other = Array.from({length: 20}, (_, index) => `[    ${index}.000000] usb 1-${index}: reset`);
    const {evidence} = await causeOf([...other, json(), ...other], {rules});
    expect(evidence).toEqual([{line: 21, text: 'telemetryd[312]: the needle is found', kind: 'entry'}]);
  });
});

/** An entry in the export form; a value of bytes is written as binary. */
function exported(values: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const parts = Object.entries(values).map(([name, value]) => {
    if (typeof value === 'string') return Buffer.from(`${name}=${value}\n`);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(value.length));
    return Buffer.concat([Buffer.from(`${name}\n`), length, value, Buffer.from('\n')]);
  });
  return Buffer.concat([...parts, Buffer.from('\n')]);
}

describe('export', () => {
  const {MESSAGE: _message, ...rest} = fields;
  const chatter = exported({...fields, MESSAGE: 'nothing'});
  const log = (...entries: readonly Uint8Array[]): Uint8Array => Buffer.concat(entries);

  test('fields of lines make an entry, which counts as the line of its first', async () => {
    const {evidence, unit} = await causeOf(log(chatter, exported(fields)), {rules});
    expect(evidence).toEqual([{line: 12, text: 'telemetryd[312]: the needle is found', kind: 'entry'}]);
    expect(unit).toBe('telemetryd.service');
  });

  test('the last entry needs no empty line after it', async () => {
    const bytes = log(chatter, exported(fields));
    expect((await causeOf(bytes.subarray(0, -2), {rules})).title).toBe('The needle is is found');
  });

  test.each([
    ['of several lines', 'first\nthe needle is second'],
    ['with an empty line, which ends an entry elsewhere', 'first\n\nthe needle is third'],
    ['with what looks like a field', 'MESSAGE=no\nthe needle is here'],
    ['beyond ASCII', 'für – the needle is größer'],
    ['of one line end', '\nthe needle is last'],
  ])('a binary message %s is read by its length', async (_what, message) => {
    const {evidence} = await causeOf(log(chatter, exported({...rest, MESSAGE: bytesOf(message)}), chatter), {rules});
    expect(evidence.map(({text}) => text)).toEqual([`telemetryd[312]: ${message.replaceAll('\n', ' ')}`]);
  });

  const endsWhereItSays = async (length: number): Promise<void> => {
    const binary = exported({
      ...rest,
      COREDUMP: new Uint8Array(length).fill(10),
      MESSAGE: bytesOf('the needle is after it'),
    });
    const {rootCauses} = await bootOf(
      log(chatter, binary, exported({...rest, MESSAGE: bytesOf('the needle is next')})),
      {rules},
    );
    expect(rootCauses.map(({evidence}) => evidence.map(({text}) => text))).toEqual([
      ['telemetryd[312]: the needle is after it', 'telemetryd[312]: the needle is next'],
    ]);
  };
  test.each([0, 1, 13, 256, 2560, 2573])('a binary field of %i bytes ends where it says', endsWhereItSays);
  test.each([10, 266, 2570])('a binary field of %i bytes ends where it says', endsWhereItSays);

  test('the entry after a binary field has the number of its own line', async () => {
    const binary = exported({...rest, DATA: bytesOf('a\nb\nc')});
    const before = [...log(chatter, binary)].filter(byte => byte === 10).length;
    const {evidence} = await causeOf(log(chatter, binary, exported(fields)), {rules});
    expect(evidence[0]?.line).toBe(before + 1);
  });

  const keepsLetters = async (word: string): Promise<void> => {
    const {evidence} = await causeOf(log(chatter, exported({...rest, MESSAGE: `the needle is ${word}`})), {rules});
    expect(evidence[0]?.text).toBe(`telemetryd[312]: the needle is ${word}`);
  };
  test.each(['Ungültiger Wert – 3 µs', '起動に失敗'])('letters beyond ASCII stay as they are: %s', keepsLetters);
  test('letters beyond ASCII stay as they are: für', () => keepsLetters('für'));

  test('an entry without a message is no harm', async () => {
    const {rootCauses} = await bootOf(log(chatter, exported(rest), exported(fields)), {rules});
    expect(rootCauses).toHaveLength(1);
  });

  test('the boot has the id of its entries', async () => {
    expect((await bootOf(log(chatter, exported(fields)), {rules})).id).toBe(bootId);
  });

  test('the source was read as export', async () => {
    expect((await reportOf(log(chatter, chatter), {rules})).source).toMatchObject({
      formats: ['journal-export'],
      lines: 22,
    });
  });
});
