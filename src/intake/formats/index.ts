import type {BlockLayout} from '../detect.js';
import type {BlockParser, BlockSink} from './block.js';
import {createExportParser} from './export.js';
import type {TextFormat} from './format.js';
import {fullFormat, isoFormat, shortFormat, unixFormat} from './journal-text.js';
import {createJsonParser, jsonFormat} from './json.js';
import {broadcastFormat, dmesgFormat, kernelFormat, levelFormat, tagFormat, terminalFormat} from './kernel.js';
import {createKmsgParser, kmsgFormat} from './kmsg.js';
import {statusFormat} from './status.js';
import {logreadFormat, sentFormat, syslogFormat} from './syslog.js';
import {createVerboseParser} from './verbose.js';

const onBracket = [kernelFormat, statusFormat, dmesgFormat];
const onDigit = [isoFormat, unixFormat, kmsgFormat, syslogFormat, shortFormat];
const onLetter = [shortFormat, fullFormat, tagFormat, dmesgFormat, logreadFormat];
/** `c`, `¢` and `Ý` of 3270 terminals. */
const on3270 = [...onLetter, terminalFormat];
const onBlank = [statusFormat, shortFormat, broadcastFormat];
const onBrace = [jsonFormat];
const onOther = [kernelFormat, levelFormat, tagFormat, syslogFormat, sentFormat];

/** The text formats that a line with this first character can be of, the commonest first. */
export function formatsFor(first: number): readonly TextFormat[] {
  if (first === 0x5b) return onBracket;
  if (first >= 0x30 && first <= 0x39) return onDigit;
  if (first === 0x20) return onBlank;
  if (first === 0x7b) return onBrace;
  if (first === 0x3c || first === 0x28 || first === 0x40) return onOther;
  return first === 0x63 || first === 0xa2 || first === 0xdd ? on3270 : onLetter;
}

const blockParsers: Readonly<Record<BlockLayout, (sink: BlockSink) => BlockParser>> = {
  'journal-json': createJsonParser,
  'journal-export': createExportParser,
  'journal-verbose': createVerboseParser,
  kmsg: createKmsgParser,
};

export function createBlockParser(layout: BlockLayout, sink: BlockSink): BlockParser {
  return blockParsers[layout](sink);
}
