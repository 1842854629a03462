import type {Entry} from '../model/entry.js';
import type {KernelReport, ReportKind} from '../model/kernel-report.js';
import type {Evidence} from '../model/report.js';
import {type Frame, isHelper, readFrames, readInstruction, readSymbol} from './report-culprit.js';
import {hasEndMark, isBody, isEnd} from './report-lines.js';
import type {Title} from './title.js';

/**
 * Delimits the kernel's reports. Their shapes by architecture and release are those of the kernel's sources: kernel/panic.c,
 * lib/bug.c, arch/*​/kernel/{traps,dumpstack,process}.c, mm/kasan/report.c, kernel/rcu/tree_stall.h, kernel/hung_task.c,
 * mm/oom_kill.c, kernel/watchdog.c.
 */
export interface ReportReader {
  /** True while a report is open and the next lines may belong to it. */
  isOpen(): boolean;
  /** `title`: of the report that the entry names. */
  read(entry: Entry, title: Title | null): void;
  /** Ends an open report; the capture ends here. */
  end(): void;
}

/** Lines of another kind that may stand in a report before it is taken to be over. */
const patience = 6;
const longestReport = 400;
/** A slow console takes seconds for a report's first lines; what is told later is another. */
const longestUs = 15_000_000;
/** What comes later in it, memory by zone and the table of tasks, names no culprit; the kill has its own lines. */
const longestOom = 20;
/** More reports at once, of as many writers, are none. */
const mostOpen = 16;
const backtrace = /^NMI backtrace for cpu \d/;
const maxFrames = 60;
const maxEvidence = 6;

/**
 * Reports of several processors or tasks can be mixed: where printk.caller tells who wrote a line (`[    C0]`), each has its
 * own report, and nobody else's lines are taken for its.
 */
export function createReportReader(
  evidenceOf: (entry: Entry) => Evidence,
  done: (report: KernelReport) => void,
): ReportReader {
  const open = new Map<string, Open>();
  /** Processors that another one made tell where they are: their lines belong to its report. */
  const asked = new Map<string, Open>();

  /** `isCut`: the capture ends. */
  function close(report: Open, isCut: boolean): void {
    for (const writers of [open, asked])
      for (const [writer, each] of writers) if (each === report) writers.delete(writer);
    const {foreign: _foreign, lines: _lines, frames, sawEnd, doubtful, atFault, ...facts} = report;
    const guess = doubtful ?? atFault;
    const isWhole = sawEnd || !(hasEndMark(report.kind) || frames === 0);
    done({
      ...facts,
      function: report.function ?? guess?.name ?? null,
      module: report.function === null ? (guess?.module ?? null) : report.module,
      truncated: isCut && !isWhole,
    });
  }

  function reportOf({caller, message}: Entry): Open | null {
    const own = open.get(caller ?? '') ?? asked.get(caller ?? '');
    if (own !== undefined) return own;
    const last = [...open.values()].at(-1) ?? null;
    if (caller === null || open.has('')) return last;
    if (last === null || !backtrace.test(message)) return null;
    asked.set(caller, last);
    return last;
  }

  /** A report to which no more lines come is over when so many others did. */
  function age(): void {
    for (const report of [...open.values()]) {
      report.lines++;
      if (report.lines > (report.kind === 'oom' ? longestOom : longestReport)) close(report, false);
    }
  }

  return {
    isOpen: () => open.size > 0,
    read(entry, title) {
      const report = reportOf(entry);
      if (title !== null && (report === null || !belongsTo(report, title, entry))) {
        if (report !== null) close(report, false);
        if (open.size >= mostOpen) close([...open.values()][0] as Open, false);
        open.set(entry.caller ?? '', begin(title.kind, entry, evidenceOf));
        return;
      }
      if (report !== null) {
        const belongs = readBody(report, entry, evidenceOf) || title !== null;
        report.foreign = belongs ? 0 : report.foreign + 1;
        if (belongs) report.lastLine = entry.line;
        report.sawEnd ||= isEnd(entry.message, report.kind);
        if (report.sawEnd || report.foreign > patience) close(report, false);
      }
      age();
    },
    end() {
      for (const report of [...open.values()]) close(report, true);
    },
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
  frames: number;
  /** A frame of which the unwinder was not sure: better than none. */
  doubtful: Frame | null;
  /** Where an oops stood, though only a helper: all that is known where the stack is not in the log. */
  atFault: Frame | null;
  sawEnd: boolean;
}

/** A warning inside an open oops is a report of its own; an oops after `kernel BUG at` is not. */
function belongsTo(open: Open, title: Title, {timeUs}: Entry): boolean {
  if (timeUs !== null && open.timeUs !== null && timeUs - open.timeUs > longestUs) return false;
  if (title.continues !== true && title.kind !== open.kind) return false;
  if (open.sawEnd || open.foreign >= 3) return false;
  if (title.kind === 'warning') return open.kind === 'warning' && open.function === null && open.lines < 4;
  return open.lines < 60;
}

/** `WARNING: CPU: 0 PID: 1 at FILE:LINE FUNCTION`; since 6.18 `WARNING: FILE:LINE at FUNCTION, CPU#0: COMM/PID`. */
const whereInTitle =
  /^.*?WARNING: .*?(?: at \S+:\d+ | at (?=[A-Za-z_.][\w.]*[+ (]))|BUG: K\w+: \S.*? in |hard LOCKUP @ /;
/** The tasks that titles name. */
const taskInTitle = [
  /stuck for \d+s! \[(?<task>.+?):(?<pid>\d+)\]/,
  /INFO: task (?<task>.+?):(?<pid>\d+) blocked/,
  /, CPU#\d+: (?<task>.+)\/(?<pid>\d+)$/,
  /BUG: scheduling while atomic: (?<task>.+)\/(?<pid>\d+)\/0x/,
  /BUG: (?:spinlock|rwlock) .+? on CPU#\d+, (?<task>.+)\/(?<pid>\d+)$/,
  /preemptible \[[0-9a-f]+\](?: code)?: (?<task>.+)\/(?<pid>\d+)$/,
  /in process (?<task>.+?) +p(?:fn|te):/,
  /^(?<task>.+?) invoked oom-killer/,
  /^(?<task>\S.*?): (?:page allocation failure|vmalloc)/,
];

function begin(kind: ReportKind, entry: Entry, evidenceOf: (entry: Entry) => Evidence): Open {
  const title = entry.message.trim();
  const task = taskInTitle.map(pattern => pattern.exec(title)?.groups).find(groups => groups !== undefined);
  const report: Open = {
    kind,
    title,
    function: null,
    module: null,
    process: task?.['task'] ?? null,
    pid: task?.['pid'] ?? null,
    kernel: null,
    evidence: [evidenceOf(entry)],
    firstLine: entry.line,
    lastLine: entry.line,
    timeUs: entry.timeUs,
    foreign: 0,
    lines: 0,
    frames: 0,
    doubtful: null,
    atFault: null,
    sawEnd: false,
  };
  const where = whereInTitle.exec(title);
  if (where !== null) blame(report, readSymbol(title.slice(where.index + where[0].length)), true);
  readTask(report, title);
  return report;
}

const tellsHow =
  /Oops|kernel BUG at |Internal error|invalid opcode|exitcode|Killed process|oom-kill:|NX-protected|stack pointer/;
/** Lockdep and the checks of preemption name who asked. */
const asker = /\}, at: |^caller is /;

/** Takes what a line tells of the culprit; whether the line belongs to the report. */
function readBody(report: Open, entry: Entry, evidenceOf: (entry: Entry) => Evidence): boolean {
  const {message} = entry;
  const culprit = report.function;
  if (culprit === null && report.frames < maxFrames) readCulprit(report, message);
  let tells = tellsHow.test(message) || (culprit === null && report.function !== null);
  if (readTask(report, message)) tells = true;
  if (tells && report.evidence.length < maxEvidence) report.evidence.push(evidenceOf(entry));
  return tells || isBody(message, entry.kernel);
}

function readCulprit(report: Open, message: string): void {
  const at = readInstruction(message);
  if (at !== null) return blame(report, at, true);
  const asked = asker.exec(message);
  if (asked !== null) return blame(report, readSymbol(message.slice(asked.index + asked[0].length)));
  for (const frame of readFrames(message)) {
    report.frames++;
    blame(report, frame);
  }
}

/** The first function that is no helper, unless the unwinder doubts it and a later one is sure. */
function blame(report: Open, frame: Frame | null, isFault = false): void {
  if (frame === null || report.function !== null) return;
  if (isHelper(frame.name, report.kind, isFault)) {
    if (isFault && report.kind === 'oops') report.atFault ??= frame;
    return;
  }
  if (!frame.isReliable) {
    report.doubtful ??= frame;
    return;
  }
  report.function = frame.name;
  report.module = frame.module;
}

/** `CPU: 1 UID: 0 PID: 214 Comm: NAME Tainted: …`, and what 3.x, KASAN and arm print in its place. */
const taskInBody = [
  /\bPID: (?<pid>\d+)\b.*?\bComm: (?<task>.+?) (?:Kdump: |Not tainted|Tainted:|G +[A-Z]|[G P]\w* )/,
  /^Pid: (?<pid>\d+), comm: (?<task>\S+)/,
  /^Process (?<task>\S+) \(pid: (?<pid>\d+)/,
  /^(?:Read|Write) of size \d+ (?:at addr \S+ )?by task (?<task>.+)\/(?<pid>\d+)$/,
  /^in_atomic\(\): .*\bpid: (?<pid>\d+), name: (?<task>.+)$/,
  /^(?<task>\S+)\/(?<pid>\d+) is trying to (?:acquire|release) lock/,
];
/** Behind the taint; lockdep has it before. */
const release =
  /(?:Not tainted|Tainted: [A-Z -]+?) +(?:\()?(?<after>\d+\.\d+[^\s)]*)|^(?<before>\d+\.\d+\S*) #.{1,60}(?:Not tainted|Tainted)/;

/** What all of these have; few lines do, and it is asked quicker. */
const mayNameTask = /\b[Pp](?:ID|id):|^(?:Process|Read|Write) | is trying to /;

function readTask(report: Open, message: string): boolean {
  const version = message.includes('ainted') ? release.exec(message)?.groups : undefined;
  report.kernel ??= version?.['after'] ?? version?.['before'] ?? null;
  if (!mayNameTask.test(message)) return false;
  for (const pattern of taskInBody) {
    const groups = pattern.exec(message)?.groups;
    if (groups === undefined) continue;
    report.pid ??= groups['pid'] as string;
    report.process ??= groups['task'] as string;
    return true;
  }
  return false;
}
