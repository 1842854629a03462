import {structuralLiterals, tellsOnlyIdentity} from './boot/literals.js';
import {userUnitOf} from './boot/pid1.js';
import {isQuotation} from './boot/quotation.js';
import {createBootTracker} from './boot/tracker.js';
import {type BootList, createBootList} from './diagnose/boot-list.js';
import {createFindingStore} from './diagnose/findings.js';
import type {LinesInSource} from './diagnose/in-source.js';
import type {Layout} from './intake/detect.js';
import {createIntake, type EntrySink, type Intake} from './intake/intake.js';
import {sectionLiterals} from './intake/rdsosreport.js';
import {joined, sourceOf, withNotices} from './intake/source-facts.js';
import type {ByteSource, SourcePart} from './model/byte-source.js';
import type {Entry} from './model/entry.js';
import type {Boot, Evidence, Report, Source} from './model/report.js';
import type {Rule} from './model/rule.js';
import {withExcerpts} from './recording/excerpts.js';
import {recordLog} from './recording/log-text.js';
import {builtinRules, structuralWindows} from './rules/builtin.js';
import {createMatcher, type Match, type Matcher} from './rules/match.js';
import {scanAhead} from './scan-ahead/index.js';
import {version} from './version.js';

export interface AnalyzeOptions {
  /** Default: the rules that whyboot ships. */
  readonly rules?: readonly Rule[];
  /** Overrules the detection of the input's form. */
  readonly inputFormat?: Layout;
  /** Cut every line as a live stream needs it; the diagnosis is the same. */
  readonly everyLine?: boolean;
  /** Is given every entry of a structured form, whose lines say little to a reader. */
  readonly onEntry?: (entry: Entry) => void;
  /** Is given every entry of any form. Then every line is cut, and reading takes longer. */
  readonly hears?: (entry: Entry) => void;
  /** The built file of scan-ahead/worker.ts: with it, another thread scans large files while this one diagnoses. */
  readonly scanThread?: string;
  /** Is given each boot as soon as it is over, in a report of its own on what was read so far. */
  readonly onBoot?: (report: Report) => void;
  /**
   * Adds to the report the lines around its evidence, so many before and after, and what took time. What stands in no file
   * as it is (standard input, packed files) is kept in a temporary file until the end.
   */
  readonly context?: number;
}

/** An analysis that can be asked while it reads. */
export interface RunningAnalysis {
  /** Reads the source to its end. Throws InputError when it cannot be read or is no text. */
  run(): Promise<Report>;
  /** The report on what has been read so far: its last boot goes on. Changes nothing about what `run` finds. */
  snapshot(): Report;
  /** Reads what came so far of a stream that pauses before its form can be told for sure. */
  settle(): void;
}

/**
 * The pipeline: bytes → entries → boots and findings → diagnosis → report.
 *
 * @throws InputError when the source cannot be read or is no text.
 */
export async function analyze(source: ByteSource, options: AnalyzeOptions = {}): Promise<Report> {
  return options.context === undefined
    ? startAnalysis(source, options).run()
    : analyzeWithContext(source, options, options.context);
}

async function analyzeWithContext(source: ByteSource, options: AnalyzeOptions, context: number): Promise<Report> {
  let failure: unknown = null;
  const log = recordLog(source, error => {
    failure = error;
  });
  const onEntry = (entry: Entry): void => {
    log.onEntry(entry);
    options.onEntry?.(entry);
  };
  try {
    const report = await startAnalysis(log.source, {...options, onEntry}).run();
    if (failure === null) return await withExcerpts(report, log, context);
    const reason = failure instanceof Error ? failure.message : String(failure);
    return {...report, source: withNotices(report.source, [`the lines around the evidence are not shown: ${reason}`])};
  } finally {
    log.close();
  }
}

/** The same for who wants to look while it runs. */
export function startAnalysis(source: ByteSource, options: AnalyzeOptions = {}): RunningAnalysis {
  const rules = options.rules ?? builtinRules();
  const analysis = createAnalysis(
    createMatcher(rules, neededLiterals, {structuralWindows: structuralWindows()}),
    options,
    {onBoot: boot => options.onBoot?.(report(sourcesSoFar(), [boot]))},
  );
  const read: Source[] = [];
  let reading: {readonly part: SourcePart; readonly intake: Intake} | null = null;
  const sourcesSoFar = (): Source[] => (reading === null ? read : [...read, sourceOf(reading.part, reading.intake)]);
  const report = (sources: readonly Source[], boots: readonly Boot[]): Report => ({
    schema: 'whyboot.report/1',
    tool: {name: 'whyboot', version, rules: rules.length},
    source: withNotices(
      source.parts.length === 1 && sources[0] !== undefined ? sources[0] : joined(source.name, sources),
      source.notices ?? [],
    ),
    ...(source.parts.length === 1 ? {} : {sources}),
    boots,
  });
  return {
    async run() {
      for (const part of source.parts) {
        const intake = analysis.begin(part.name, read.length, source.parts.length > 1);
        reading = {part, intake};
        if (part.journal !== undefined) await intake.readJournal(part.journal);
        else await pushChunks(part, intake, options);
        await intake.end();
        analysis.endPart();
        reading = null;
        read.push(sourceOf(part, intake));
      }
      return report(read, analysis.end());
    },
    snapshot() {
      return report(sourcesSoFar(), analysis.soFar());
    },
    settle: () => reading?.intake.settle(),
  };
}

/** A stream that brings nothing for so long is read as far as it came. */
const idleMs = 300;

async function pushChunks(part: SourcePart, intake: Intake, {onBoot, scanThread}: AnalyzeOptions): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    for await (const {bytes, found} of scanAhead(part.chunks(), {file: scanThread, plan: () => intake.scannedFor})) {
      clearTimeout(timer);
      intake.push(bytes, found);
      if (onBoot !== undefined) timer = setTimeout(() => intake.settle(), idleMs);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Which rules match somewhere in a text, whatever their conditions: what the tests inside rule files ask. */
export function matchesIn(text: string, matcher: Matcher): Promise<Match[]> {
  return matchesInSource(textSource(text), matcher);
}

/** A log that is at hand as text. */
export function textSource(text: string): ByteSource {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  }
  return {name: '-', parts: [{name: '-', chunks}]};
}

/** The same of a whole source. */
export async function matchesInSource(source: ByteSource, matcher: Matcher): Promise<Match[]> {
  const matches: Match[] = [];
  const analysis = createAnalysis(matcher, {}, {onMatch: match => matches.push(match)});
  for (const part of source.parts) {
    const intake = analysis.begin(part.name, 0, false);
    for await (const chunk of part.chunks()) intake.push(chunk);
    await intake.end();
    analysis.endPart();
  }
  return matches;
}

/** What the boot's structure needs, by the numbers that it knows, and then what intake needs to tell what it reads. */
const neededLiterals: readonly string[] = [...structuralLiterals, ...sectionLiterals];

/** Entries of all parts of a source on their way to the report. */
function createAnalysis(
  matcher: Matcher,
  options: AnalyzeOptions,
  {onMatch, onBoot}: {readonly onMatch?: (match: Match) => void; readonly onBoot?: (boot: Boot) => void} = {},
) {
  const boots: BootList = createBootList(onBoot);
  let findings = createFindingStore();
  let intake: Intake | null = null;
  let source: number | null = null;
  const evidenceOf = ({line, text, kind}: Entry): Evidence => {
    if (source !== null) return kind === 'line' ? {line, text, source} : {line, text, source, kind};
    return kind === 'line' ? {line, text} : {line, text, kind};
  };
  const tracker = createBootTracker({
    evidenceOf,
    recent: (...looked) => intake?.recent(...looked),
    isExplained: unit => findings.explains(unit),
    // A document's own words are those of nobody who boots.
    isNoise: entry => (intake?.nature !== 'log' && entry.format === 'plain') || matcher.isNoise(entry),
    finished(facts) {
      boots.add({facts, findings: findings.all(), lines: linesOf(intake), source});
      findings = createFindingStore();
      matcher.reset();
    },
    reported(report) {
      for (const match of matcher.matchReport(report)) {
        onMatch?.(match);
        const {rule, captures} = match;
        findings.add(
          rule,
          captures,
          {
            phase: tracker.phase,
            unit: null,
            writer: null,
            evidence: report.evidence,
            timeUs: report.timeUs,
            atUs: tracker.nowUs,
          },
          report,
        );
      }
    },
  });
  const isSettled = (literal: number): boolean =>
    literal < structuralLiterals.length
      ? matcher.isSettled(literal) && (tracker.isSettled(literal) || (source === null && tellsOnlyIdentity(literal)))
      : literal >= neededLiterals.length && matcher.isSettled(literal);
  const isQuoted = (entry: Entry, literals: readonly number[]): boolean =>
    intake?.nature === 'history' ||
    isQuotation(entry, () => matcher.startOf(entry.message, literals), intake?.nature === 'document');
  const sink: EntrySink = {
    entry(entry, inLine) {
      if (intake?.isStructured === true)
        options.onEntry?.({...entry, line: linesOf(intake)?.lineOf(entry.line) ?? entry.line});
      options.hears?.(entry);
      if (entry.aside) return;
      const literals = inLine ?? matcher.literalsIn(entry);
      // Of a line that the scanner found, intake asked that already.
      if (inLine === null && !tracker.wantsEveryLine && literals.every(isSettled)) return;
      if (isQuoted(entry, literals)) {
        // A boot that nothing is known of begins with it all the same.
        if (tracker.wantsEveryLine) tracker.accept(entry, []);
        return;
      }
      tracker.accept(entry, literals);
      const matches = matcher.match(entry, literals);
      // What fails in somebody's session is no failure of the boot.
      if (matches.length === 0 || userUnitOf(entry) !== null) return;
      const isHarmless =
        matches.some(({rule}) => rule.role !== 'noise' && rule.role !== 'fact') && matcher.isNoise(entry);
      for (const match of matches) {
        onMatch?.(match);
        const {rule, captures} = match;
        // A line that is harmless as a rule is a cause where a rule's conditions say so.
        if (isHarmless && rule.role !== 'fact' && rule.when === null) continue;
        if (rule.role === 'fact' && rule.key.length === 0) matcher.settle(rule);
        const named = captures['unit'] ?? entry.about ?? entry.unit;
        const unit = named === null ? null : (tracker.unitNamed(named)?.name ?? named);
        const writer = entry.kernel ? null : entry.identifier;
        findings.add(rule, captures, {
          phase: tracker.phase,
          unit,
          writer,
          evidence: [evidenceOf(entry)],
          timeUs: entry.timeUs,
          atUs: tracker.nowUs,
        });
      }
    },
    wantsEveryLine: () => tracker.wantsEveryLine,
    isSettled,
  };
  const {inputFormat: layout, hears} = options;
  const everyLine = options.everyLine === true || hears !== undefined;
  return {
    begin(name: string, index: number, isOneOfSeveral: boolean): Intake {
      source = isOneOfSeveral ? index : null;
      intake = createIntake({
        name,
        scanner: matcher.scanner,
        sink,
        ...(layout && {layout}),
        ...(everyLine && {everyLine}),
        everyEntry: options.onEntry !== undefined || hears !== undefined,
      });
      return intake;
    },
    endPart(): void {
      tracker.end(intake?.last ?? 0);
    },
    end: (): readonly Boot[] => boots.end(),
    soFar(): readonly Boot[] {
      const facts = tracker.soFar(intake?.last ?? 0);
      return boots.soFar(facts === null ? null : {facts, findings: findings.all(), lines: linesOf(intake), source});
    },
  };
}

/** Where the positions of entries lie in the file that is being read; null where they are its lines. */
function linesOf(intake: Intake | null): LinesInSource | null {
  const positions = intake?.positions ?? null;
  return positions === null
    ? null
    : {lineOf: position => positions.lineOf(position), linesOf: (first, last) => positions.linesOf(first, last)};
}
