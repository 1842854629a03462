import type {Title} from './title.js';

/** The last digit of a page fault's error code. */
const hexadecimal = [...'0123456789abcdef'];

/** What the kernel says when it dies, or when a task dies in it: the words of die() and of traps, by architecture. */
export const oopses: readonly Title[] = [
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
    text: /^(?:traps: )?(?:segment-related )?general protection fault(?!.*\bip:)/,
    continues: true,
  },
  {
    kind: 'oops',
    literals: ['PANIC: double fault', 'double fault: 0'],
    text: /PANIC: double fault|double fault: 0/,
    continues: true,
  },
  {
    // Before there is a console: arch/x86/{mm/extable.c,kernel/head*.c}; FRED's own: arch/x86/entry/entry_fred.c
    kind: 'oops',
    literals: ['PANIC: early exception', 'BUG: Int 6:', 'BUG: Int 13', 'BUG: Int 14', 'invalid or fatal FRED event; '],
    text: /PANIC: early exception|^BUG: Int \d+: CR2 |(?:BUG|PANIC): invalid or fatal FRED event/,
    continues: true,
  },
  {
    // die() of x86, whatever it dies of: `int3: 0000 [#1]`, `Oops: control protection fault: 0003 [#1]`
    kind: 'oops',
    literals: hexadecimal.map(digit => `: 000${digit} [#1`),
    text: /: 000[0-9a-f] \[#1\]/,
    continues: true,
  },
  {
    // arm64 before it dies of them: arch/arm64/kernel/{traps,entry-common}.c
    kind: 'oops',
    literals: [
      'SError Interrupt on CPU',
      'Bad mode in ',
      'Unexpected kernel BRK',
      'Unhandled 64-bit el1',
      'CFI failure at ',
    ],
    text: /^SError Interrupt on CPU|^Bad mode in .+ handler detected|^Unexpected kernel BRK exception|^Unhandled 64-bit el1|^CFI failure at /,
    continues: true,
  },
  {
    // the die() strings of all architectures; `[1]` to 2.6.24, ` ilc:` on s390, no blank before `[#1]` on mips and loongarch
    kind: 'oops',
    literals: [
      'Internal error: ',
      ...hexadecimal.map(digit => `Oops: 000${digit}`),
      ...'Kernel kernel general divide invalid Exception exception Machine System Weird Unrecoverable Unexpected'
        .split(' ')
        .map(word => `Oops: ${word}`),
      'Oops: Bad kernel',
      'Oops: int3',
      'Oops: stack',
      'Oops: Unhandled',
      'Oops: Bad interrupt',
      'Oops#: 000',
      // Short as they are, only behind a stamp.
      '] Oops[#1]',
      '] Oops [#1]',
      ...'illegal instruction load store BUG undefined bad unknown environment'
        .split(' ')
        .map(word => `Oops - ${word}`),
      'divide error: 0',
      'invalid opcode: 0',
      'stack segment: 0',
      'stack guard page was hit',
      'Bad pagetable: 0',
      ...[1, 2, 3].map(length => ` ilc:${length} [#1`),
      ' in kernel code[#1',
      ' in kernel code in ',
      ' in kernel[#1',
      'kernel context![#1',
      'unaligned access[#1',
      'Kernel ade access[#1',
      'Kernel ale access[#1',
      'Integer overflow[#1',
    ],
    text: /Internal error: |Oops(?:: | - | ?\[#|#: [0-9a-f])|^(?:divide error|invalid opcode|stack segment|Bad pagetable): 0|stack guard page was hit| ilc:\d \[#\d|(?:in kernel(?: code)?|kernel context!|unaligned access|a[dl]e access|Integer overflow)\[#\d|in kernel code in \S+, line \d/,
    continues: true,
  },
  {
    // arm and mips tell of the bus before they die of it: arch/arm/mm/fault.c, arch/mips/kernel/traps.c
    kind: 'oops',
    literals: [
      'Unhandled fault: external abort',
      'Unhandled fault: precise external',
      'Unhandled fault: imprecise external',
      'Unhandled fault: synchronous external',
      'Unhandled prefetch abort: external',
      'Unhandled prefetch abort: synchronous external',
      'Synchronous External Abort: ',
      'Data bus error, epc == ',
      'Instruction bus error, epc == ',
    ],
    text: /^(?:Unhandled (?:fault|prefetch abort): (?:(?:im)?precise |synchronous )?external abort|Synchronous External Abort: |(?:Data|Instruction) bus error, epc == )/,
    continues: true,
  },
  {
    // sparc: `COMM(PID): Oops [#1]`
    kind: 'oops',
    literals: ['): Oops [#1', '): Kernel illegal instruction [#1', '): Kernel bad sw trap ', '): Dax [#1]'],
    text: /^\S.{0,20}\(\d+\): (?:Oops|Dax|Kernel illegal instruction|Kernel bad sw trap [0-9a-f]+) \[#\d/,
    continues: true,
  },
  {
    // parisc, m68k and xtensa: arch/*​/kernel/traps.c
    kind: 'oops',
    literals: [
      'Kernel Fault: Code=',
      'pointer deref?): Code=',
      'Machine Check (HPMC): Code=',
      '***   FORMAT=',
      'BAD KERNEL TRAP: ',
      'Kernel mode BUS error',
      ' in kernel: sig: ',
      ' should not happen: sig: ',
    ],
    text: /^(?:Kernel Fault|Bad Address \(null pointer deref\?\)|High Priority Machine Check \(HPMC\)): Code=\d|^\*\*\* .{3,40} \*\*\* +FORMAT=|^BAD KERNEL TRAP: |^Kernel mode BUS error|(?: in kernel| should not happen): sig: \d+ \[#\d/,
    continues: true,
  },
  {
    // powerpc's debugger, into which it falls before it prints more: arch/powerpc/xmon/xmon.c
    kind: 'oops',
    literals: [': Vector: '],
    text: /^cpu 0x[0-9a-f]+: Vector: [0-9a-f]+ +\((?:Machine Check|(?:Data|Instruction) (?:SLB )?Access|Alignment|Program Check|FPU Unavailable)\)/,
    continues: true,
  },
];
