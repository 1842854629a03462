/** What a terminal would show of the bytes of a serial console. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cleanLine, cleanText} from '../../src/intake/clean.js';

/** A raw line, as intake has it: the bytes of this text as latin1. */
const raw = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('a line shows as one', () => {
  test.each([
    [
      'the colours of a status line go',
      '[\x1b[0;32m  OK  \x1b[0m] Started \x1b[0;1;39mssh.service\x1b[0m - OpenBSD Secure Shell server.',
      '[  OK  ] Started ssh.service - OpenBSD Secure Shell server.',
    ],
    [
      'colours with colons, as systemd 257 writes them, go',
      "[   11.738185] systemd[1]: \x1b[0;1;38:5:185mdebug-shell.service: Failed with result 'exit-code'.\x1b[0m",
      "[   11.738185] systemd[1]: debug-shell.service: Failed with result 'exit-code'.",
    ],
    [
      'an escape sequence that the ellipsis cut after its bracket goes',
      '[\x1b[0;32m  OK  \x1b[0m] Listening on \x1b[0;1;39mdbus.socket\x1b[…- D-Bus System Message Bus Socket.',
      '[  OK  ] Listening on dbus.socket…- D-Bus System Message Bus Socket.',
    ],
    [
      'an escape sequence that the ellipsis cut in its numbers goes',
      '\x1b[0;1;…dbeef-1111-2222.device',
      '…dbeef-1111-2222.device',
    ],
    [
      'the end of a colour that the ellipsis left behind goes',
      '[\x1b[0;32m  OK  \x1b[0m] Started \x1b[0;1;39msystemd-timesyncd.…0m - Network Time Synchronization.',
      '[  OK  ] Started systemd-timesyncd.… - Network Time Synchronization.',
    ],
    [
      'the last letter of a colour that the ellipsis left behind goes',
      '         Starting \x1b[0;1;39mmodprobe@configfs…m - Load Kernel Module configfs...',
      '         Starting modprobe@configfs… - Load Kernel Module configfs...',
    ],
    ['a whole sequence between the parts of a cut name goes', 'dev-d…\x1b[0madbeef', 'dev-d…adbeef'],
    [
      'sequences in which the ESC is written as ^[ go',
      '[^[[0;32m  OK  ^[[0m] Created slice ^[[0;1;39msystem-getty.slice^[[0m - Slice /system/getty.',
      '[  OK  ] Created slice system-getty.slice - Slice /system/getty.',
    ],
    ['sequences that lost their ESC go', '[[0;32m  OK  [0m] Reached target Swap.', '[  OK  ] Reached target Swap.'],
    [
      'so do those of one number',
      '[[32m  OK  [0m] Reached target Swap. took [10m] and [7m long]',
      '[  OK  ] Reached target Swap. took [10m] and [7m long]',
    ],
    [
      'sequences with colons that lost their ESC go',
      '[[0;1;38:5:185mDEPEND[0m] Dependency failed for /data.',
      '[DEPEND] Dependency failed for /data.',
    ],
    [
      'the questions that systemd 257 asks the terminal go',
      '\x1b[!p\x1b]104\x07\x1b[?7h\x1b[6n\x1b[32766;32766H\x1b[6n[\x1b[0;32m  OK  \x1b[0m] Stopped ssh.service.',
      '[  OK  ] Stopped ssh.service.',
    ],
    [
      'an operating system command that ends with ST goes',
      'see \x1b]8;;https://example.org\x1b\\the page\x1b]8;;\x1b\\.',
      'see the page.',
    ],
    ['an operating system command that never ends goes', 'done \x1b]0;title of a window', 'done '],
    ['a device control string goes', 'a\x1bP1$r0m\x1b\\b', 'ab'],
    ['a two-byte sequence goes', '\x1b7saved\x1b8 \x1b(Bplain\x1bM', 'saved plain'],
    ['a C1 control sequence goes', 'x \u009b31mred\u009b0m y', 'x red y'],
    [
      'a countdown with backspaces shows its last number',
      'Hit any key to stop autoboot:  2 \b\b\b 1 \b\b\b 0 ',
      'Hit any key to stop autoboot:  0 ',
    ],
    ['more backspaces than letters are no harm', 'a\b\b\bb', 'b'],
    ['a backspace takes a whole letter, of however many bytes', '9°\b C', '9 C'],
    ['NUL bytes go', '\0\0[    0.000000] Linux\0 version 6.1.0\0', '[    0.000000] Linux version 6.1.0'],
    ['bell, delete and other controls go', 'a\x07b\x7fc\x01d', 'abcd'],
    ['a tab stays', 'rcu: \t0-...!: (1 GPs behind)', 'rcu: \t0-...!: (1 GPs behind)'],
    ['UTF-8 is read as such', 'sáb 2014 – 3 µs “x”', 'sáb 2014 – 3 µs “x”'],
    ['CR CR LF ends a line like LF', '[  OK  ] Reached target Swap.\r\r', '[  OK  ] Reached target Swap.'],
    [
      'a redrawn progress line shows as it is in the end',
      '\x1bM\r\r\x1b[K[ \x1b[0;31m*\x1b[0;1;31m*\x1b[0m\x1b[0;31m*  \x1b[0m] (2 of 2) Job dev-vdb.device/start running (11s / 1min 30s)\r\r',
      '[ ***  ] (2 of 2) Job dev-vdb.device/start running (11s / 1min 30s)',
    ],
    [
      'a line that begins by erasing the progress line shows alone',
      '\x1bM\r\r\x1b[K[\x1b[0;32m  OK  \x1b[0m] Finished \x1b[0;1;39msystemd-udev-trig…e\x1b[0m - Coldplug All udev Devices.\r\r',
      '[  OK  ] Finished systemd-udev-trig…e - Coldplug All udev Devices.',
    ],
  ])('%s', (_what, line, shows) => {
    expect(cleanLine(raw(line))).toEqual([shows]);
  });
});

describe('what looks like a sequence and is none stays', () => {
  test.each([
    '[  155.776753] [  pid  ]   uid  tgid total_vm      rss',
    '[  155.778994] [    238]     0   238     8655',
    'BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable',
    'EXT4-fs (vda1): mounted filesystem … – Opts: [1]',
    'x86/PAT: Configuration [0-7]: WB  WC  UC- UC',
    'Failed to start app.service…main thread gone',
  ])('%s', line => {
    expect(cleanLine(raw(line))).toEqual([line]);
  });
});

test('bytes that are no UTF-8 become U+FFFD, and the rest of the line stays', () => {
  expect(cleanLine('systemd[1]: Started caf\xe9.service\xff.')).toEqual([
    'systemd[1]: Started caf\uFFFD.service\uFFFD.',
  ]);
});

test('text after a bare carriage return is a line of its own', () => {
  const line = '[**    ] A start job is running for X (31s / 1min 30s)\r[  133.023670] random: crng init done\r';
  expect(cleanLine(line)).toEqual([
    '[**    ] A start job is running for X (31s / 1min 30s)',
    '[  133.023670] random: crng init done',
  ]);
});

test('a line of controls alone shows nothing', () => {
  expect(cleanLine('\x1b[!p\x1b]104\x07\x1b[?7h\x1b[6n\r\r').join('')).toBe('');
});

test('whatever the bytes, nothing that a terminal obeys is left', () => {
  const nasty = fc.array(
    fc.constantFrom(
      '\x1b',
      '[',
      ']',
      '0',
      ';',
      ':',
      'm',
      'K',
      '\x07',
      '\\',
      '\r',
      '\b',
      '\0',
      '\xc2',
      '\x9b',
      '\x9d',
      '…',
      '^',
      'P',
      'a',
    ),
    {maxLength: 30},
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({unit: 'binary'}),
        nasty.map(parts => parts.join('')),
      ),
      text => {
        const shown = [...cleanLine(raw(text)), cleanText(text)].join('');
        expect(shown).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
      },
    ),
  );
});
