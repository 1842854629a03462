import type {Entry, RawLine, Recent} from '../model/entry.js';
import {cleanText} from './clean.js';
import {type BlockLayout, partOfEntry} from './detect.js';
import type {BlockParser} from './formats/block.js';
import {createDraft} from './formats/format.js';
import {createBlockParser} from './formats/index.js';
import {
  createCatalogTest,
  createOwnerSearch,
  furtherLine,
  type LinesBefore,
  lastEntry,
  longestMessage,
  mayBeFurther,
  mayHoldFurther,
} from './further-lines.js';
import {createKeptEntries} from './kept-entries.js';
import type {LookBack} from './lines.js';
import {type LineContext, parseTextLine} from './parse-line.js';
import {createReportSections, type Section} from './rdsosreport.js';

/** `isSeen`: what a scan of the line found is all that it could find in the entry. */
export type EmitEntry = (entry: Entry, isSeen: boolean) => void;

/** Reads text, line by line but for what can be understood only with the lines before. */
export interface TextParser {
  line(raw: Pick<RawLine, 'text' | 'number'>): void;
  /** Within entries of several lines every line is needed. */
  readonly wantsEveryLine: boolean;
  readonly recent: Recent;
  end(): void;
}

export interface TextParserOptions {
  readonly emit: EmitEntry;
  readonly lookBack: LookBack['lookBack'];
  /** journalctl left out the words of an entry. */
  leftOut(): void;
  /** Somebody said that it is text: entries of several lines are not looked for. */
  readonly isTextAlone: boolean;
  readonly context: LineContext;
}

/** How far back the beginning of an entry of several lines is looked for. */
const longestEntry = 200;
/** So many lines that are not of its form end a block. */
const patience = 50;
const keptStretches = 64;

/**
 * Four things need more than a line: entries of several lines in the midst of text (a pasted `-o verbose`), further lines
 * of a message, the texts of journalctl's catalog, and the sections of dracut's report.
 */
export function createTextParser({emit, lookBack, leftOut, isTextAlone, context}: TextParserOptions): TextParser {
  const linesBefore: LinesBefore = (number, visit) =>
    lookBack(0, ({text, number: at}) => at >= number || visit(text, at));
  const isCatalogued = createCatalogTest(linesBefore);
  const ownerOf = createOwnerSearch(linesBefore);
  const kept = createKeptEntries();
  /** Lines that were read as entries of several lines; the last stretch is open while `block` is. */
  const stretches: {first: number; last: number}[] = [];
  let block: BlockParser | null = null;
  let others = 0;
  /** The last line that looked like a part of an entry and was none. */
  let inVain = 0;
  const sections = createReportSections();
  /** Lines of a report that are no log, up to the last one read. */
  let aside: {first: number; last: number} | null = null;

  const keep: EmitEntry = entry => {
    kept.keep(entry);
    emit(entry, false);
  };

  function begin(layout: BlockLayout, lines: readonly string[], first: number): void {
    others = 0;
    stretches.push({first, last: Number.POSITIVE_INFINITY});
    if (stretches.length > keptStretches) stretches.shift();
    const opened = createBlockParser(layout, {
      entry(entry) {
        others = 0;
        keep(entry, false);
      },
      other(line, number) {
        others++;
        read(line, number, keep);
      },
      leftOut,
    });
    block = opened;
    for (const [index, line] of lines.entries()) opened.line(line, first + index);
  }

  /** Begins with the first line of the entry that a line is a part of; false when that is not found. */
  function opens({text, number}: Pick<RawLine, 'text' | 'number'>): boolean {
    const part = isTextAlone ? null : partOfEntry(text);
    if (part === null) return false;
    const lines = [text];
    let isWhole = part.isFirst(text);
    if (!isWhole)
      linesBefore(number, (line, at) => {
        // From there on it was looked for in vain.
        if (at === inVain) return false;
        lines.push(line);
        isWhole = part.isFirst(line);
        return !isWhole && line !== '' && lines.length < longestEntry;
      });
    if (!isWhole) inVain = number;
    else begin(part.layout, lines.reverse(), number - lines.length + 1);
    return isWhole;
  }

  function close(number: number): void {
    if (block === null) return;
    block.end();
    block = null;
    const stretch = stretches.at(-1);
    if (stretch !== undefined) stretch.last = number - 1;
  }

  /** What commands of a report wrote is no message; those who look back do not see it. */
  function readAside(section: Section, raw: string, number: number): void {
    if (aside === null) {
      aside = {first: number, last: number};
      stretches.push(aside);
      if (stretches.length > keptStretches) stretches.shift();
    }
    aside.last = number;
    const text = cleanText(raw);
    if (text.trim() === '') return;
    const draft = createDraft(number, text);
    draft.format = 'rdsosreport';
    if (section === 'output') draft.aside = true;
    else {
      draft.identifier = 'kernel';
      draft.kernel = true;
      draft.message = `Command line: ${text}`;
    }
    emit(draft, false);
  }

  function read(line: string, number: number, to: EmitEntry): void {
    if (isCatalogued(line, number)) return;
    const further = mayBeFurther(line) ? furtherLine(ownerOf(number), line, number) : null;
    if (further === null) parseTextLine(line, number, to, context);
    else to(further, line === further.text);
  }

  return {
    line(raw) {
      const section = block === null ? sections.place(raw.text) : 'log';
      if (section !== 'log') return readAside(section, raw.text, raw.number);
      aside = null;
      if (block !== null && others < patience) return block.line(raw.text, raw.number);
      close(raw.number);
      if (!opens(raw)) read(raw.text, raw.number, emit);
    },
    get wantsEveryLine() {
      return block !== null || sections.isOpen;
    },
    recent(after, visit, matters, mayMatter) {
      const isWanted = (raw: string): boolean => matters?.(raw) !== false;
      const showKept = kept.from(visit, matters);
      /** Lines that may be further ones of an entry that is not seen yet, newest first. */
      let further: {text: string; number: number}[] = [];
      const showFurther = (owner: Entry | null): boolean => {
        const lines = further;
        further = [];
        return lines.every(({text, number}) => {
          const entry = furtherLine(owner, text, number);
          return entry === null ? visitEach(text, number, visit, context) : visit(entry);
        });
      };
      const isShown = ({text, number}: RawLine): boolean => {
        if (stretches.some(({first, last}) => first <= number && number <= last)) return true;
        if (mayBeFurther(text) && further.length < longestMessage) {
          if (isWanted(text)) further.push({text, number});
          return true;
        }
        if (further.length > 0 && !showFurther(lastEntry(text, number))) return false;
        return (
          !isWanted(text) ||
          (showKept(number) && (isCatalogued(text, number) || visitEach(text, number, visit, context)))
        );
      };
      let isGoingOn = true;
      lookBack(
        after,
        raw => {
          isGoingOn = isShown(raw);
          return isGoingOn;
        },
        raw => further.length > 0 || mayBeFurther(raw) || isWanted(raw),
        mayMatter && (lines => further.length > 0 || mayHoldFurther(lines) || mayMatter(lines)),
      );
      if (isGoingOn && showFurther(null)) showKept(after);
    },
    end: () => close(Number.POSITIVE_INFINITY),
  };
}

function visitEach(text: string, number: number, visit: (entry: Entry) => boolean, context: LineContext): boolean {
  const entries: Entry[] = [];
  parseTextLine(text, number, entry => entries.push(entry), context);
  return entries.reverse().every(visit);
}
