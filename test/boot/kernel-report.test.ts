/** The kernel's own reports: where they begin and end, and whom they blame. Shapes by architecture and release. */
import {describe, expect, test} from 'vitest';
import type {Boot, Cause} from '../../src/model/report.js';
import {at, kernelStart, release} from '../boots.js';
import {endTrace, log, reported, reportRules} from '../kernel-reports.js';
import {bootOf} from '../log.js';

const rules = await reportRules();

async function first(lines: readonly string[]): Promise<Cause> {
  const {rootCauses}: Boot = await bootOf(lines, {rules});
  expect(rootCauses).not.toEqual([]);
  return rootCauses[0] as Cause;
}

const oops61 = [
  'BUG: kernel NULL pointer dereference, address: 0000000000000008',
  '#PF: supervisor read access in kernel mode',
  '#PF: error_code(0x0000) - not-present page',
  'PGD 0 P4D 0 ',
  'Oops: 0000 [#1] PREEMPT SMP PTI',
  'CPU: 1 PID: 214 Comm: systemd-udevd Tainted: G        W  OE      6.1.0-35-amd64 #1  Debian 6.1.137-1',
  'Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014',
  'RIP: 0010:foo_probe+0x1c/0x90 [foo]',
  'Code: 48 89 df e8 00 00 00 00 <48> 8b 40 08',
  'RSP: 0018:ffffb1b3404c3b98 EFLAGS: 00010246',
  'RAX: 0000000000000000 RBX: ffff8d435cfafe00 RCX: 00000000033b6000',
  'CS:  0010 DS: 0000 ES: 0000 CR0: 0000000080050033',
  'CR2: 0000000000000008 CR3: 0000000005b32000 CR4: 00000000000006f0',
  'Call Trace:',
  ' <TASK>',
  ' ? __die_body.cold+0x1a/0x1f',
  ' ? page_fault_oops+0xd2/0x2b0',
  ' ? asm_exc_page_fault+0x22/0x30',
  ' platform_probe+0x3e/0x90 [bar]',
  ' </TASK>',
  'Modules linked in: foo(OE+) bar',
  'CR2: 0000000000000008',
  endTrace,
  'RIP: 0010:foo_probe+0x1c/0x90 [foo]',
];

const oops612 = [
  'BUG: unable to handle page fault for address: ffffb1b3404c3b98',
  '#PF: supervisor write access in kernel mode',
  'Oops: Oops: 0002 [#1] PREEMPT SMP PTI',
  'CPU: 0 UID: 0 PID: 253 Comm: kworker/0:1 Tainted: G        W  O       6.12.107+deb13-amd64 #1  Debian 6.12.107-1',
  'Tainted: [W]=WARN, [O]=OOT_MODULE',
  'Hardware name: QEMU Standard PC (i440FX + PIIX, 1996), BIOS 1.16.2-debian-1.16.2-1 04/01/2014',
  'Workqueue: events foo_work [foo]',
  'RIP: 0010:foo_work+0x30/0x50 [foo]',
  'Call Trace:',
  ' <TASK>',
  ' process_one_work+0x1a0/0x3a0',
  ' </TASK>',
  endTrace,
];

const arm64 = [
  'Unable to handle kernel paging request at virtual address ffff800008c00000',
  'Mem abort info:',
  '  ESR = 0x0000000096000047',
  '  EC = 0x25: DABT (current EL), IL = 32 bits',
  '  SET = 0, FnV = 0',
  'Data abort info:',
  '  ISV = 0, ISS = 0x00000047',
  'swapper pgtable: 4k pages, 48-bit VAs, pgdp=0000000041a5b000',
  '[ffff800008c00000] pgd=0000000000000000, p4d=0000000000000000',
  'Internal error: Oops: 0000000096000047 [#1] PREEMPT SMP',
  'Modules linked in: snd_soc_foo',
  'CPU: 2 PID: 1 Comm: swapper/0 Not tainted 6.1.0 #1',
  'Hardware name: Board (DT)',
  'pstate: 60000005 (nZCv daif -PAN -UAO -TCO -DIT -SSBS BTYPE=--)',
  'pc : dwc3_probe+0x1c/0x90',
  'lr : platform_probe+0x10/0x20',
  'sp : ffff80000b5cbb40',
  'x29: ffff80000b5cbb40 x28: 0000000000000000 x27: ffff800009a5e070',
  'Call trace:',
  ' dwc3_probe+0x1c/0x90',
  ' platform_probe+0x68/0xe0',
  'Code: d503201f f9400001 (f9000020)',
  endTrace,
];

const arm = [
  '8<--- cut here ---',
  'Unable to handle kernel NULL pointer dereference at virtual address 00000004 when read',
  '[00000004] *pgd=00000000',
  'Internal error: Oops: 5 [#1] SMP ARM',
  'Modules linked in:',
  'CPU: 0 PID: 88 Comm: modprobe Not tainted 6.6.1 #1',
  'Hardware name: Generic DRA74X (Flattened Device Tree)',
  'PC is at gic_handle_irq+0x58/0x9c',
  'LR is at foo_irq+0x10/0x20',
  'pc : [<c03012a4>]    lr : [<c0301234>]    psr: 60000193',
  'sp : c1801f40  ip : c1801f48  fp : c1801f74',
  'r10: c18867ec  r9 : c1801f40  r8 : 00000000',
  'Process modprobe (pid: 88, stack limit = 0x5f3a1b2c)',
  'Stack: (0xc1801f40 to 0xc1802000)',
  ' gic_handle_irq from foo_irq+0x10/0x20',
  'Code: e1a00004 e5933004 (e5933004)',
  endTrace,
];

const riscv = [
  'Unable to handle kernel NULL pointer dereference at virtual address 0000000000000010',
  'Oops [#1]',
  'Modules linked in:',
  'CPU: 3 PID: 1 Comm: swapper/0 Not tainted 6.1.15 #1',
  'Hardware name: StarFive VisionFive V2 (DT)',
  'epc : clk_prepare+0x10/0x30',
  ' ra : foo_probe+0x34/0x80',
  'epc : ffffffff804f2b30 ra : ffffffff80512340 sp : ffffffc80000bb40',
  ' gp : ffffffff8181f6a8 tp : ffffffd880228000 t0 : 0000000000000040',
  'status: 0000000200000120 badaddr: 0000000000000010 cause: 000000000000000d',
  '[<ffffffff804f2b30>] clk_prepare+0x10/0x30',
  '[<ffffffff80512340>] foo_probe+0x34/0x80',
  endTrace,
];

const ppc = [
  'BUG: Kernel NULL pointer dereference on read at 0x00000008',
  'Faulting instruction address: 0xc000000008068dfc',
  'Oops: Kernel access of bad area, sig: 11 [#1]',
  'LE PAGE_SIZE=64K MMU=Hash SMP NR_CPUS=2048 NUMA pSeries',
  'Modules linked in: ibmvscsi',
  'CPU: 5 PID: 1201 Comm: eehd Not tainted 6.1.0-35-powerpc64le #1  Debian 6.1.137-1',
  'NIP:  c000000008068dfc LR: c000000008068df8 CTR: 00000000015c6170',
  'REGS: c000000010f92e30 TRAP: 0700   Not tainted (6.1.0-35-powerpc64le)',
  'MSR:  8000000000029033 <SF,EE,ME,IR,DR,RI,LE>  CR: 28002822  XER: 00000000',
  'NIP [c000000008068dfc] .eeh_slot_error_detail+0x1c/0x90',
  'LR [c000000008068df8] .eeh_handle_event+0x18/0x90',
  'Call Trace:',
  '[c000000010f930b0] [c000000008068df8] .eeh_handle_event+0x18/0x90 (unreliable)',
  'Instruction dump:',
  endTrace,
];

describe('a fault', () => {
  test.each([
    ['x86, Linux 6.1', oops61, 'oops in foo_probe of foo by systemd-udevd pid 214 on 6.1.0-35-amd64'],
    ['x86, Linux 6.12', oops612, 'oops in foo_work of foo by kworker/0:1 pid 253 on 6.12.107+deb13-amd64'],
    ['arm64', arm64, 'oops in dwc3_probe of ? by swapper/0 pid 1 on 6.1.0'],
    ['arm', arm, 'oops in gic_handle_irq of ? by modprobe pid 88 on 6.6.1'],
    ['riscv', riscv, 'oops in clk_prepare of ? by swapper/0 pid 1 on 6.1.15'],
    ['ppc64', ppc, 'oops in eeh_slot_error_detail of ? by eehd pid 1201 on 6.1.0-35-powerpc64le'],
  ])('of %s is one report that names function, module, process and kernel', async (_what, lines, title) => {
    expect(await reported(log(lines))).toEqual([title]);
    const cause = await first(log(lines));
    expect(cause.confidence).toBe('certain');
    expect(cause.evidence[0]).toMatchObject({
      line: kernelStart().length + 1 + lines.findIndex(line => /BUG|Unable/.test(line)),
    });
  });

  test.each([
    [
      'a general protection fault of 6.1',
      [
        'general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] PREEMPT SMP',
        ...oops61.slice(5),
      ],
    ],
    [
      'a general protection fault of 6.12',
      [
        'Oops: general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1] PREEMPT SMP',
        ...oops61.slice(5),
      ],
    ],
    ['a divide error', ['divide error: 0000 [#1] PREEMPT SMP PTI', ...oops61.slice(5)]],
    ['a double fault of 6.12', ['Oops: double fault: 0000 [#1] PREEMPT SMP PTI', ...oops61.slice(5)]],
    [
      'a stack guard page',
      [
        'BUG: TASK stack guard page was hit at 000000007b1e5f80 (stack is 000000005b1e5f80..000000006b1e5f80)',
        'stack guard page: 0000 [#1] PREEMPT SMP',
        ...oops61.slice(5),
      ],
    ],
  ])('may be %s', async (_what, lines) => {
    expect(await reported(log(lines))).toEqual(['oops in foo_probe of foo by systemd-udevd pid 214 on 6.1.0-35-amd64']);
  });

  test('of an old x86 kernel names function and process', async () => {
    const lines = [
      'BUG: unable to handle kernel NULL pointer dereference at 00000040',
      'IP: [<f8a3c1f5>] radeon_agp_init+0x25/0x3e0 [radeon]',
      '*pde = 00000000 ',
      'Oops: 0000 [#1] SMP ',
      'Modules linked in: radeon(+) ttm',
      'Pid: 126, comm: modprobe Not tainted 2.6.32-279.el6.i686 #1 Dell',
      'EIP: 0060:[<f8a3c1f5>] EFLAGS: 00010286 CPU: 0',
      'EIP is at radeon_agp_init+0x25/0x3e0 [radeon]',
      '---[ end trace 5d1f2ab0c3d4e5f6 ]---',
    ];
    expect(await reported(log(lines))).toEqual([
      'oops in radeon_agp_init of radeon by modprobe pid 126 on 2.6.32-279.el6.i686',
    ]);
  });

  test.each([
    ['dmesg -x', (line: string) => `kern  :alert : ${line}`],
    ['the caller after the stamp', (line: string) => `[   10.123456][  T214] ${line}`],
    ['journalctl -o short', (line: string) => `Nov 22 21:06:35 host kernel: ${line}`],
    ['rsyslog', (line: string) => `Nov 22 21:06:35 host kernel: [   10.123456] ${line}`],
    ['a console with CR LF', (line: string) => `[   10.123456] ${line}\r`],
    ['dmesg -T', (line: string) => `[Tue Jan 20 10:17:44 2026] ${line}`],
  ])('is the same with the prefix of %s', async (_what, prefix) => {
    expect(await reported(log(oops61, prefix))).toEqual([
      'oops in foo_probe of foo by systemd-udevd pid 214 on 6.1.0-35-amd64',
    ]);
  });

  test('without any stamps is the same', async () => {
    expect(await reported(oops61)).toEqual(['oops in foo_probe of foo by systemd-udevd pid 214 on 6.1.0-35-amd64']);
  });

  test('with lines of other writers in between is one report', async () => {
    const lines = oops61.flatMap((line, index) =>
      index % 3 === 2 ? [line, 'audit: type=1400 audit(1.1:2): apparmor="STATUS"'] : [line],
    );
    expect(await reported(log(lines))).toEqual(['oops in foo_probe of foo by systemd-udevd pid 214 on 6.1.0-35-amd64']);
  });
});

describe('an oops of which little is there', () => {
  test('is blamed on the helper where it stood, when no other function is named', async () => {
    const lines = ['BUG: unable to handle page fault for address: 00000000000032b8', 'Oops: 0002 [#1] SMP PTI'];
    expect(await reported(log([...lines, 'RIP: 0010:mutex_lock+0x19/0x30']))).toEqual([
      expect.stringContaining('oops in mutex_lock of ? by ? pid ?'),
    ]);
  });

  test('is that of the debugger of powerpc, which prints without stamps', async () => {
    const lines = [
      'cpu 0x2c: Vector: 300 (Data Access) at [c000001ff74d36d0]',
      '    pc: c00000000047d72c: acme_poll+0xd4/0x2b0',
      '    lr: c00000000047d8ac: acme_poll+0x254/0x2b0',
      '   msr: 9000000000009033',
    ];
    expect(await reported(lines)).toEqual([expect.stringContaining('oops in acme_poll of ? by ? pid ?')]);
  });
});

describe('kernel BUG', () => {
  const bug = [
    '------------[ cut here ]------------',
    'kernel BUG at mm/slub.c:4021!',
    'invalid opcode: 0000 [#1] PREEMPT SMP PTI',
    'CPU: 1 PID: 77 Comm: kswapd0 Not tainted 6.1.0-35-amd64 #1  Debian 6.1.137-1',
    'Hardware name: QEMU',
    'RIP: 0010:kfree+0x1c/0x90',
    'Call Trace:',
    ' <TASK>',
    ' shrink_slab+0x1/0x2',
    ' </TASK>',
    endTrace,
  ];

  test('and the trap that carries it are one report', async () => {
    // kfree only met what its caller gave it.
    expect(await reported(log(bug))).toEqual(['bug in shrink_slab of ? by kswapd0 pid 77 on 6.1.0-35-amd64']);
  });

  test('of an architecture without a trap for it explains the panic that it makes', async () => {
    const lines = ['BUG: failure at kernel/acme.c:135/acme_run()!', 'Kernel panic - not syncing: BUG!'];
    const {rootCauses, outcome} = await bootOf(log(lines), {rules});
    expect(rootCauses.map(({evidence}) => evidence[0]?.text)).toEqual([expect.stringContaining('BUG: failure at')]);
    expect(outcome).toBe('panic');
  });

  test('long after another report is one of its own', async () => {
    const early = [
      'BUG: Bad page map in process cc1  pte:00000420 pmd:6cfd3000',
      'Call Trace:',
      ' print_bad_pte+0x222/0x238',
    ];
    const late = [
      'kernel BUG at kernel/acme.c:142!',
      'Krnl PSW : 0704c00180000000 00000000001651aa (acme_put+0x22/0x68)',
    ];
    const lines = log([...early, ...late], (line, index) => at(index < early.length ? 10 : 2900, line));
    expect(await reported(lines)).toHaveLength(2);
  });

  test('on arm64 is one report', async () => {
    const lines = [
      '------------[ cut here ]------------',
      'kernel BUG at fs/ext4/inode.c:2700!',
      'Internal error: Oops - BUG: 00000000f2000800 [#1] SMP',
      ...arm64.slice(11),
    ];
    expect(await reported(log(lines))).toEqual(['bug in dwc3_probe of ? by swapper/0 pid 1 on 6.1.0']);
  });
});

describe('a warning', () => {
  const warning = [
    '------------[ cut here ]------------',
    'WARNING: CPU: 0 PID: 231 at drivers/gpu/drm/foo.c:88 foo_enable+0x1c/0x90 [foodrm]',
    'Modules linked in: foodrm',
    'CPU: 0 PID: 231 Comm: Xorg Not tainted 6.1.0-35-amd64 #1  Debian 6.1.137-1',
    'RIP: 0010:foo_enable+0x1c/0x90 [foodrm]',
    'Call Trace:',
    ' <TASK>',
    ' drm_atomic+0x1/0x2 [drm]',
    ' </TASK>',
    endTrace,
  ];
  const title = 'warning in foo_enable of foodrm by Xorg pid 231 on 6.1.0-35-amd64';

  test('names function, module and process', async () => {
    expect(await reported(log(warning))).toEqual([title]);
  });

  test('with a message of its own before it is the same', async () => {
    expect(await reported(log([warning[0] as string, 'foo: clock did not settle', ...warning.slice(1)]))).toEqual([
      title,
    ]);
  });

  test('before a fault is a report of its own', async () => {
    expect(await reported(log([...warning, ...oops61]))).toHaveLength(2);
  });
});

describe('other reports', () => {
  const after = Array.from({length: 12}, (_, index) => `usb 1-${index}: new high-speed USB device`);
  async function blames(_what: string, lines: readonly string[], title: string): Promise<void> {
    expect(await reported(log([...lines, ...after]))).toEqual([title]);
  }

  test.each([
    [
      'KASAN',
      [
        '==================================================================',
        'BUG: KASAN: slab-use-after-free in foo_read+0x1c/0x90 [foo]',
        'Read of size 4 at addr ffff8880a9eb8cbc by task syz-executor/612',
        '',
        'CPU: 1 PID: 612 Comm: syz-executor Not tainted 6.1.0 #1',
        'Call Trace:',
        ' <TASK>',
        ' dump_stack_lvl+0x56/0x6f',
        ' print_report+0x171/0x48a',
        ' kasan_report+0xad/0x130',
        ' foo_read+0x1c/0x90 [foo]',
        ' </TASK>',
        'Allocated by task 611:',
        '==================================================================',
      ],
      'kasan in foo_read of foo by syz-executor pid 612 on 6.1.0',
    ],
    [
      'UBSAN',
      [
        '------------[ cut here ]------------',
        'UBSAN: array-index-out-of-bounds in drivers/net/foo.c:12:3',
        "index 8 is out of range for type 'u32 [8]'",
        'CPU: 0 PID: 88 Comm: modprobe Not tainted 6.12.1 #1',
        'Call Trace:',
        ' <TASK>',
        ' dump_stack_lvl+0x56/0x6f',
        ' __ubsan_handle_out_of_bounds+0x95/0xd0',
        ' foo_setup+0x1c/0x90 [foo]',
        ' </TASK>',
        '---[ end trace ]---',
      ],
      'ubsan in foo_setup of foo by modprobe pid 88 on 6.12.1',
    ],
    [
      'soft lockup',
      [
        'watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [kworker/1:2:341]',
        'Modules linked in: foo',
        'CPU: 1 PID: 341 Comm: kworker/1:2 Not tainted 6.1.0 #1',
        'RIP: 0010:foo_poll+0x1c/0x90 [foo]',
        'Call Trace:',
        ' <TASK>',
        ' process_one_work+0x1/0x2',
        ' </TASK>',
      ],
      'soft-lockup in foo_poll of foo by kworker/1:2 pid 341 on 6.1.0',
    ],
    [
      'RCU stall',
      [
        'rcu: INFO: rcu_preempt self-detected stall on CPU',
        'rcu: \t1-....: (5250 ticks this GP) idle=1a2/1/0x4000000000000000 softirq=88/88 fqs=2625',
        '\t(t=5251 jiffies g=-1019 q=12 ncpus=4)',
        'CPU: 1 PID: 99 Comm: modprobe Not tainted 6.1.0 #1',
        'pc : foo_wait+0x1c/0x90 [foo]',
        'Call trace:',
        ' foo_wait+0x1c/0x90 [foo]',
      ],
      'rcu-stall in foo_wait of foo by modprobe pid 99 on 6.1.0',
    ],
    [
      'hung task',
      [
        'INFO: task udevd:5612 blocked for more than 120 seconds.',
        '      Not tainted 6.1.0 #1',
        '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.',
        'task:udevd           state:D stack:0     pid:5612  ppid:1      flags:0x00000002',
        'Call Trace:',
        ' <TASK>',
        ' __schedule+0x34d/0x9e0',
        ' schedule+0x5a/0xd0',
        ' io_schedule+0x42/0x70',
        ' nvme_wait_ready+0x1c/0x90 [nvme_core]',
        ' </TASK>',
      ],
      'hung-task in nvme_wait_ready of nvme_core by udevd pid 5612 on 6.1.0',
    ],
    [
      'lack of memory',
      [
        'index-warmup invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO), order=0, oom_score_adj=0',
        'CPU: 0 PID: 301 Comm: index-warmup Not tainted 6.1.0 #1',
        'Call Trace:',
        ' <TASK>',
        ' dump_stack_lvl+0x44/0x5c',
        ' dump_header+0x4a/0x211',
        ' oom_kill_process.cold+0xb/0x10',
        ' </TASK>',
        'Mem-Info:',
        'active_anon:23 inactive_anon:218232 isolated_anon:0',
        'Tasks state (memory values in pages):',
        '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name',
        '[    214]     0   214    10213      287   122880        0          -250 systemd-journal',
        'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/index-warmup.service,task=index-warmup,pid=301,uid=0',
        'Out of memory: Killed process 301 (index-warmup) total-vm:1048576kB',
      ],
      'oom in ? of ? by index-warmup pid 301 on 6.1.0',
    ],
    [
      'sleeping where it must not',
      [
        'BUG: scheduling while atomic: swapper/0/1/0x00000002',
        'Modules linked in:',
        'CPU: 0 PID: 1 Comm: swapper/0 Not tainted 6.1.0 #1',
        'Call Trace:',
        ' <TASK>',
        ' dump_stack_lvl+0x44/0x5c',
        ' __schedule_bug.cold+0x47/0x53',
        ' foo_reset+0x1c/0x90',
        ' </TASK>',
      ],
      'atomic in foo_reset of ? by swapper/0 pid 1 on 6.1.0',
    ],
    [
      'no pages',
      [
        'modprobe: page allocation failure: order:10, mode:0xcc0(GFP_KERNEL), nodemask=(null)',
        'CPU: 0 PID: 88 Comm: modprobe Not tainted 6.1.0 #1',
        'Call Trace:',
        ' <TASK>',
        ' dump_stack_lvl+0x44/0x5c',
        ' warn_alloc+0x138/0x160',
        ' __alloc_pages_slowpath.constprop.0+0xd3e/0xd90',
        ' foo_alloc_ring+0x1c/0x90 [foo]',
        ' </TASK>',
        'Mem-Info:',
      ],
      'allocation-failure in foo_alloc_ring of foo by modprobe pid 88 on 6.1.0',
    ],
  ])('%s: the culprit is never the reporter', blames);

  test.each([
    [
      'list corruption',
      [
        'list_del corruption. prev->next should be ffff888100a1b2c0, but was dead000000000122. (prev=ffff888100a1b300)',
        'kernel BUG at lib/list_debug.c:59!',
        'invalid opcode: 0000 [#1] PREEMPT SMP',
        'CPU: 1 PID: 12 Comm: kworker/1:0 Not tainted 6.1.0 #1',
        'RIP: 0010:__list_del_entry_valid.cold+0xf/0x6f',
        'Call Trace:',
        ' <TASK>',
        ' foo_remove+0x1c/0x90 [foo]',
        ' </TASK>',
        endTrace,
      ],
      'list-corruption in foo_remove of foo by kworker/1:0 pid 12 on 6.1.0',
    ],
  ])('%s: the culprit is never the reporter', blames);

  test.each([
    [
      'KASan of 4.4',
      [
        'BUG: KASan: use after free in foo_free+0x2c9/0x340 [foo] at addr ffff880d59947040',
        'Read of size 8 by task ksoftirqd/2/15',
        '=============================================================================',
      ],
      `kasan in foo_free of foo by ksoftirqd/2 pid 15 on ${release}`,
    ],
    [
      'a check of copies',
      [
        "usercopy: Kernel memory exposure attempt detected from SLUB object 'foo' (offset 0, size 32)!",
        '------------[ cut here ]------------',
        'kernel BUG at mm/usercopy.c:102!',
        'invalid opcode: 0000 [#1] PREEMPT SMP NOPTI',
        'CPU: 1 PID: 214 Comm: food Not tainted 6.1.0 #1',
        'RIP: 0010:usercopy_abort+0x68/0x80',
        'Call Trace:',
        ' __check_heap_object+0xe5/0x110',
        ' foo_ioctl+0x1c/0x90 [foo]',
        endTrace,
      ],
      'bug in foo_ioctl of foo by food pid 214 on 6.1.0',
    ],
    [
      'a fault of FRED',
      [
        'BUG: invalid or fatal FRED event; event type 4 vector 2 error 0x0 aux 0x0 at 0010:ffffffffc0a27f26',
        'Oops: Invalid or fatal FRED event: 0000 [#1] SMP NOPTI',
        'CPU: 3 UID: 1000 PID: 211 Comm: food Tainted: G           OE      6.18.0 #1 PREEMPT(full) ',
        'RIP: 0010:foo_enter+0x26/0x90 [foo]',
        endTrace,
      ],
      'oops in foo_enter of foo by food pid 211 on 6.18.0',
    ],
    [
      'a fault before the console',
      [
        'PANIC: early exception 0x0e IP 10:ffffffff81e0b2c0 error 0 cr2 0xffffffffff200000',
        'CPU: 0 PID: 0 Comm: swapper Not tainted 5.10.0 #1',
        'RIP: 0010:foo_setup+0x26/0x90',
      ],
      'oops in foo_setup of ? by swapper pid 0 on 5.10.0',
    ],
    [
      'a soft lockup of 2.6.18',
      [
        'BUG: soft lockup detected on CPU#0!',
        ' [<c04051db>] dump_trace+0x69/0x1af',
        ' [<c044f4f1>] softlockup_tick+0x98/0xa6',
        ' [<f8a3c2d1>] foo_poll+0x31/0x90 [foo]',
      ],
      `soft-lockup in foo_poll of foo by ? pid ? on ${release}`,
    ],
    [
      'a hard lockup of 2.6.18',
      [
        'NMI Watchdog detected LOCKUP on CPU0, eip f8a3c2d1, registers:',
        'EIP is at foo_poll+0x31/0x90 [foo]',
        'Process food (pid: 211, ti=f7000000 task=f7000000 task.ti=f7000000)',
      ],
      `hard-lockup in foo_poll of foo by food pid 211 on ${release}`,
    ],
    [
      'a soft lockup of 2.6.17 on x86_64',
      [
        'BUG: soft lockup detected on CPU#0!',
        '',
        'Call Trace: <IRQ> <ffffffff802b2fb5>{softlockup_tick+219}',
        '       <ffffffff8029708e>{update_process_times+66} <ffffffff8027aa95>{smp_apic_timer_interrupt+65}',
        '       <ffffffff80263acb>{apic_timer_interrupt+135} <EOI>',
        '       <ffffffff880c3161>{:foo:foo_poll+193} <ffffffff8020a7ab>{release_pages+111}',
      ],
      `soft-lockup in foo_poll of foo by ? pid ? on ${release}`,
    ],
    [
      'a fault of 2.6.12 on x86_64',
      [
        'Unable to handle kernel NULL pointer dereference at 0000000000000008 RIP: ',
        '<ffffffff88045f30>{:foo:foo_isr+384}',
        'PGD 0 ',
        'Oops: 0000 [1] SMP ',
        'CPU 1 ',
        'Pid: 211, comm: food Not tainted 2.6.12',
        'RIP: 0010:[<ffffffff88045f30>] <ffffffff88045f30>{:foo:foo_isr+384}',
        'Process food (pid: 211, threadinfo ffff81003afc2000, task ffff81003eb63780)',
        'Call Trace:<ffffffff8016135c>{handle_IRQ_event+44} <ffffffff8016148d>{__do_IRQ+253}',
      ],
      'oops in foo_isr of foo by food pid 211 on 2.6.12',
    ],
    [
      'a warning of 2.6.16',
      [
        'Badness in foo_poll at drivers/net/foo.c:140',
        ' [<c0104e0d>] show_trace+0xd/0x10',
        ' [<f8a3c2d1>] foo_poll+0x31/0x90 [foo]',
      ],
      `warning in foo_poll of foo by ? pid ? on ${release}`,
    ],
    [
      'a trap without words of its own',
      [
        'int3: 0000 [#1] PREEMPT SMP NOPTI',
        'CPU: 1 PID: 214 Comm: food Not tainted 6.1.0 #1',
        'RIP: 0010:foo_ioctl+0x1c/0x90 [foo]',
        endTrace,
      ],
      'oops in foo_ioctl of foo by food pid 214 on 6.1.0',
    ],
  ])('%s', blames);

  test.each([
    'INFO: lockdep is turned off.',
    'INFO: NMI handler (perf_event_nmi_handler) took too long to run: 1.2 msecs',
    'perf: interrupt took too long (2501 > 2500), lowering kernel.perf_event_max_sample_rate to 79000',
    'RETBleed: WARNING: Spectre v2 mitigation leaves CPU vulnerable to RETBleed attacks, data leaks possible!',
    'traps: app[311] general protection fault ip:7f12 sp:7ffc error:0 in libc.so.6',
    'MDS CPU bug present and SMT on, data leak possible.',
    'ACPI BIOS Error (bug): Could not resolve symbol',
    'NMI watchdog: Enabled. Permanently consumes one hw-PMU counter.',
    'EXT4-fs (vda1): INFO: recovery required on readonly filesystem',
    'CET detected: Indirect Branch Tracking enabled',
    'food: error 17: 0000 [#12] of the list',
  ])('“%s” begins no report', async line => {
    expect((await bootOf(log([line]), {rules})).rootCauses).toEqual([]);
  });
});

describe('a report that is cut off', () => {
  test('by the end of the capture is less certain', async () => {
    const {confidence, explanation} = await first(log(oops61.slice(0, 10)));
    expect(confidence).toBe('likely');
    expect(explanation).toContain('The log ends inside this report');
  });

  test('is not one that ended before the capture did', async () => {
    expect((await first(log(oops61))).explanation).not.toContain('The log ends');
  });

  test('is a lone title too, but not a stall with its trace, which has no end mark', async () => {
    const stall = [
      'watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [kworker/1:2:341]',
      'Call Trace:',
      ' foo+0x1/0x20',
    ];
    expect((await first(log(stall.slice(0, 1)))).explanation).toContain('The log ends inside this report');
    expect((await first(log(stall))).explanation).not.toContain('The log ends');
  });

  test('by the panic that follows is whole enough', async () => {
    const cause = await first(log([...oops61, 'Kernel panic - not syncing: Fatal exception']));
    expect(cause.confidence).toBe('certain');
  });

  test('before its culprit names none', async () => {
    expect(await reported(log(oops61.slice(0, 5)))).toEqual([`oops in ? of ? by ? pid ? on ${release}`]);
  });

  test('does not swallow what comes after it', async () => {
    const boot = await bootOf(
      log([
        ...oops61.slice(0, 8),
        ...Array.from({length: 60}, (_, index) => `usb 1-${index}: new high-speed USB device`),
        'Kernel panic - not syncing: hung_task: blocked tasks',
      ]),
      {rules},
    );
    expect(boot.outcome).toBe('panic');
    expect(boot.rootCauses.map(({title}) => title)).toEqual([
      'oops in foo_probe of foo by systemd-udevd pid 214 on 6.1.0-35-amd64',
    ]);
  });
});

describe('several reports', () => {
  const second = oops612.map(line => line.replace('[#1]', '[#2]').replace('foo_work', 'other_work'));

  test('the first that damages the kernel explains the later ones', async () => {
    const cause = await first(log([...oops61, ...second]));
    expect(cause.title).toContain('foo_probe');
    expect(cause.effects.map(({title}) => title)).toEqual([expect.stringContaining('other_work')]);
    expect((await bootOf(log([...oops61, ...second]), {rules})).rootCauses).toHaveLength(1);
  });

  test('the first explains the panic at the end', async () => {
    const boot = await bootOf(
      log([
        ...oops61,
        ...second,
        'Kernel panic - not syncing: Fatal exception in interrupt',
        '---[ end Kernel panic - not syncing: Fatal exception in interrupt ]---',
      ]),
      {rules},
    );
    expect(boot.outcome).toBe('panic');
    expect(boot.rootCauses.map(({title}) => title)).toEqual([expect.stringContaining('foo_probe')]);
    expect(boot.rootCauses[0]?.effects.map(({title}) => title)).toContain('Kernel panic');
  });

  test('a stall explains the stalls after it', async () => {
    const quiet = Array.from({length: 12}, (_, index) => `usb 1-${index}: new high-speed USB device`);
    const stall = (cpu: number): string[] => [
      `watchdog: BUG: soft lockup - CPU#${cpu} stuck for 22s! [modprobe:${cpu + 80}]`,
      `CPU: ${cpu} PID: ${cpu + 80} Comm: modprobe Not tainted 6.1.0 #1`,
      `RIP: 0010:foo_poll${cpu}+0x1c/0x90`,
      'Call Trace:',
      ' <TASK>',
      ' </TASK>',
      ...quiet,
    ];
    const boot = await bootOf(log([...stall(1), ...stall(2), ...stall(3)]), {rules});
    expect(boot.rootCauses.map(({title, effects}) => [title, effects.length])).toEqual([
      [expect.stringContaining('foo_poll1'), 2],
    ]);
    expect(boot.outcome).toBe('hang');
  });

  test('a warning of the same task right before a fault explains it, and leads', async () => {
    const warning = (pid: number): string[] => [
      `WARNING: CPU: 1 PID: ${pid} at lib/foo.c:28 foo_check+0x1c/0x90`,
      `CPU: 1 PID: ${pid} Comm: systemd-udevd Not tainted 6.1.0-35-amd64 #1  Debian 6.1.137-1`,
      endTrace,
    ];
    const follows = async (pid: number): Promise<string[]> =>
      (await first(log([...warning(pid), ...oops61]))).effects.map(({title}) => title);
    expect(await follows(214)).toEqual([expect.stringContaining('foo_probe')]);
    expect(await follows(99)).toEqual([]);
  });

  test('a warning long before a panic is not blamed for it', async () => {
    const warning = [
      'WARNING: CPU: 0 PID: 1 at drivers/foo.c:88 foo_enable+0x1c/0x90',
      'CPU: 0 PID: 1 Comm: swapper/0 Not tainted 6.1.0 #1',
      endTrace,
    ];
    const quiet = Array.from({length: 600}, (_, index) => `usb 1-${index}: new high-speed USB device`);
    const boot = await bootOf(
      log([...warning, ...quiet, 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)']),
      {rules},
    );
    expect(boot.rootCauses[0]?.title).toBe('A panic');
  });
});

describe('reports that are mixed', () => {
  /** One line of each in turn, as two processors print them. */
  function mixed(...writers: readonly [caller: string, lines: readonly string[]][]): string[] {
    const longest = Math.max(...writers.map(([, lines]) => lines.length));
    return Array.from({length: longest}, (_, index) =>
      writers.flatMap(([caller, lines]) => {
        const line = lines[index];
        return line === undefined ? [] : [`[   10.${String(index).padStart(6, '0')}][${caller.padStart(6)}] ${line}`];
      }),
    ).flat();
  }
  const asTheyAre = (line: string): string => line;
  const other = oops612.map(line => line.replaceAll('foo', 'baz'));

  test('are told apart where each line says who wrote it', async () => {
    const lines = mixed(['T214', oops61.slice(0, -1)], ['C1', other]);
    expect((await reported(log(lines, asTheyAre))).sort()).toEqual([
      'oops in baz_work of baz by kworker/0:1 pid 253 on 6.12.107+deb13-amd64',
      'oops in foo_probe of foo by systemd-udevd pid 214 on 6.1.0-35-amd64',
    ]);
  });

  test('are not cut short by what others write', async () => {
    const chatter = Array.from({length: oops61.length}, (_, index) => `usb 1-${index}: reset high-speed USB device`);
    const lines = mixed(['T214', oops61.slice(0, -1)], ['T9', chatter], ['C0', chatter]);
    expect(await reported(log(lines, asTheyAre))).toEqual([
      'oops in foo_probe of foo by systemd-udevd pid 214 on 6.1.0-35-amd64',
    ]);
  });

  test('hold what a processor says that was asked where it is', async () => {
    const stall = [
      ['    C0', 'rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:'],
      ['    C0', 'rcu: \t1-...!: (1 GPs behind) idle=0a1c/1/0x4000000000000000 softirq=1/2 fqs=0'],
      ['    C0', 'Sending NMI from CPU 0 to CPUs 1:'],
      ['    C1', 'NMI backtrace for cpu 1'],
      ['    T7', 'usb 1-1: reset high-speed USB device'],
      ['    C1', 'CPU: 1 PID: 77 Comm: spinner Not tainted 6.12.1 #1'],
      ['    C1', 'RIP: 0010:spin_for_ever+0x1c/0x90 [foo]'],
      ['    C1', 'Call Trace:'],
      ['    C1', ' <TASK>'],
    ].map(([caller, line], index) => `[   10.00000${index}][${caller}] ${line}`);
    expect(await reported(log(stall, asTheyAre))).toEqual([
      'rcu-stall in spin_for_ever of foo by spinner pid 77 on 6.12.1',
    ]);
  });
});

describe('stacks of processors that are well', () => {
  const stacks = [
    '[ 1234.500100] NMI backtrace for cpu 1',
    '[ 1234.500200] CPU: 1 PID: 0 Comm: swapper/1 Not tainted 6.1.0 #1',
    '[ 1234.500400] RIP: 0010:native_safe_halt+0xe/0x10',
    '[ 1234.500600] RSP: 0018:ffffc90000097ed8 EFLAGS: 00000246',
    '[ 1234.500800] Call Trace:',
    '[ 1234.500900]  default_idle+0xa/0x10',
  ];

  test('are no crash, and without what they were printed for the rest of a report', async () => {
    expect(await bootOf(stacks)).toMatchObject({rootCauses: [], notices: [{rule: 'kernel/cpu-stacks-without-reason'}]});
  });

  test('say nothing where somebody asked for them', async () => {
    const asked = ['[ 1234.500000] sysrq: Show backtrace of all active CPUs', ...stacks];
    expect(await bootOf(asked)).toMatchObject({rootCauses: [], notices: []});
  });
});
