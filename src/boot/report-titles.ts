import {oopses} from './oops-titles.js';
import type {Title} from './title.js';

/** include/linux/ubsan.h, lib/ubsan.c */
const ubsanKinds =
  'shift array-index signed-integer unsigned-integer null-ptr misaligned object-size insufficient invalid-load division alignment type-mismatch negation VLA integer local-bounds pointer unreachable nonnull'.split(
    ' ',
  );

/** Top folders of the kernel's sources, as `WARNING: FILE:LINE at` begins since 6.18. */
const sourceFolders =
  'arch block crypto drivers fs include init io_uring ipc kernel lib mm net rust security sound virt'.split(' ');

/** What mm/slub.c finds: `BUG kmalloc-64 (Not tainted): Poison overwritten`. */
const slabFaults =
  'Poison overwritten|\\w+ padding overwritten|\\w*\\s*Redzone overwritten|Object already free|Freepointer corrupt|Freechain corrupt|Wrong object count|Objects remaining|Invalid object pointer|Freelist Pointer';

export const titles: readonly Title[] = [
  // `KASan` to 4.4; `BUG: KASAN double free`, without a colon, in 4.9
  {kind: 'kasan', literals: ['BUG: KASAN', 'BUG: KASan: '], text: /BUG: KAS[Aa][Nn]:? /},
  {kind: 'kfence', literals: ['BUG: KFENCE: '], text: /BUG: KFENCE: /},
  {kind: 'kcsan', literals: ['BUG: KCSAN: '], text: /BUG: KCSAN: /},
  {kind: 'kmsan', literals: ['BUG: KMSAN: '], text: /BUG: KMSAN: /},
  {kind: 'ubsan', literals: ['UBSAN: Undefined', ...ubsanKinds.map(kind => `UBSAN: ${kind}`)], text: /^UBSAN: /},
  // to 2.6.23 `BUG: soft lockup detected on CPU#0!`
  {kind: 'soft-lockup', literals: ['BUG: soft lockup'], text: /BUG: soft lockup (?:- CPU#\d+ stuck|detected on CPU#)/},
  {
    // powerpc has its own words: arch/powerpc/kernel/watchdog.c
    kind: 'hard-lockup',
    // to 2.6.37 `NMI Watchdog detected LOCKUP on CPU0, ip c0123456, registers:`
    literals: ['detected hard LOCKUP', 'NMI watchdog: BUG: hard', ' Hard LOCKUP', 'NMI Watchdog detected LOCKUP'],
    text: /^(?!Kernel panic|---).*(?:[hH]ard LOCKUP(?! callback)|NMI Watchdog detected LOCKUP)/,
  },
  {kind: 'workqueue-lockup', literals: ['BUG: workqueue lockup'], text: /BUG: workqueue lockup/},
  {
    kind: 'atomic',
    literals: [
      'scheduling while atomic: ',
      'sleeping function called from invalid context',
      'BUG: using __this_cpu_',
      'BUG: using smp_processor_id',
      'BUG: assuming ',
      'BUG: workqueue leaked ',
    ],
    text: /(?:^|BUG: )scheduling while atomic: |(?:BUG|Debug): sleeping function called|BUG: (?:using (?:__this_cpu_|smp_processor_id)|assuming (?:atomic|non migratable) context|workqueue leaked )/,
  },
  {
    // kernel/locking/lockdep.c; to 4.10 in brackets, as `[ INFO: possible circular locking dependency detected ]`
    kind: 'lockdep',
    literals: [
      'possible circular locking',
      'possible recursive locking',
      'possible irq lock inversion',
      'WARNING: suspicious RCU',
      'INFO: suspicious RCU',
      'inconsistent lock state',
      'safe -> HARDIRQ-unsafe lock',
      'safe -> SOFTIRQ-unsafe lock',
      'bad unlock balance',
      'bad contention detected',
      'held lock freed',
      'lock held when returning',
      'ested lock was not taken',
      'still has locks held!',
      'BUG: Invalid wait context',
      'trying to register non-static key',
      'BUG: looking up invalid subclass',
      'BUG: MAX_LOCK',
      'BUG: MAX_STACK_TRACE_ENTRIES',
    ],
    text: /possible (?:circular locking|recursive locking|irq lock inversion)(?: dependency)? (?:dependency )?detected|(?:WARNING|INFO): suspicious RCU usage|inconsistent lock state|-> (?:HARD|SOFT)IRQ-unsafe lock|bad (?:unlock balance|contention) detected|held lock freed|lock held when returning to user|[nN]ested lock was not taken|(?:BUG|WARNING): .+ still has locks held!|BUG: Invalid wait context|INFO: trying to register non-static key|BUG: looking up invalid subclass|BUG: MAX_\w+ too low!/,
  },
  {
    kind: 'slab',
    literals: [
      ': Poison overwritten',
      'padding overwritten',
      'Redzone overwritten',
      'Object already free',
      'Freepointer corrupt',
      'Freechain corrupt',
      'Wrong object count',
      'Objects remaining',
      'Invalid object pointer',
      'Freelist Pointer check',
    ],
    text: new RegExp(`^=*\\s*BUG \\S.*: (?:${slabFaults})`, 'i'),
  },
  {
    kind: 'bug',
    // `Bad page state` stood alone to 2.6.29
    literals: ['Bad page state ', 'BUG: Bad page', 'BUG: Bad rss', 'BUG: spinlock', 'BUG: rwlock', 'BUG: Dentry '],
    text: /BUG: (?:Bad page|Bad rss|spinlock|rwlock|Dentry)|^Bad page state (?:in process|at )/,
  },
  {
    kind: 'list-corruption',
    literals: ['list_add corruption', 'list_del corruption', 'list_add double add'],
    text: /list_(?:add|del) (?:corruption|double add)/,
  },
  {
    // What mm/usercopy.c, lib/string_helpers.c and arch/x86/kernel/cet.c say before their BUG().
    kind: 'bug',
    literals: [
      'ernel memory exposure attempt',
      'ernel memory overwrite attempt',
      'detected buffer overflow',
      'Missing ENDBR: ',
    ],
    text: /[kK]ernel memory (?:exposure|overwrite) attempt detected|^(?:\w+: )?detected buffer overflow(?: in |: \d+ byte )|^(?:traps: )?Missing ENDBR: /,
  },
  {
    kind: 'bug',
    // `BUG: failure at FILE:LINE/FUNCTION()!` of include/asm-generic/bug.h, where an architecture has no trap for it
    literals: ['kernel BUG at ', 'Kernel BUG at ', 'Kernel BUG [#', 'Kernel bug detected', 'BUG: failure at '],
    text: /[kK]ernel BUG at |Kernel BUG \[#|Kernel bug detected\[#|BUG: failure at \S+:\d+\//,
    continues: true,
  },
  ...oopses,
  {
    kind: 'stack-corruption',
    literals: [
      'WARNING: kernel stack',
      'WARNING: unrecognized kernel stack',
      'WARNING: stack recursion',
      'WARNING: stack going in ',
    ],
    text: /WARNING: (?:(?:unrecognized )?kernel stack|stack recursion|stack going in the wrong direction)/,
  },
  {
    // `Badness at` is powerpc's to 2.6.38; all: `Badness in FUNCTION at FILE:LINE` to 2.6.16, then `BUG: warning at`, `BUG: at`
    kind: 'warning',
    literals: [
      'Badness in ',
      'BUG: warning at ',
      ...sourceFolders.map(folder => `BUG: at ${folder}/`),
      'WARNING: CPU: ',
      'WARNING: at ',
      ...sourceFolders.map(folder => `WARNING: ${folder}/`),
      'WARNING: ./',
      'Badness at ',
    ],
    text: /WARNING: (?:CPU: \d+ PID: \d+ at |at |[\w./-]+\.[chS]:\d+ at )|^Badness (?:in \w+ )?at \S+:\d+|^BUG: (?:warning )?at \S+:\d+/,
    continues: true,
  },
  {
    kind: 'rcu-stall',
    literals: ['detected stall', 'self-detected stall', 'rcu_tasks detected stalls', 'detected expedited stall'],
    text: /self-detected stall|detected (?:expedited )?stalls?/,
  },
  {
    kind: 'hung-task',
    literals: ['blocked for more than', 'blocked in I/O wait', " can't die for more than"],
    text: /INFO: task .+ (?:blocked (?:for more than|in I\/O wait|on a )|can't die for more than)/,
  },
  {kind: 'oom', literals: ['invoked oom-killer'], text: /invoked oom-killer/},
  {
    kind: 'allocation-failure',
    literals: ['page allocation failure', ': vmalloc error: size', 'vmalloc: allocation failure'],
    text: /page allocation failure|: vmalloc error: size|vmalloc: allocation failure/,
  },
];

/** What the scanner must stop at. */
export const reportLiterals: readonly string[] = titles.flatMap(({literals}) => literals);
