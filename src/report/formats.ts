import type {Report} from '../model/report.js';
import type {Rule} from '../model/rule.js';
import {contextLines} from './context-lines.js';
import {jsonParts} from './json.js';
import {ndjsonLines} from './ndjson.js';
import {renderText, type TextOptions} from './text.js';

export interface RenderOptions extends TextOptions {
  /** The rules that were in use, for formats that describe them. */
  readonly rules: readonly Rule[];
}

/** Makes the parts of a document, to be written one after the other. */
export type Renderer = (report: Report, options: RenderOptions) => Iterable<string>;

/** A form in which a report is written. */
export interface ReportFormat {
  /** As `--format` has it. */
  readonly name: FormatName;
  /** File names that end like this are written in it; without the dot, the usual one first. */
  readonly extensions: readonly string[];
  /** Formats that its documents keep to as well, so that a file may have their extension. */
  readonly alsoIn: readonly FormatName[];
  /** Lines of the log that it shows around each piece of evidence: the `context` to analyze with. */
  readonly context?: number;
  /** The larger ones are loaded when they are asked for. */
  load(): Promise<Renderer>;
}

export const formatNames = ['text', 'json', 'ndjson', 'markdown', 'html', 'junit', 'sarif'] as const;
export type FormatName = (typeof formatNames)[number];

// Loaded late: scripts/build.mjs makes a bundle of its own of it.
const otherFormats = () => import('./other-formats.js');

const formats: Readonly<Record<FormatName, Omit<ReportFormat, 'name'>>> = {
  text: {
    extensions: ['txt', 'text'],
    alsoIn: [],
    load: async () => (report, options) => [renderText(report, options)],
  },
  json: {extensions: ['json'], alsoIn: ['text'], load: async () => jsonParts},
  ndjson: {extensions: ['ndjson', 'jsonl'], alsoIn: ['text', 'json'], load: async () => ndjsonLines},
  markdown: {
    extensions: ['md', 'markdown'],
    alsoIn: ['text'],
    context: contextLines.markdown,
    load: async () => (await otherFormats()).markdownParts,
  },
  html: {
    extensions: ['html', 'htm'],
    alsoIn: [],
    context: contextLines.html,
    load: async () => (await otherFormats()).htmlParts,
  },
  sarif: {extensions: ['sarif'], alsoIn: ['text', 'json'], load: async () => (await otherFormats()).sarifParts},
  junit: {extensions: ['xml'], alsoIn: ['text'], load: async () => (await otherFormats()).junitParts},
};

export function formatNamed(name: FormatName): ReportFormat {
  return {name, ...formats[name]};
}

/** The format that a file name asks for by its extension, whichever its case; undefined where it asks for none. */
export function formatOfFile(file: string): ReportFormat | undefined {
  const extension = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? '';
  const name = formatNames.find(each => formats[each].extensions.includes(extension));
  return name === undefined ? undefined : formatNamed(name);
}
