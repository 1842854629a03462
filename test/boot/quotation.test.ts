/** Texts that are no logs, and what of them may be taken for one. */
import {describe, expect, test} from 'vitest';
import {at} from '../boots.js';
import {bootOf, reportOf} from '../log.js';

const rootPanic = 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)';
const oomKill = 'Memory cgroup out of memory: Killed process 1234 (worker) total-vm:4194304kB, anon-rss:2097152kB';

const guide = [
  '## When a machine does not come up',
  '',
  'The boot loader shows a menu for ten seconds, and then it starts the kernel that you chose last.',
  '',
  '### What to do',
  '',
  '1. Choose the recovery entry of the menu, and wait until it asks for a password.',
  '2. Select "root - Drop to root shell prompt".',
];
const program = [
  'import re',
  '',
  'def tells_of_shell(line):',
  '    """Whether a console shows a shell."""',
  '    if line is None:',
  '        return False',
  '    for word in WORDS:',
];
const report = ['Hello,', '', 'since the last update my board does not boot. This is the end of its console:', ''];

describe('a document', () => {
  test.each([
    ['a step', '3. Press Enter for maintenance'],
    ['what somebody types', '    [VM Console] Press Enter for maintenance'],
    ['a symptom', '- `Warning: /dev/disk/by-uuid/0a1b-2c3d does not exist`'],
    ['a heading', `### ${rootPanic}`],
    ['a sentence', `If you then see ${rootPanic}, the initramfs is missing.`],
    ['a sentence that begins with it', `${oomKill} means that the limit of your container is too small for it.`],
    ['what a command shows', `Run \`dmesg\` on the host: it shows that ${oomKill}.`],
  ])('that tells of a message fails no boot: %s', async (_, line) => {
    const boot = await bootOf([...guide, line]);
    expect(boot).toMatchObject({outcome: 'incomplete', rootCauses: [], notices: []});
  });

  test('may have words in quotation marks before what is looked for', async () => {
    const line = 'INIT: Id "S0" respawning too fast: disabled for 5 minutes';
    expect((await bootOf([...report, ...guide, line])).notices).toMatchObject([{rule: 'service/respawning-too-fast'}]);
  });

  test.each([
    ['in a fence', ['```', rootPanic, '```']],
    ['indented', [`    ${rootPanic}`]],
    ['with its stamp', [at(1.2, rootPanic)]],
  ])('holds an excerpt of a log: %s', async (_, lines) => {
    expect(await bootOf([...guide, ...lines])).toMatchObject({outcome: 'panic'});
    expect(await bootOf([...report, ...lines])).toMatchObject({outcome: 'panic'});
  });
});

test('what an init tells whoever sits at its shell makes no document of its log', async () => {
  const log = [
    "mkdir: can't create directory 'run/rw/work': No space left on device",
    "overlayfs: failed to resolve 'run/rw/work': -2",
    'mount: mounting cow on /root failed: No such file or directory',
    "chroot: can't execute '/bin/sh': No such file or directory",
    '',
    'Unable to confirm that the init of the new root is an executable file',
    'Change Root test failed!  Invoking emergency shell.',
    'After fixing it exit to continue this script, or reboot to retry it, or',
    'touch a file and exit to become the first process and to edit the script.',
    'Give root password for system maintenance',
  ];
  const boot = await bootOf(log);
  expect(boot.outcome).toBe('emergency');
  expect(boot.rootCauses[0]?.rule).toBe('storage/no-space-left');
});

describe('a program', () => {
  test.each([
    ['an expression', '        -re {(emergency|Give root password|Press Enter for maintenance|Login:)} {'],
    ['an assertion', '        assert "Give root password for maintenance" not in transcript, transcript[-80:]'],
    ['a comment', `    # ${oomKill}`],
    ['an example', `    #   "${oomKill}"`],
    ['an item', `        "${at(1.2, rootPanic)}",`],
    ['a text over several lines', "        '[FAILED] Failed to start acme.service - Acme.\\n' +"],
  ])('that knows a message fails no boot: %s', async (_, line) => {
    expect(await bootOf([...program, line])).toMatchObject({outcome: 'incomplete', rootCauses: [], notices: []});
  });
});

test('a list of lines in JSON is a log', async () => {
  const lines = [
    '{',
    '  "console": [',
    `    "${at(0, 'Linux version 6.1.0 (a@b)')}",`,
    `    "${at(1.2, rootPanic)}"`,
    '  ]',
    '}',
  ];
  expect((await reportOf(lines)).boots.at(-1)).toMatchObject({outcome: 'panic'});
});

describe('the history of a repository', () => {
  const commit = [
    'commit 0123456789abcdef0123456789abcdef01234567',
    'Author: A. Author <a@example.org>',
    'Date:   Sat Nov 21 10:00:00 2026 +0000',
    '',
    '    acme: do not free twice',
    '',
  ];
  const crash = [
    at(12.3, 'BUG: kernel NULL pointer dereference, address: 0000000000000008'),
    at(12.3, 'Oops: 0000 [#1] SMP'),
  ];

  test.each([
    ['git log', [...commit, ...crash.map(line => `    ${line}`), '', '    Signed-off-by: A. Author <a@example.org>']],
    [
      'a patch',
      ['From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001', 'Subject: [PATCH] acme', '', ...crash],
    ],
    [
      'a patch by mail',
      [
        'From: a@example.org',
        'Subject: [PATCH v2 3/7] acme: do not free twice',
        '',
        ...crash,
        '',
        'Signed-off-by: A. Author <a@example.org>',
      ],
    ],
    [
      'git log --oneline',
      [
        '0123abc acme: fix BUG: kernel NULL pointer dereference, address: 8',
        `1234bcd init: do not say ${rootPanic}`,
        '2345cde acme: add a driver',
      ],
    ],
  ])('tells of no boot: %s', async (_, lines) => {
    const {boots, source} = await reportOf(lines);
    expect(boots).toMatchObject([{outcome: 'incomplete', rootCauses: [], notices: []}]);
    expect(source.notices).toEqual([expect.stringContaining('are not taken for a log')]);
  });

  test('is none where somebody answers with the end of a console', async () => {
    const lines = [
      'From: b@example.org',
      'Subject: Re: [PATCH v2] acme: do not free twice',
      '',
      'It crashes here:',
      ...crash,
      'Signed-off-by: see above',
    ];
    expect((await bootOf(lines)).rootCauses).toHaveLength(1);
  });
});
