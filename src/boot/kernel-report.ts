import type {Entry} from '../model/entry.js';
import type {KernelReport, ReportKind} from '../model/kernel-report.js';
import type {Evidence} from '../model/report.js';
import type {Title} from './report-titles.js';

/**
 * Delimits the kernel's reports. Their shapes by architecture and release are those of the kernel's sources: kernel/panic.c,
 * lib/bug.c, arch/*​/kernel/{traps,dumpstack,process}.c, mm/kasan/report.c, kernel/rcu/tree_stall.h, kernel/hung_task.c,
 * mm/oom_kill.c, kernel/watchdog.c.
 */
export interface ReportReader {
  /** True while a report is open and the next lines may belong to it. */
  readonly isOpen: boolean;
  /** `title`: of the report that the entry names. */
  read(entry: Entry, title: Title | null): void;
  /** Ends an open report; the capture ends here. */
  end(): void;
}

const instruction = /\b(?:RIP|EIP|IP|pc|PC|NIP|epc|PSW)\b/;
const instructionAt =
  /(?:RIP|EIP|IP|epc) ?:? ?(?:[0-9a-f]{4}:)?(?:\[<[0-9a-fA-F]+>\] ?)*(?:\{[^}]*\} )?([A-Za-z_.][\w.$]*)\+0x|(?:EIP|PC) is at ([\w.]+)|pc : (?:\[<[0-9a-f]+>\] )?([A-Za-z_.][\w.]*)\+|NIP \[[0-9a-f]+\] \.?([\w.]+)\+/;
const moduleAt = /\+0x[0-9a-f]+\/0x[0-9a-f]+ \[(\w+)/;
const frame =
  /^(?:\s*\?? *|.*?\] \.?)(?:\[<[0-9a-fA-F]+>\] )?(?:\([A-Z]\) )?\??\s*\.?([A-Za-z_][\w.]*)\+0x[0-9a-f]+\/0x[0-9a-f]+(?: \[(\w+))?/;
const comm = /\bPID: (\d+)\b.*?\bComm: (.+?) (?:Kdump: |Not tainted|Tainted:|G +[A-Z]|[G P]\w* )/;
const oldComm = /^(?:Pid: (\d+), comm: (\S+)|Process (\S+) \(pid: (\d+))/;
const release = /(?:Not tainted|Tainted: [A-Z ]+?) (?:\()?(\d+\.\d+\S*)/;
const endTrace = /---\[ end trace|^\s*EH complete/;
/** Frames of the machinery that reports, schedules or waits: in every trace, never the culprit. */
const helper =
  /^(?:__list_(?:add|del)|dump_stack|show_|__warn|warn_|report_bug|handle_bug|exc_|asm_|do_error_trap|do_trap|invalid_op|kasan_|__kasan|print_|kfence|kcsan|__ubsan|ubsan_|handle_overflow|val_to_string|panic|__schedule|schedule|io_schedule|schedule_timeout|wait_for|__wait|__mutex_lock|mutex_lock|rwsem_|down_|__down|context_switch|watchdog|check_hung|rcu_|nmi_|trigger_|__asan|__fortify|fortify_panic|slab_err|check_bytes|check_object|object_err|init_object|dump_backtrace|out_of_memory|oom_kill|dump_header|warn_alloc|__alloc_pages|alloc_pages|page_fault|__do_page_fault|do_page_fault|bad_area|no_context|oops_end|die|__die|spin_dump|spin_bug|stack_trace|check_preemption|__might_sleep|___might_sleep|bad_page|ret_from_fork|kthread|entry_|do_syscall|_raw_spin|el0?|el1|vector_|notifier_call|apic_timer|irq_|__irq|handle_irq|common_interrupt|smp_|sysvec|__sysvec|lockdep|print_circular|check_prev|__lock_acquire|lock_acquire|unwind_|__save_stack|arch_stack_walk|save_stack|hrtimer_|__hrtimer|tick_|update_process_times|local_apic|timer_)/;
const body =
  /^\s*(?:[A-Z][A-Z0-9]{1,7}: |(?:RAX|RSP|RBP|RIP|CS|DR\d|CR\d|x\d+|r\d+|sp|lr|pc|pstate|sp|gp|ra|epc|status|PGD|Code|Call|Stack|Modules|Hardware|CPU|Workqueue|PKRU|EFLAGS|Process|Backtrace|<\/?[A-Z#]+>|\?|\[<|---|={20}|-{20}|\}|\{|note:|Mem|ISV|ESR|EC|SET|FSC|CM|user pgtable|swapper pgtable|\[[0-9a-f]{8,16}\]|[a-z_]\w*\+0x|[\w.]+\+0x|task:|"echo|Showing|Not tainted|Tainted|Sending|NMI|rcu:|\d+-|\(|Read of|Write of|Allocated|Freed|The buggy|which belongs|Memory state|>|ffff|page:|flags:|raw:)|Node \d|Normal|DMA|Free swap|Total swap|\d+ pages|active_anon|Tasks state|oom-kill|Out of memory|in lib|shift|index|load|runtime|member)/;
/** Lines of another kind that may stand in a report before it is taken to be over. */
const patience = 6;
const longestReport = 400;
/** What comes later in it, memory by zone and the table of tasks, names no culprit; the kill has its own lines. */
const longestOom = 20;

export function createReportReader(
  evidenceOf: (entry: Entry) => Evidence,
  done: (report: KernelReport) => void,
): ReportReader {
  let open: Open | null = null;

  function close(truncated: boolean): void {
    if (open === null) return;
    const {foreign: _foreign, lines: _lines, seenFrames: _seen, sawEnd, ...report} = open;
    open = null;
    done({...report, truncated: truncated && !sawEnd});
  }

  return {
    get isOpen() {
      return open !== null;
    },
    read(entry, title) {
      if (
        title !== null &&
        !(
          open !== null &&
          (title.continues === true || title.kind === open.kind) &&
          !open.sawEnd &&
          open.foreign < 3 &&
          belongsTo(open, title)
        )
      ) {
        close(false);
        open = begin(title.kind, entry, evidenceOf);
        return;
      }
      if (open === null) return;
      open.lines++;
      const isBody = title !== null || readBody(open, entry, evidenceOf);
      open.foreign = isBody ? 0 : open.foreign + 1;
      if (isBody) open.lastLine = entry.line;
      if (endTrace.test(entry.message)) {
        open.sawEnd = true;
        close(false);
      } else if (open.foreign > patience || open.lines > (open.kind === 'oom' ? longestOom : longestReport))
        close(false);
    },
    end: () => close(true),
  };
}

interface Open extends Omit<KernelReport, 'truncated'> {
  function: string | null;
  module: string | null;
  process: string | null;
  pid: string | null;
  kernel: string | null;
  lastLine: number;
  readonly evidence: Evidence[];
  foreign: number;
  lines: number;
  seenFrames: number;
  sawEnd: boolean;
}

/** A warning inside an open oops is a report of its own; an oops after `kernel BUG at` is not. */
function belongsTo(open: Open, title: Title): boolean {
  if (title.kind === 'warning') return open.kind === 'warning' && open.function === null && open.lines < 4;
  return open.lines < 60;
}

const warningAt = /WARNING: .*? at \S+:\d+ ([\w.]+)\+/;
const lockedUp = /stuck for \d+s! \[(.+?):(\d+)\]/;
const blockedTask = /INFO: task (.+?):(\d+) blocked/;
const oomInvoker = /^(.+?) invoked oom-killer/;
const inFunction = /BUG: K\w+: \S.*? in ([A-Za-z_][\w.]*)/;

function begin(kind: ReportKind, entry: Entry, evidenceOf: (entry: Entry) => Evidence): Open {
  const title = entry.message.trim();
  const task = lockedUp.exec(title) ?? blockedTask.exec(title);
  const report: Open = {
    kind,
    title,
    function: warningAt.exec(title)?.[1] ?? inFunction.exec(title)?.[1] ?? null,
    module: moduleAt.exec(title)?.[1] ?? null,
    process: task?.[1] ?? oomInvoker.exec(title)?.[1] ?? null,
    pid: task?.[2] ?? null,
    kernel: null,
    evidence: [evidenceOf(entry)],
    firstLine: entry.line,
    lastLine: entry.line,
    timeUs: entry.timeUs,
    foreign: 0,
    lines: 0,
    seenFrames: 0,
    sawEnd: false,
  };
  readTask(report, title);
  return report;
}

function readBody(report: Open, entry: Entry, evidenceOf: (entry: Entry) => Evidence): boolean {
  const {message} = entry;
  let tells = false;
  if (report.function === null || report.kind === 'oops' || report.kind === 'bug')
    tells = readInstruction(report, message);
  if (readTask(report, message)) tells = true;
  if (report.function === null && report.seenFrames < 25) {
    const match = frame.exec(message);
    if (match !== null) {
      report.seenFrames++;
      if (!helper.test(match[1] as string)) {
        report.function = match[1] as string;
        report.module ??= match[2] ?? null;
      }
    }
  }
  if (/Oops|Internal error|invalid opcode|exitcode|Killed process|oom-kill:|NX-protected|stack pointer/.test(message))
    tells = true;
  if (tells && report.evidence.length < 6) report.evidence.push(evidenceOf(entry));
  return tells || body.test(message) || (entry.kernel && /^\s/.test(message));
}

/** The faulting instruction decides for traps; for other reports it is where the reporter stood. */
function readInstruction(report: Open, message: string): boolean {
  if (!instruction.test(message)) return false;
  const match = instructionAt.exec(message);
  const name = match?.slice(1).find(part => part !== undefined);
  if (name === undefined || name === null) return false;
  if (report.function !== null) return false;
  if (helper.test(name)) return true;
  report.function = name;
  report.module ??= moduleAt.exec(message)?.[1] ?? null;
  return true;
}

function readTask(report: Open, message: string): boolean {
  const task = comm.exec(message);
  const old = task === null ? oldComm.exec(message) : null;
  if (task === null && old === null) return false;
  report.pid ??= task?.[1] ?? old?.[1] ?? old?.[4] ?? null;
  report.process ??= task?.[2] ?? old?.[2] ?? old?.[3] ?? null;
  report.kernel ??= release.exec(message)?.[1] ?? null;
  return true;
}
