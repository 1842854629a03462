import type {Entry} from '../model/entry.js';

/** The words of an end in quotation marks, as a document, a test or a rule has them; not the value of a JSON key. */
const quotedEnd =
  /(?<=^|[\s(])(?<!["'] ?: ?|, ?)["'`“](?:Kernel panic - not syncing|You are in emergency mode|Press Enter for maintenance)/;
/** A string with a conversion of printf in it: the source of a message, which no log has. */
const formatString = /"[^"]{0,200}%[-#0 +.\d]{0,6}(?:hh?|ll?|z)?[sdiuxXp][^"]{0,200}"/;

/** A line of nobody known that quotes a message in place of printing it. */
export function isQuotation({format, identifier, kernel, message}: Entry): boolean {
  if (format !== 'plain' || kernel || identifier !== null) return false;
  return quotedEnd.test(message) || formatString.test(message);
}
