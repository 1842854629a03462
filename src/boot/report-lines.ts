import type {ReportKind} from '../model/kernel-report.js';

/** What belongs to a kernel report, and what ends it. Shapes as the kernel's sources print them, by architecture. */

/** Registers, `RAX: 0000…`, `x29: ffff… x28: …`, ` a0 : …`, `$ 0   : …`, `GPR04: …`, with more of them or an address behind. */
const register = /^\s*(?:[A-Za-z][A-Za-z0-9]{1,5}|\$ ?\d{1,2})\s*: ?\s*(?:\[<)?[0-9a-fA-F]{4,16}(?:>\])?(?:\s|$)/;
const begins =
  /^\s*(?:RIP|EIP|RSP|ESP|CS|FS|GS|DR\d|CR\d|EFLAGS|PKRU|PGD|Code|Call [Tt]race|Stack|Modules linked|Hardware name|CPU|Workqueue|Stopper|Process|Backtrace|Exception stack|Flags: |Control: |Register r\d|[0-9a-f]{4}: [0-9a-f ]{8}|\[pid:|Internal error|PC is at|LR is at|pc|sp|lr|epc|ra|status|pstate|psr|unwind|Kernel Offset|Memory Limit|PHYS_OFFSET|CPU features|Mem abort|Data abort|ISV|ESR|EC|SET|EA|FSC|CM|user pgtable|swapper pgtable|[gp]gd|\*p[gdmt]|Krnl|Failing address|Fault in|AS:|R:\d|Last Breaking|Control|NIP|LR|REGS|MSR|CFAR|DAR|GPR\d|CTR|XER|IRQMASK|Instruction dump|Faulting instruction|[LB]E PAGE_SIZE|Hi|Lo|Status|Cause|BadVA|PrId|Index|pc [0-9a-f]|ra [0-9a-f]|ERA|CRMD|PRMD|EUEN|ECFG|ESTAT|BADV|PRID|TSTATE|TPC|PSW: |IASQ|IAOQ|IIR: |ORIG_R28|RP\(r2\)|s?r\d\d-\d\d|Caller\[|I7:|<\/?[A-Z#_]+>|\?|\(?\[<|<[0-9a-f]{16}>\{|---\[|={20}|-{20}|\}|\{|note:|\[[0-9a-f]{8,16}\]|\.?[A-Za-z_][\w.]*\+0x|task:|"echo|Not tainted|Tainted|Kdump|Showing|Sending NMI|NMI backtrace|rcu:|\d+-|\(t=|\(detected|Read of|Write of|Read at|Write at|Allocated|Freed|The buggy|which belongs|located|Memory state|>|ffff|page:|page dumped|flags:|raw:|head:|in_atomic|preempt_count|RCU nest|irq event|hardirqs|softirqs|(?:\d+|no) locks? held|lock:|caller is|but |other info|the existing|which lock|stack backtrace|lock\(|\*\*\*|Possible unsafe|Chain exists|\w+\/\d+ is trying|is trying|already|#\d+:|INFO: (?:Slab|Object|Allocated|Freed)|Redzone|Object|Padding|Slab|Reported by|value changed|race at|write to|read to|Uninit|Bytes|Memory access|Local variable|index |shift exponent|load of|signed integer|division by|member access|left shift|negation|Node \d|Normal|DMA|Free swap|Total swap|\d+ pages|active_anon|Mem-Info|Tasks state|oom-kill|Out of memory|KASAN: |\d+ total pagecache|addr:|vma|file:|entry_|Krnl|PID:|traps:|Kernel panic|SMP: )/;

/** Whether a line has the shape of a report's body. */
export function isBody(message: string, isKernel: boolean): boolean {
  return begins.test(message) || register.test(message) || (isKernel && /^\s/.test(message));
}

const endOfTrace = /---\[ end trace/;
const frameOfEquals = /^\s*={60,}\s*$/;
const framed: ReadonlySet<ReportKind> = new Set(['kasan', 'kfence', 'kcsan', 'kmsan', 'ubsan']);

/** Whether a line after the first ends a report for sure. */
export function isEnd(message: string, kind: ReportKind): boolean {
  return endOfTrace.test(message) || (framed.has(kind) && frameOfEquals.test(message));
}

/** Reports whose last line the kernel marks: without it they are cut off. */
const marked: ReadonlySet<ReportKind> = new Set(['oops', 'bug', 'warning', ...framed]);

export function hasEndMark(kind: ReportKind): boolean {
  return marked.has(kind);
}
