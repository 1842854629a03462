/** Which form a source is in, and what happens where it changes in the middle. */
import {beforeAll, describe, expect, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import {looksBinary} from '../../src/intake/detect.js';
import type {Rule} from '../../src/model/rule.js';
import {at, begun, chatter, finished, healthy} from '../boots.js';
import {bootOf, bytesOf, causeOf, type Log, reportOf, rulesOf, source} from '../log.js';

let rules: readonly Rule[];
beforeAll(async () => {
  rules = await rulesOf({
    'test/needle': "title: 'The needle is {what}'\nkey: [what]\nmatch: [{text: 'the needle is (?<what>\\w+)'}]",
  });
});

const messages = [
  'Started a.service - A.',
  "foo.service: Failed with result 'exit-code'.",
  'Failed to start foo.service - Foo.',
  'the needle is here',
];
const wrapped = (form: (message: string, index: number) => string): string[] => messages.map(form);
const json = (message: string, more: object = {}): string =>
  JSON.stringify({
    __CURSOR: 'x',
    __REALTIME_TIMESTAMP: '1795381595351537',
    __MONOTONIC_TIMESTAMP: '96138971',
    SYSLOG_IDENTIFIER: 'systemd',
    _PID: '1',
    MESSAGE: message,
    ...more,
  });
const exported = (message: string): string =>
  `__CURSOR=x\n__REALTIME_TIMESTAMP=1795381595351537\n__MONOTONIC_TIMESTAMP=96138971\nSYSLOG_IDENTIFIER=systemd\n_PID=1\nMESSAGE=${message}\n\n`;

const forms: [name: string, format: string, log: Log][] = [
  ['-o short', 'journal-short', wrapped(text => `Nov 22 21:06:35 host systemd[1]: ${text}`)],
  ['-o short-precise', 'journal-short', wrapped(text => `Nov 22 21:06:35.351537 host systemd[1]: ${text}`)],
  ['-o short-iso', 'journal-short-iso', wrapped(text => `2026-11-22T21:06:35+0000 host systemd[1]: ${text}`)],
  [
    '-o short-iso-precise',
    'journal-short-iso',
    wrapped(text => `2026-11-22T21:06:35.351537+0000 host systemd[1]: ${text}`),
  ],
  ['-o short-full', 'journal-short-full', wrapped(text => `Sun 2026-11-22 21:06:35 UTC host systemd[1]: ${text}`)],
  ['-o with-unit', 'journal-short-full', wrapped(text => `Sun 2026-11-22 21:06:35 UTC host init.scope[1]: ${text}`)],
  ['-o short-unix', 'journal-short-unix', wrapped(text => `1795381595.351537 host systemd[1]: ${text}`)],
  ['-o short-monotonic', 'journal-short-monotonic', wrapped(text => `[   96.138971] host systemd[1]: ${text}`)],
  ['-o json', 'journal-json', wrapped(text => json(text))],
  ['-o export', 'journal-export', wrapped(exported).join('')],
  ['a console', 'kernel', wrapped(text => `[   96.138971] systemd[1]: ${text}\r`)],
  ['dmesg -T', 'dmesg', wrapped(text => `[Sun Nov 22 21:06:35 2026] systemd[1]: ${text}`)],
  ['syslog', 'journal-short', wrapped(text => `Nov 22 21:06:35 host systemd[1]: ${text}`)],
];

describe.each(forms)('%s', (_name, format, log) => {
  test('is known for what it is', async () => {
    expect((await reportOf(log, {rules})).source.formats).toEqual([format]);
  });

  test('is known line by line too', async () => {
    expect((await reportOf(log, {rules, everyLine: true})).source.formats).toEqual([format]);
  });

  test('gives the diagnosis that every form gives', async () => {
    const {outcome, rootCauses, units} = await bootOf(log, {rules});
    expect(outcome).toBe('degraded');
    expect(rootCauses.map(({fingerprint}) => fingerprint).sort()).toEqual([
      'test/needle:here',
      'unit:foo.service:exit-code',
    ]);
    expect(units.map(({name, result}) => [name, result])).toEqual([['foo.service', 'exit-code']]);
  });
});

test('a console is two forms, and both are named, the commoner first', async () => {
  const log = [
    '[  OK  ] Started a.',
    '[FAILED] Failed to start b.',
    '[FAILED] Failed to start c.',
    at(9, 'systemd[1]: Failed to start d.service - D.'),
  ];
  expect((await reportOf(log, {rules, everyLine: true})).source.formats).toEqual(['console', 'kernel']);
});

describe('a source that changes its form in the middle', () => {
  test('from firmware to boot loader to kernel to userspace is one boot', async () => {
    const boot = await bootOf(
      [
        'SeaBIOS (version 1.16.2-debian-1.16.2-1)',
        'Booting from Hard Disk...',
        'Welcome to GRUB!',
        ...healthy.slice(0, 8),
        '[\x1b[0;32m  OK  \x1b[0m] Reached target \x1b[0;1;39minitrd.target\x1b[0m - Initrd Default Target.\r\r',
        ...healthy.slice(8, -2),
        'Nov 22 21:06:35 host app[300]: the needle is found',
        ...finished,
      ],
      {rules},
    );
    expect(boot.phases.map(({name}) => name)).toEqual([
      'firmware',
      'bootloader',
      'kernel',
      'initrd',
      'switch-root',
      'userspace',
    ]);
    expect(boot.rootCauses).toMatchObject([{title: 'The needle is found', phase: 'userspace'}]);
  });

  test('from text to json is read to its end', async () => {
    const {evidence} = await causeOf(
      [...begun, ...chatter(20), json('the needle is json', {SYSLOG_IDENTIFIER: 'app', _PID: '300'})],
      {rules},
    );
    expect(evidence).toEqual([{line: begun.length + 21, text: 'app[300]: the needle is json', kind: 'entry'}]);
  });

  test('from json to text is read to its end', async () => {
    const entries = Array.from({length: 20}, () => json('Started a.service - A.'));
    const {evidence} = await causeOf([...entries, 'Nov 22 21:06:35 host app[300]: the needle is text'], {rules});
    expect(evidence).toEqual([{line: 21, text: 'Nov 22 21:06:35 host app[300]: the needle is text'}]);
  });

  test('from export to text is read to its end', async () => {
    const entries = Array.from({length: 20}, () => exported('Started a.service - A.')).join('');
    const {evidence} = await causeOf(`${entries}Nov 22 21:06:35 host app[300]: the needle is text\n`, {rules});
    expect(evidence).toEqual([{line: 141, text: 'Nov 22 21:06:35 host app[300]: the needle is text'}]);
  });

  test('with a prompt before the entries is read by their form', async () => {
    const log = [
      'user@host:~$ sudo journalctl -b -o json',
      'We trust you have received the usual lecture.',
      ...Array.from({length: 5}, () => json('the needle is json')),
    ];
    const report = await reportOf(log, {rules});
    expect(report.source.formats).toEqual(['journal-json']);
    expect(report.boots[0]?.rootCauses[0]?.evidence[0]).toMatchObject({line: 3, kind: 'entry'});
  });

  test('late, long after its form was told, is read all the same', async () => {
    const log = [...begun, ...chatter(3000), json('the needle is late', {SYSLOG_IDENTIFIER: 'app'})];
    expect((await causeOf(log, {rules})).evidence[0]).toMatchObject({line: begun.length + 3001, kind: 'entry'});
  });
});

describe('a form that is asked for', () => {
  test('overrules what the source looks like', async () => {
    const log = `${exported('the needle is export')}`;
    expect((await reportOf(log, {rules, inputFormat: 'text'})).source.formats).not.toContain('journal-export');
    expect((await reportOf(log, {rules, inputFormat: 'journal-export'})).source.formats).toEqual(['journal-export']);
  });

  test('does not lose lines that are of another', async () => {
    expect(
      (await causeOf(['Nov 22 21:06:35 host app[300]: the needle is text'], {rules, inputFormat: 'journal-json'}))
        .title,
    ).toBe('The needle is text');
  });
});

test('the form is told by the first lines, however small the chunks', async () => {
  const log = bytesOf(Array.from({length: 50}, () => json('the needle is here')));
  const [small, large] = [await analyze(source(log, 5), {rules}), await analyze(source(log), {rules})];
  expect(small).toEqual(large);
  expect(small.source.formats).toEqual(['journal-json']);
});

describe('a serial capture that began at another speed', () => {
  const garbage = '\ufffdʚ\ufffdʲ\ufffd\ufffd\ufffdᕑ\ufffd\ufffd\ufffdɒ\ufffd\ufffd\ufffd'.repeat(30);
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  test('is a log, for its end is text', () => {
    const lines = '[   10.051380] VFS: Mounted root (squashfs filesystem) readonly on device 31:4.\n'.repeat(12);
    expect(looksBinary(bytes(`${garbage}\n${lines}`))).toBe(false);
  });

  test('is none while no line of it is readable', () => {
    expect(looksBinary(bytes(garbage))).toBe(true);
    expect(looksBinary(bytes(`some words of a header\n${garbage}\n${garbage}`))).toBe(true);
  });
});
