/**
 * What is left in a log on its way here: the ESC of a colour written as text or lost, marks of the page that it was pasted
 * from. A page shows `&#39;` as `'`; so do we.
 */

/** The ESC written as `^[`, or as `#033` by rsyslog. */
const writtenEscape = /(?:\^\[|#033)\[[0-9;:?]*[A-Za-z]/g;
const lostEscape = /\[(?:[01]|[34][0-9]|9[0-7]|[0-9]{1,2}(?:[;:][0-9]{1,3})+|0;[0-9;:]*)m/g;
const entity = /&(?:#(\d{1,6})|#x([\da-f]{1,5})|(lt|gt|amp|quot|apos|nbsp));/gi;
const named: Readonly<Record<string, string>> = {lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' '};
/** Markdown has a backslash before what it would take for a mark; ACPI has one before its own names: `\_SB_.PCI0`. */
const isMarkdown = /\\[[\]*`]|\w\\_/;
const escaped = /\\([[\]_*<>`~])/g;
const tag = /<\/?(?:pre|code|br|p|span|div)\b[^<>]{0,80}>/gi;
interface Kind {
  /** What every residue of the kind begins with; searched for in bytes. */
  readonly needle: string;
  readonly pattern: string;
}

/** What hides a literal from a scan of the bytes, although no ESC is there. */
const kinds: readonly Kind[] = [
  {needle: '\0', pattern: '\\0'},
  {needle: '\b', pattern: '\\x08'},
  {needle: '^[[', pattern: '\\^\\[\\['},
  {needle: '#033[', pattern: '#033\\['},
  // systemd's ellipsis, of which the last byte is A6, may cut the ESC off; such a line has others.
  ...['[0', '[1', '[3', '[4', '[9'].map(needle => ({needle, pattern: `(?<![\\x1b\\xa6])\\${needle}[0-9;:]{0,14}m`})),
  {needle: '&', pattern: '&(?:#\\w{1,6}|[lg]t|amp|quot|apos|nbsp);'},
  {needle: '\\', pattern: '\\\\[[\\]*`]|\\w\\\\_'},
  {needle: '<', pattern: '</?(?:pre|code|br|p|span|div)\\b'},
];
const patterns = kinds.map(({pattern}) => new RegExp(pattern));
/** What all of them have; asked first, because most lines have none of it and it is told much quicker. */
const mayHave = /[\0\b]|\^\[|#033|&[#lgaqn]|\\[[\]*`_]|<\/?[pcbsd]|(?<![\x1b\xa6])\[[01349][0-9;:]{0,14}m/i;
const any = new RegExp(kinds.map(({pattern}) => pattern).join('|'));

/** Whether a line (latin1 text) may say something else to a scan of its bytes than to a reader, although no ESC is in it. */
export function hasResidue(raw: string): boolean {
  return mayHave.test(raw) && any.test(raw);
}

/** The kinds of residue that a text has, as needles: every residue of that kind begins with its needle. */
export function residueIn(raw: string): string[] {
  if (!hasResidue(raw)) return [];
  return kinds.flatMap(({needle}, index) => ((patterns[index] as RegExp).test(raw) ? [needle] : []));
}

/** Takes away colours of which the ESC is text or lost. */
export function stripWrittenEscapes(text: string): string {
  return text.includes('[') ? text.replace(writtenEscape, '').replace(lostEscape, '') : text;
}

/** Undoes what a web page or Markdown did to a line. A line of JSON has its own escapes and is left alone. */
export function undoMarkup(line: string): string {
  if (line.startsWith('{')) return line;
  let text = line;
  if (text.includes('<')) text = text.replace(tag, '');
  if (text.includes('&')) text = text.replace(entity, decoded);
  if (text.includes('\\') && isMarkdown.test(text)) text = text.replace(escaped, '$1');
  return text;
}

/** Takes away the end of a JSON string whose beginning is not there. */
export function withoutJsonEnd(line: string): string {
  return line.endsWith('"}') && !line.includes('{') ? line.slice(0, -2) : line;
}

function decoded(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal as string, 16) : Number(decimal);
  return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
}
