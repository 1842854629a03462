import type {ReportKind} from '../model/kernel-report.js';

/** How the kernel names what it reports: the lines that open a report, and what the scanner looks for to find them. */
export interface Title {
  readonly kind: ReportKind;
  readonly literals: readonly string[];
  readonly text: RegExp;
  /** Also the second line of a report that is open already: `Oops: …` after `BUG: unable to handle …`. */
  readonly continues?: true;
}

/** include/linux/ubsan.h, lib/ubsan.c */
const ubsanKinds =
  'shift array-index signed-integer unsigned-integer null-ptr misaligned object-size insufficient invalid-load division alignment type-mismatch negation VLA integer local-bounds'.split(
    ' ',
  );

export const titles: readonly Title[] = [
  {kind: 'kasan', literals: ['BUG: KASAN: '], text: /BUG: KASAN: /},
  {kind: 'kfence', literals: ['BUG: KFENCE: '], text: /BUG: KFENCE: /},
  {kind: 'kcsan', literals: ['BUG: KCSAN: '], text: /BUG: KCSAN: /},
  {kind: 'kmsan', literals: ['BUG: KMSAN: '], text: /BUG: KMSAN: /},
  {kind: 'ubsan', literals: ['UBSAN: Undefined', ...ubsanKinds.map(kind => `UBSAN: ${kind}`)], text: /^UBSAN: /},
  {kind: 'soft-lockup', literals: ['BUG: soft lockup'], text: /BUG: soft lockup - CPU#\d+ stuck/},
  {kind: 'hard-lockup', literals: ['Watchdog detected hard LOCKUP', 'NMI watchdog: BUG: hard'], text: /hard LOCKUP/},
  {kind: 'workqueue-lockup', literals: ['BUG: workqueue lockup'], text: /BUG: workqueue lockup/},
  {
    kind: 'atomic',
    literals: ['BUG: scheduling while atomic', 'BUG: sleeping function called'],
    text: /BUG: (?:scheduling while atomic|sleeping function called)/,
  },
  {
    kind: 'lockdep',
    literals: [
      'possible circular locking',
      'WARNING: suspicious RCU',
      'inconsistent lock state',
      'possible recursive locking',
    ],
    text: /possible (?:circular|recursive) locking(?: dependency)? detected|WARNING: suspicious RCU usage|inconsistent lock state/,
  },
  {
    kind: 'slab',
    literals: [
      ': Poison overwritten',
      'padding overwritten',
      'Redzone overwritten',
      'Object already free',
      'Freepointer corrupt',
    ],
    text: /^=*\s*BUG \S.*: (?:Poison overwritten|\w+ padding overwritten|\w*\s*Redzone overwritten|Object already free|Freepointer corrupt)/i,
  },
  {
    kind: 'bug',
    literals: ['BUG: Bad page', 'BUG: Bad rss', 'BUG: spinlock', 'BUG: corrupted list'],
    text: /BUG: (?:Bad page|Bad rss|spinlock|corrupted list)/,
  },
  {
    kind: 'list-corruption',
    literals: ['list_add corruption', 'list_del corruption'],
    text: /list_(?:add|del) corruption/,
  },
  {kind: 'bug', literals: ['kernel BUG at '], text: /kernel BUG at /, continues: true},
  {
    kind: 'oops',
    literals: [
      'BUG: unable to handle',
      'BUG: kernel NULL',
      'BUG: Kernel NULL',
      'BUG: unable to hand',
      'Unable to handle kernel',
    ],
    text: /BUG: (?:unable to handle|kernel NULL|Kernel NULL)|Unable to handle kernel/,
  },
  {
    kind: 'oops',
    literals: ['general protection fault'],
    text: /^(?:traps: )?general protection fault(?!.*\bip:)/,
    continues: true,
  },
  {
    kind: 'oops',
    literals: ['PANIC: double fault', 'double fault: 0'],
    text: /PANIC: double fault|double fault: 0/,
    continues: true,
  },
  {
    kind: 'oops',
    literals: [
      'Internal error: ',
      'Oops: 0000',
      'Oops: Kernel',
      'Oops: general',
      'Oops: divide',
      'Oops: invalid',
      'Oops - illegal',
      'Oops - instruction',
      'Oops - load',
      'Oops - store',
      'Oops - BUG',
      'Oops - undefined',
      'Oops - bad',
      'divide error: 0',
      'invalid opcode: 0',
      'stack guard page was hit',
    ],
    text: /Internal error: |Oops(?:: | - | ?\[#)|^(?:divide error|invalid opcode): 0|stack guard page was hit/,
    continues: true,
  },
  {
    kind: 'stack-corruption',
    literals: ['WARNING: kernel stack', 'WARNING: unrecognized kernel stack'],
    text: /WARNING: (?:unrecognized )?kernel stack/,
  },
  {
    kind: 'warning',
    literals: ['WARNING: CPU: ', 'WARNING: at ', 'WARNING: lib/', 'WARNING: kernel/', 'WARNING: drivers/'],
    text: /WARNING: (?:CPU: \d+ PID: \d+ at |at |[\w/]+\.c:\d+ at )/,
    continues: true,
  },
  {
    kind: 'rcu-stall',
    literals: ['detected stall', 'self-detected stall', 'rcu_tasks detected stalls', 'rcu_preempt detected'],
    text: /self-detected stall|detected (?:expedited )?stalls?/,
  },
  {
    kind: 'hung-task',
    literals: ['blocked for more than', 'blocked in I/O wait'],
    text: /INFO: task .+ blocked (?:for more than|in I\/O wait|on a )/,
  },
  {kind: 'oom', literals: ['invoked oom-killer'], text: /invoked oom-killer/},
  {kind: 'allocation-failure', literals: ['page allocation failure'], text: /page allocation failure/},
];

/** What the scanner must stop at. */
export const reportLiterals: readonly string[] = titles.flatMap(({literals}) => literals);
