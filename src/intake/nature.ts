import {createDraft} from './formats/format.js';
import {formatsFor} from './formats/index.js';

/**
 * What a text is. A document, a program or a mail tells of messages, and may hold some lines of a log between its own; the
 * history of a repository (`git log`, a patch) holds only messages that somebody quotes.
 */
export type Nature = 'log' | 'document' | 'history';

/** Of a source so many lines are looked at. */
const looked = 200;
/** So many lines of its own make a document, if lines of a log are not more. */
const leastOwn = 3;

const firstOfHistory = /^(?:commit [0-9a-f]{40}\b|From [0-9a-f]{40} Mon Sep 17 00:00:00 2001|diff --git |--- a\/)/;
const patchByMail = /^Subject: (?!Re:)[^\n]{0,40}\[[^\]\n]{0,40}PATCH\b/m;
const ofPatch = /^(?:diff --git |Signed-off-by: )/m;
/** `git log --oneline`. */
const titleOfCommit = /^[0-9a-f]{7,40} .*[g-z]{3}/i;

const header =
  /^(?:From|To|Cc|Subject|Date|Message-I[Dd]|In-Reply-To|References|Reply-To|Return-Path|Received|Sender|Precedence|MIME-Version|Content-[\w-]{1,30}|List-[\w-]{1,20}|X-[\w-]{1,40}): /;
/** Two signs alone are U-Boot's, one is a prompt's. */
const markup =
  /^#{3,6} [^\s]|^ {0,3}(?:```|~~~)|^\s{0,8}\|.{1,400}\|\s{0,4}$|(?<!\*)\*\*\w[^*\n]{0,80}\*\*|\]\(https?:|^\s{0,40}<\/?[a-z][\w-]{0,20}(?: [^<>]{0,200})?>|^\s{0,8}(?:[-*+]|\d{1,2}\.) [^`\n]{0,200}`[^`\n]{2,200}`/;
const code =
  /^\s{0,80}(?:import [\w{*"'.]|from \S{1,60} import |(?:async )?def \w|class \w{1,60}\s{0,3}[({:]|return [\w"'({[]|assert[ (]|(?:const|let|var|static|public|private|func|fn|pub) [\w{*<[]|#include |#define |\/\/|\/\*|@\w{1,40}$|(?:if|for|while|switch|elif|try|except|else)\b.{0,200}[:{]\s{0,4}$|[\w.$]{1,60} ?[:=] ?(?:r?["'`].{0,400}["'`][,;]|[[{(])\s{0,4}$)|[{;]\s{0,4}$|^\s{0,80}[}\])]{1,4}[;,]?\s{0,4}$/;
/** What a program of the initrd says of itself: proof only where nothing speaks for a document. */
const ofProgram = /^[a-z][\w./-]{0,40}: (?:[a-z]\S* )?[\w'’]{2,20} /;
/** Of shells; a trace of one has a plus sign before it. */
const script =
  /^\s{0,80}(?:fi|esac|EOF)$|; (?:then|do)$|^\s{0,80}(?:echo|printf|sudo|grep|local|test) ["'$\w-]|^\s{0,80}(?:if|while|elif) !? ?(?:\[|\w)/;
const plainWord = /^["'“(*_`]{0,3}\p{L}[\p{Ll}’'-]{0,30}["'”)*_`.,:;!?]{0,3}$/u;
const functionWord =
  /^(?:the|a|an|you|your|is|are|was|were|this|that|if|when|then|and|or|which|with|for|of|in|on|to|it)$/i;

/** By its first lines (latin1 text). */
export function natureOf(sample: string): Nature {
  const lines = sample
    .split('\n', looked)
    .map(line => line.trimEnd())
    .filter(line => line !== '');
  if (isHistory(sample, lines)) return 'history';
  // JSON holds what somebody put into it, which may well be a log.
  if (/^\s*[{[]\s*["{]/.test(sample)) return 'log';
  let own = 0;
  let sentences = 0;
  let headers = 0;
  let known = 0;
  let tagged = 0;
  for (const line of lines) {
    if (isOfForm(line)) known++;
    else if (header.test(line)) headers++;
    else if (markup.test(line) || code.test(line) || script.test(line)) own++;
    else if (isSentence(line)) sentences++;
    else if (ofProgram.test(line)) tagged++;
  }
  if (headers >= leastOwn) own += headers;
  // An init that opens a shell tells at length what to do there.
  if (own === 0) known += tagged;
  own += sentences;
  return own >= leastOwn && own > known ? 'document' : 'log';
}

function isHistory(sample: string, lines: readonly string[]): boolean {
  if (firstOfHistory.test(lines[0] ?? '') || (patchByMail.test(sample) && ofPatch.test(sample))) return true;
  const titles = lines.filter(line => titleOfCommit.test(line)).length;
  return titles >= leastOwn && titles === lines.length;
}

/** The form of a log at the line's very beginning; words after a tag alone are no proof. */
function isOfForm(line: string): boolean {
  const text = line.replace(/^(?:> ?)+|^\s+(?=[[<])/, '');
  const draft = createDraft(0, text);
  return formatsFor(text.charCodeAt(0)).some(format => format.parse(text, draft));
}

function isSentence(line: string): boolean {
  const words = line.trim().split(/\s+/, 40);
  if (words.length < 8) return false;
  const plain = words.filter(word => plainWord.test(word)).length;
  return plain * 4 >= words.length * 3 && words.filter(word => functionWord.test(word)).length >= 3;
}
