/** The report: the contract with scripts, renderers and the terminal UI. `schema/report.schema.json` is its JSON Schema. */

export type Outcome = 'healthy' | 'degraded' | 'emergency' | 'panic' | 'hang' | 'reboot' | 'incomplete';
export type PhaseName = 'firmware' | 'bootloader' | 'kernel' | 'initrd' | 'switch-root' | 'userspace' | 'shutdown';
export type Severity = 'fatal' | 'error' | 'warning' | 'info';
export type Confidence = 'certain' | 'likely' | 'guess';
export type Risk = 'safe' | 'caution' | 'destructive';

export interface Report {
  readonly schema: 'whyboot.report/1';
  readonly tool: {readonly name: string; readonly version: string; readonly rules: number};
  readonly source: Source;
  /** When several files were read as one. */
  readonly sources?: readonly Source[];
  /** What was replaced by names that tell nobody; absent where that was not asked for. */
  readonly redactions?: readonly Redacted[];
  readonly boots: readonly Boot[];
}

export interface Redacted {
  /** `host name`, `IPv4 address` … */
  readonly kind: string;
  /** Places where one was replaced. */
  readonly count: number;
  /** How many different ones there were. */
  readonly different: number;
}

export interface Source {
  readonly name: string;
  readonly formats: readonly string[];
  readonly lines: number;
  readonly bytes: number;
  /** Something of the source could not be kept: it was cut off, or a line was too long. */
  readonly truncated: boolean;
  /** What a reader of the report must know of it: damage that was passed over, files that were left out. */
  readonly notices?: readonly string[];
}

export interface Boot {
  /** 0-based, in the order of the capture. */
  readonly index: number;
  /** The boot id, 32 hex digits, where the capture has one. */
  readonly id: string | null;
  /** Kernel release, as `uname -r`. */
  readonly kernel: string | null;
  readonly commandLine: string | null;
  readonly outcome: Outcome;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly durationUs: number | null;
  readonly phases: readonly Phase[];
  /** Most important first; empty when healthy. */
  readonly rootCauses: readonly Cause[];
  /** Worth knowing, broke nothing. */
  readonly notices: readonly Cause[];
  /** Units that failed or were restarted. */
  readonly units: readonly UnitReport[];
  /** How far the boot got. */
  readonly stoppedAt: string | null;
  readonly waitingFor: readonly string[];
  /** One sentence a person can act on. */
  readonly verdict: string;
  /**
   * Of several files those that show this boot, by their index in Report.sources. `firstLine`, `lastLine` and `phases` are of
   * the first one.
   */
  readonly sources?: readonly number[];
  /** Lines around what the report points to and the last ones, where context was asked for; runs of lines in their order. */
  readonly excerpts?: readonly Excerpt[];
  /** What took time, where context was asked for and the log has times. */
  readonly timeline?: Timeline;
}

/** A run of lines of the log, as they are shown: without control characters, and cut off with `…` where very long. */
export interface Excerpt {
  /** As in Evidence. */
  readonly source?: number;
  readonly firstLine: number;
  /** The numbers of the lines, where they do not follow one another: entries of a structured form take several lines. */
  readonly lineNumbers?: readonly number[];
  readonly lines: readonly string[];
}

/** µs by the log's clock since the first time of the boot; null where that is not known. */
export interface Stretch {
  readonly startUs: number | null;
  readonly endUs: number | null;
  /** Where it begins. */
  readonly line: number;
  readonly source?: number;
}

export interface Timeline {
  /** µs from the first time to the last. */
  readonly lengthUs: number;
  readonly phases: readonly (Stretch & {readonly name: PhaseName})[];
  /** Starts of units that failed, that the boot waited for to its end, or that took long, in their order. */
  readonly jobs: readonly (Stretch & {readonly unit: string; readonly result: JobResult})[];
  /** The longest times in which nothing was logged. */
  readonly silences: readonly Stretch[];
}

/** Null: its end is not seen. */
export type JobResult = 'done' | 'failed' | null;

export interface Phase {
  readonly name: PhaseName;
  readonly firstLine: number;
  /** µs since the kernel started; null where the capture has no times. */
  readonly startUs: number | null;
  readonly endUs: number | null;
}

export interface UnitReport {
  readonly name: string;
  /** systemd's unit or job result: `exit-code`, `timeout`, `dependency` …; `success` for one that was only restarted. */
  readonly result: string;
  readonly invocations: number;
  readonly firstError: Evidence | null;
  /** Its starts one by one, where context was asked for and the log shows them. */
  readonly runs?: readonly RunReport[];
}

export interface RunReport extends Stretch {
  readonly result: JobResult;
  /** The first abnormal line that its processes wrote. */
  readonly error: Evidence | null;
}

export interface Cause {
  /** Rule id; null when no rule knows this failure and it was inferred. */
  readonly rule: string | null;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly unit: string | null;
  readonly phase: string;
  /** Stable across boots, machines and forms of a log. */
  readonly fingerprint: string;
  /** The most telling line first. */
  readonly evidence: readonly Evidence[];
  readonly explanation: string;
  readonly fix: readonly Fix[];
  readonly references: readonly Reference[];
  /** Follow-ons folded under this cause. */
  readonly effects: readonly Effect[];
  /** Known already and not counted, as `--ignore` says. */
  readonly ignored?: true;
}

export interface Evidence {
  /** 1-based in the source. */
  readonly line: number;
  /** As it stands there, without control characters; of a structured form `identifier[pid]: message`. */
  readonly text: string;
  readonly source?: number;
  readonly kind?: 'line' | 'entry';
}

export interface Fix {
  readonly do: string;
  readonly command?: string;
  readonly risk: Risk;
}

export interface Reference {
  readonly title: string;
  readonly url: string;
}

export interface Effect {
  readonly title: string;
  readonly unit: string | null;
  readonly count: number;
  readonly evidence: readonly Evidence[];
  /** Line of the last occurrence, where there are several. */
  readonly lastLine?: number;
}
