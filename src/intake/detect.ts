import {pstorePartOf} from './pstore.js';

/** How a source is read: text by the byte scanner, forms whose entries are fields or several lines one line after the other. */
export type Layout = 'text' | 'pstore' | BlockLayout;
export type BlockLayout = 'journal-json' | 'journal-export' | 'journal-verbose' | 'kmsg';

export const layouts = [
  'text',
  'journal-json',
  'journal-export',
  'journal-verbose',
  'kmsg',
  'pstore',
] as const satisfies readonly Layout[];

interface Signs {
  readonly layout: BlockLayout;
  /** A line that can be of an entry. */
  isLine(line: string): boolean;
  /** A line that nothing else has: one of them must be there. */
  isProof(line: string): boolean;
  /** The first line of an entry. */
  isFirst(line: string): boolean;
}

const oneLineObject = /^(?:\x1e|data: )?\{"/;
const journalKey = /"(?:__CURSOR|MESSAGE|__REALTIME_TIMESTAMP|_BOOT_ID)":/;
const prettyKey = /^\t"(?:__CURSOR|MESSAGE|__REALTIME_TIMESTAMP|_BOOT_ID)" : /;
const dmesgKey = /^ {9}"(?:pri|msg)": /;
const prettyPart = /^(?:\t"\w{1,64}" : |\t{2}(?:\d{1,3},?\r?$|")| {3,9}"\w{1,9}": )/;
const punctuation = /^\s{0,9}(?:\{|[\]}],?|\},\{)\r?$/;
const cursor = /\[s=[0-9a-f]{1,32};i=[0-9a-f]{1,16};b=[0-9a-f]{32};/;
const verboseField = /^ {4}[A-Z_][A-Z0-9_]{0,63}=/;
const exportField = /^(?:__[A-Z_]+|_?[A-Z][A-Z0-9_]*)=/;
const exportAddress = /^__(?:CURSOR|REALTIME_TIMESTAMP|MONOTONIC_TIMESTAMP)=/;
const kmsgRecord = /^(?:\d[\w.+~-]{2,63},)?\d{1,4},\d{1,20},\d{1,20},[-c+][,;]/;
const kmsgDictionary = /^ [A-Z_]{1,64}=\S/;

const isObject = (line: string): boolean => oneLineObject.test(line) && journalKey.test(line);

/** systemd's JSON, verbose and export forms, util-linux's JSON, the kernel's records: see the parsers in formats/. */
const signs: readonly Signs[] = [
  {
    layout: 'journal-json',
    isLine: line => prettyPart.test(line) || punctuation.test(line) || isObject(line),
    isProof: line => prettyKey.test(line) || dmesgKey.test(line) || isObject(line),
    isFirst: line => punctuation.test(line) && line.includes('{'),
  },
  {
    layout: 'journal-verbose',
    isLine: line => verboseField.test(line) || cursor.test(line),
    isProof: line => cursor.test(line),
    isFirst: line => cursor.test(line),
  },
  {
    layout: 'journal-export',
    isLine: line => exportField.test(line),
    isProof: line => exportAddress.test(line),
    isFirst: line => line.startsWith('__CURSOR='),
  },
  {
    layout: 'kmsg',
    isLine: line => kmsgRecord.test(line) || kmsgDictionary.test(line),
    isProof: line => kmsgRecord.test(line),
    isFirst: line => kmsgRecord.test(line),
  },
];

/** Lines that tell the form of a source. */
const window = 200;

/** By evidence in the first lines of a source (latin1 text). */
export function detectLayout(sample: string): Layout {
  if (pstorePartOf(sample) !== null) return 'pstore';
  const lines = sample.split('\n', window).filter(line => line !== '' && line !== '\r');
  const fits = ({isLine, isProof}: Signs): boolean => {
    const count = lines.filter(isLine).length;
    return count > lines.length - count && lines.some(isProof);
  };
  return signs.find(fits)?.layout ?? 'text';
}

/**
 * Whether a line in the midst of text is a part of an entry that cannot be read alone. `isFirst` tells the line that the
 * entry begins with. Null for all but few lines, and quickly.
 */
export function partOfEntry(line: string): Pick<Signs, 'layout' | 'isFirst'> | null {
  const first = line.charCodeAt(0);
  const mayBe = first === tab || first === blank || first === underscore || (first >= digit && first < capital + 26);
  if (!mayBe) return null;
  if (first === tab) return prettyPart.test(line) ? json : null;
  if (first === blank) return verboseField.test(line) ? verbose : null;
  if (first < capital) return kmsgRecord.test(line) ? kmsg : null;
  if (exportField.test(line)) return exported;
  return cursor.test(line) ? verbose : null;
}

const [json, verbose, exported, kmsg] = signs as [Signs, Signs, Signs, Signs];
const tab = 0x09;
const newline = 0x0a;
const blank = 0x20;
const digit = 0x30;
const capital = 0x41;
const underscore = 0x5f;

/**
 * Whether bytes are no text at all: an executable, an image, a disk. Serial captures have some NULs, not many; one that began
 * at another speed is garbage at first, and lines of text at its end.
 */
export function looksBinary(sample: Uint8Array): boolean {
  if (!isGarbage(sample)) return false;
  const end = sample.subarray(sample.length - (sample.length >> 2));
  return isGarbage(end) || end.indexOf(newline) === end.lastIndexOf(newline);
}

/** So many bytes of a sample are counted. */
const maxCounted = 8192;

function isGarbage(sample: Uint8Array): boolean {
  if (sample.length === 0) return false;
  // Of a large sample some bytes tell as much as all.
  const step = Math.ceil(sample.length / maxCounted);
  let odd = 0;
  for (let at = 0; at < sample.length; at += step) if (isOdd(sample[at] as number)) odd++;
  if ((odd * step) / sample.length > 0.05) return true;
  const broken = new TextDecoder().decode(sample).split('\ufffd').length - 1;
  return broken / sample.length > 0.15;
}

/** A control character that no log has, but for a bell, blanks, line ends and ESC. */
function isOdd(byte: number): boolean {
  return byte < 7 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32);
}
