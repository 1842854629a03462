import type {ReportKind} from '../model/kernel-report.js';

/** A function that a line of a kernel report names, and how sure it is that it was on the stack. */
export interface Frame {
  readonly name: string;
  readonly module: string | null;
  /** False where the unwinder only found the address lying on the stack (`? name`, `(unreliable)`). */
  readonly isReliable: boolean;
}

/** `name+0x1c/0x90 [module]`; `:module:name+0x1c` before 2.6.20; `name (fs/file.c:12 ...) module` of scripts/decode_stacktrace.sh. */
const symbol =
  '(?::(?<oldModule>\\w+):)?\\.?(?<name>[A-Za-z_$][\\w.$]*)(?:\\+0x[0-9a-f]+(?:/0x[0-9a-f]+)?|(?= \\((?:[\\w./+-]+:\\d+|\\?\\?:)))(?:[^[\\]]{0,300}\\[(?<module>[\\w-]+)|[^)]{0,200}\\) (?<decoded>[\\w-]+)$)?';
const symbolAt = new RegExp(symbol);
/** What each architecture calls the address of the instruction: arch/*​/kernel/{process,traps,dumpstack}.c. */
const instruction =
  /^\s*(?:RIP|EIP|IP|pc|PC|epc|ERA|era|NIP|nip|TPC|Krnl PSW|IAOQ\[0\])(?: *:| is at|\s+\[|: *\[)|\b(?:EIP|PC|pc) is at |hard LOCKUP @ /;
/** In front of a frame's name: addresses in brackets, which 4.15 did not show to everybody, `? `, arm64's `(P)`, s390's parenthesis, the task as some vendors' kernels add it. */
const frameStart =
  /^(?:\[pid:\d+[^\]]{0,60}\] *|.{0,40}\bCall [Tt]race: ?|\s*)\(?(?:\[<?(?:[0-9a-fA-Fx]+| {0,16}\(ptrval\))>?\] ?)*(?<doubt>\? ?)?(?:\([A-Z]+\) )?/;
/** x86_64 to 2.6.17, several in a line: `<ffffffff8036d739>{schedule+2729}`, `<ffffffff880c3161>{:sr_mod:sr_block_open+193}`. */
const braced = /<[0-9a-f]{16}>\{(?::(?<module>\w{1,64}):)?(?<name>[A-Za-z_][\w.]{0,127})\+\d{1,7}\}/g;
/** arm: the callee first, `[<c010f3a4>] (callee) from [<c010b6e8>] (caller+0x10/0x14)`, since 5.18 ` callee from caller+0x10/0x14`. */
const calledFrom =
  /^\s*(?:\[<[0-9a-f]+>\] )?\(?(?<callee>[A-Za-z_][\w.]*)(?:\+0x[0-9a-f]+\/0x[0-9a-f]+)?(?: \[(?<calleeModule>[\w-]+)\])?\)? from (?:\[<[0-9a-f]+>\] )?\(?(?<caller>[A-Za-z_][\w.]*)\+0x[0-9a-f]+(?:\/0x[0-9a-f]+)?(?: \[(?<callerModule>[\w-]+)\])?/;
/** Where gcc and clang put a part of a function. */
const compilerSuffix = /(?:\.(?:part|isra|constprop|cold|llvm)(?:\.\d+)*)+$/;

function plain(name: string): string {
  return name.replace(compilerSuffix, '');
}

function frameOf({groups}: RegExpExecArray, isReliable: boolean): Frame {
  return {
    name: plain(groups?.['name'] as string),
    module: groups?.['module'] ?? groups?.['oldModule'] ?? groups?.['decoded'] ?? null,
    isReliable,
  };
}

/** The function that is named first in a text; null when none is. */
export function readSymbol(text: string): Frame | null {
  const match = symbolAt.exec(text);
  return match === null ? null : frameOf(match, true);
}

/** The function at the fault's address, where the line gives that. */
export function readInstruction(message: string): Frame | null {
  const label = instruction.exec(message);
  if (label === null) return null;
  return readBraced(message)[0] ?? readSymbol(message.slice(label.index + label[0].length - 1));
}

function readBraced(message: string): readonly Frame[] {
  if (!message.includes('>{')) return [];
  return [...message.matchAll(braced)].map(({groups}) => ({
    name: plain(groups?.['name'] as string),
    module: groups?.['module'] ?? null,
    isReliable: true,
  }));
}

/** The functions of a stack's line, the inner one first. */
export function readFrames(message: string): readonly Frame[] {
  const arm = calledFrom.exec(message)?.groups;
  if (arm !== undefined)
    return ['callee', 'caller'].map(who => ({
      name: plain(arm[who] as string),
      module: arm[`${who}Module`] ?? null,
      isReliable: true,
    }));
  const old = readBraced(message);
  if (old.length > 0) return old;
  const start = frameStart.exec(message);
  if (start === null) return [];
  const rest = message.slice(start[0].length);
  const match = symbolAt.exec(rest);
  if (match === null || match.index !== 0) return [];
  return [frameOf(match, start.groups?.['doubt'] === undefined && !message.includes('(unreliable)'))];
}

function names(...patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join('|')})$`);
}

/** Who writes the report, or catches the trap that leads to it. */
const reporters = names(
  '(?:__)?dump_stack\\w*|show_(?:stack|regs|trace|registers)\\w*|__show_regs|dump_(?:backtrace|trace)|unwind_\\w+|(?:arch_)?(?:__)?(?:save_stack|stack_trace)\\w*|arch_stack_walk\\w*|walk_stackframe',
  '_*warn(?:_slowpath\\w*|_printk|_alloc)?|report_bug|handle_bug|is_valid_bugaddr|(?:v|nmi_)?panic|check_panic_on_warn|print_(?:oops_end_marker|modules|tainted)',
  '_*die\\w*|oops_(?:begin|end|enter|exit)|arm_notify_die|force_sig\\w*|crash_\\w*|(?:__)?crash_kexec',
  'do_(?:error_)?trap\\w*|do_(?:invalid_op|general_protection|double_fault|page_fault|kern_addr_fault|user_addr_fault|translation_fault|mem_abort|sp_pc_abort|undefinstr|undefined_?instr\\w*|DataAbort|PrefetchAbort|bad_area\\w*|bad|ade|bp|ri|tlb\\w*|alignment\\w*)',
  '_*do_(?:page_fault|kernel_fault|user_fault)|_*bad_area\\w*|no_context|page_fault(?:_oops)?|async_page_fault|handle_page_fault|kernelmode_fixup_or_oops|kernel_paging_request\\w*|invalid_op|general_protection|double_fault|error_(?:entry|exit|code|return)|fixup_\\w+',
  'a?sm_exc_\\w+|asm_\\w+|exc_\\w+|early_idt_\\w+|program_check_\\w*|instruction_access_\\w*|data_access_\\w*|pgm_check\\w*|monitor_event_exception|do_(?:protection|dat|asce)_exception|illegal_op|handle_(?:exception|syscall|break|ri|tlb\\w*|reserved\\w*)|bug_handler|call_break_hook|brk_handler|do_debug_exception|do_el[01]_\\w+|undef(?:ined)?_\\w*handler|__und_\\w+|__dabt_\\w+|__pabt_\\w+|v[78]_\\w+fault',
  'print_(?:report|address_description|bad_pte|trailer|section|circular\\w*|usage_bug\\w*|lock\\w*|deadlock_bug|bad_irq\\w*|irq_\\w+|cpu_stall\\w*|other_cpu_stall\\w*|other\\w*|task_\\w*|tainted|track|shadow\\w*)|end_report|start_report|describe_\\w+',
  '_*(?:kasan|asan|hwasan|kcsan|tsan|kmsan|msan|kfence|ubsan)_\\w+|check_memory_region\\w*|check_region_inline|check_access|handle_overflow|val_to_string',
  '(?:slab|object)_(?:err|bug|pad_check)|slab_fix|check_(?:bytes\\w*|object|slab|heap_object|page_span|stack_object)|(?:alloc|free)_(?:debug_processing|consistency_checks)|init_object|__slab_error|slab_error|cache_free_debugcheck|__check_(?:object_size|heap_object)|usercopy_\\w+|_*fortify_\\w+|_*stack_chk_fail',
  '_*list_(?:add|del)\\w*|list_del_init|plist_\\w+|refcount_\\w+|(?:__)?debug_(?:print_object|object_\\w+|check_no_obj\\w*|spin_\\w+|locks_\\w+)|_*debug_object_\\w+|bad_page|(?:free|check_new|check_free|free_page)_page\\w*(?:check|bad)\\w*|free_unref_\\w+|__free_pages\\w*',
  '_*might_(?:sleep|resched|fault)\\w*|_*cant_(?:sleep|migrate)|_*schedule_(?:bug|debug)|check_preemption_disabled|(?:debug_)?smp_processor_id|__this_cpu_preempt_check',
  'lockdep_\\w+|_*lock_(?:acquire|release|downgrade|is_held\\w*)\\w*|validate_chain|mark_\\w*lock\\w*|check_(?:prev\\w*|noncircular|deadlock|irq_usage|usage\\w*|wait_context|flags)|register_lock_class|noncirc\\w*',
  'nmi_\\w*|.*trigger_\\w*backtrace\\w*|default_do_nmi|(?:exc_|do_|default_do_)?nmi\\w*|end_repeat_nmi|watchdog(?:_timer_fn|_overflow_callback|_hardlockup_check|_check_\\w+)?|check_hung_\\w+|hung_task_\\w+|rcu_(?:sched_clock_irq|check_callbacks|pending|dump_cpu_stacks|stall_\\w+|check_gp_\\w+|core|do_batch)|check_cpu_stall|_*perf_event_(?:overflow|nmi_handler)\\w*|(?:intel|x86)_pmu_handle_irq|sched_show_task|softlockup_\\w+|show_state_\\w+|debug_show_\\w+|oom_\\w+|out_of_memory|dump_(?:header|page|tasks)\\w*|mem_cgroup_(?:out_of_memory|oom\\w*)|sysrq_\\w+|spin_(?:dump|bug)|native_machine_\\w+|ex_handler_\\w+|sel_\\w*warn',
);

/** Code that everybody calls, so that its caller is to blame: copying, locks, waiting, access to registers. */
const servants = names(
  '_*(?:pi_)?(?:mem(?:cpy|move|set|cmp|chr|scan)|str(?:n?len|n?cmp|n?cpy|scpy|lcpy|lcat|n?cat|n?chr|r?chr|n?str|sep|ncasecmp|casecmp))\\w*',
  '_*(?:arch_|generic_|raw_)?copy_(?:to|from|in)?_?user\\w*|_*copy_\\w*user\\w*|copy_(?:page|mc)\\w*|clear_(?:page|user)\\w*|rep_(?:movs|stos)\\w*|csum_\\w+|_*(?:get|put)_user\\w*|read_word_at_a_time',
  '_*(?:raw_)?(?:do_raw_)?(?:spin|read|write)_(?:un|try)?lock\\w*|do_raw_\\w+|(?:__pv_|native_)?queued?_?(?:spin|read|write)\\w*|(?:arch|ticket)_spin\\w*|_*lock_\\w*contended',
  '_*(?:ww_)?mutex_(?:un|try)?lock\\w*|_*mutex_\\w+slowpath|(?:_*down|_*up)(?:_(?:read|write|interruptible|killable|trylock|common|timeout)\\w*)?|rwsem_\\w+|_*rt_mutex_\\w+|rtlock_\\w+|_*percpu_(?:down|up|rwsem)\\w*|call_rwsem_\\w+',
  '_*schedule(?:_(?!bug|debug)\\w+)?|_*io_schedule\\w*|preempt_schedule\\w*|_*cond_resched\\w*|context_switch|__switch_to\\w*|finish_task_switch|_*wait_(?:for|on|event)\\w*|_*do_wait_for\\w*|out_of_line_wait\\w*|bit_wait\\w*|_*wait_\\w*common\\w*|(?:prepare_to|finish)_wait\\w*|autoremove_wake_function|(?:add|remove)_wait_queue\\w*|msleep\\w*|usleep_\\w+|_*[un]delay\\w*|_*delay(?:_(?:tsc|mwaitx?|halt\\w*|loop))?|__const_udelay|read_poll\\w*|_*synchronize_(?:rcu|srcu|sched|net|irq)\\w*|rcu_barrier\\w*|_*flush_(?:work|workqueue|delayed_work)\\w*|kthread_(?:stop|park|should_\\w+)|async_synchronize_\\w+',
  '_*regmap_\\w+|(?:__raw_)?(?:read|write)s?[bwlq](?:_relaxed|_be)?|io(?:read|write)(?:8|16|32|64)\\w*|(?:clk|mmio)_(?:read|write)l?\\w*',
  'kfree\\w*|kvfree\\w*|vfree|kmem_cache_free\\w*|___?cache_free|slab_free\\w*|__slab_free\\w*|kobject_(?:get|put)|_*raw_callee_\\w+',
);

/** Interrupts, idle loops and the bottoms of stacks: on every stack of a stall, and on most others. */
const surroundings = names(
  '_*(?:sysvec|sys_vec)_\\w+|_*(?:smp_|local_)?apic_timer_\\w+|local_apic_timer\\w*|smp_(?:apic|reschedule|call_function_(?:single_)?interrupt)\\w*|_*hrtimer_(?:run_queues|interrupt)\\w*|_*run_hrtimer\\w*|tick_\\w+|update_process_times|(?:main_)?timer_(?:interrupt|handler)|do_timer_interrupt\\w*|run_local_timers|scheduler_tick|sched_tick|arch_timer_handler_\\w+|riscv_timer_\\w+|clockevents?_\\w+',
  '_*(?:generic_)?handle_(?:irq|domain_irq|percpu_devid_irq|edge_irq|fasteoi_irq|level_irq|softirqs|arch_irq)\\w*|_*do_IRQ|do_irq\\w*|handle_IRQ_event|do_interrupt_handler|common_interrupt|ret_from_(?:intr|exception|fork)\\w*|ret_(?:fast_syscall|slow_syscall|to_user\\w*|from_\\w+)|_*irq_(?:svc|usr|exit|enter|work\\w*|exit_rcu)|call_on_(?:irq_)?stack|el[01]t?h?_?\\w*|gic_handle_irq|gicv?3?_\\w+|vector_\\w+|plat_irq_dispatch|_*do_softirq\\w*|invoke_softirq|run_ksoftirqd|smpboot_thread_fn|_*(?:invoke_)?notifier\\w*call\\w*|atomic_notifier\\w*|call_\\w*function_single_interrupt|__flush_smp_call\\w*',
  'default_(?:enter_)?idle\\w*|(?:pv_)?native_(?:safe_)?halt|(?:arch_)?cpu_idle\\w*|arch_safe_halt|do_idle|cpu_startup_entry|(?:__)?(?:start|secondary)_(?:secondary|startup\\w*|start_kernel)|secondary_\\w+|start_secondary\\w*|(?:mwait|intel|acpi|psci|poll)_(?:idle|safe_halt|enter_idle)\\w*|cpuidle_\\w+|cpu_do_idle|wait_for_interrupt|rest_init|x86_64_start_\\w+|asm_cpu_bringup\\w*',
  'entry_\\w+|_*do_(?:fast_)?(?:syscall|sys_call)\\w*|(?:sysenter|system_call|syscall|sysret|tracesys|invoke_syscall)\\w*|x64_sys_call|el0_svc\\w*|kthread|worker_thread|process_(?:one_work|scheduled_works)|kernel_thread\\w*|child_rip|kernel_init\\w*|do_(?:one_initcall|initcalls|basic_setup|init_module)|start_kernel|__do_sys_(?:f?init_module)|load_module|init_module_from_file|idempotent_init_module|ret_from_kernel_thread|sys_(?:f?init_module)|_*(?:x64|ia32|se|arm64|do)_+sys_f?init_module',
);

const allocators = names(
  '_*alloc_(?:frozen_)?pages\\w*|_*get_free_pages|get_page_from_freelist|_*k[mz]alloc\\w*|_*kmem_cache_alloc\\w*|kmem_\\w*alloc\\w*|_*v[mz]alloc\\w*|kv[mz]alloc\\w*|_*slab_alloc\\w*|slab_pre_alloc\\w*|new_slab|alloc_slab_page|allocate_slab|___slab_alloc|dma_(?:direct_)?alloc\\w*|_*dma_alloc\\w*|_*folio_alloc\\w*|pagecache_get_page|cache_alloc\\w*|fallback_alloc|cache_grow\\w*|kmem_getpages|alloc_skb\\w*|__alloc_skb',
);

const stalls: ReadonlySet<ReportKind> = new Set([
  'soft-lockup',
  'hard-lockup',
  'workqueue-lockup',
  'rcu-stall',
  'hung-task',
]);
const askForMemory: ReadonlySet<ReportKind> = new Set(['allocation-failure', 'oom', 'atomic', 'warning']);

/**
 * Whether a function only serves the one that is to blame. `isFault`: it is where the instruction stood; an interrupt's
 * entry may be at fault itself, but not of a stall, which the interrupt only noticed.
 */
export function isHelper(name: string, kind: ReportKind, isFault: boolean): boolean {
  if (reporters.test(name) || servants.test(name)) return true;
  if (askForMemory.has(kind) && allocators.test(name)) return true;
  return surroundings.test(name) && !(isFault && !stalls.has(kind));
}
