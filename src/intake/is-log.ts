import type {Entry} from '../model/entry.js';
import {detectLayout, looksBinary} from './detect.js';
import {isJournalFile} from './journal-file/header.js';
import {parseTextLine} from './parse-line.js';

/** So much of a file tells whether it is a log. */
export const headLength = 1 << 16;

/** Names that say it of a file whose lines do not: messages alone (`-o cat`), a boot loader's console. */
const logName =
  /(?:^|[/._-])(?:boot|cat|console|dmesg|journal|journalctl|kern|log|messages|serial|syslog|uart|uboot)(?:[._-]|$)/i;
/** Files that lie beside logs and tell of them, quoting them sometimes. */
const otherName = /\.(?:md|rst|html?|ya?ml|toml|ini|conf|cfg|service|py|sh|js|ts|c|h|patch|diff|csv|sql)$/i;
const sampleLines = 200;
/** Of the lines so many must be of a known form. */
const leastKnown = 0.3;

/** Whether a file of a folder is a log that can be read, by its beginning (unpacked) and its name. */
export function isLog(head: Uint8Array, name: string): boolean {
  if (isJournalFile(head)) return true;
  if (head.length === 0 || otherName.test(name) || looksBinary(head)) return false;
  const sample = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  if (detectLayout(sample) !== 'text') return true;
  const lines = sample.split('\n', sampleLines).filter(line => line.trim() !== '');
  let known = 0;
  for (const line of lines) {
    let isKnown = false;
    const note = ({format}: Entry): void => {
      isKnown ||= format !== 'plain';
    };
    parseTextLine(line, 1, note);
    if (isKnown) known++;
  }
  return known >= Math.max(1, lines.length * leastKnown) || (logName.test(name) && !/^\s*[{[]/.test(sample));
}
