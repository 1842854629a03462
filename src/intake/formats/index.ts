import type {TextFormat} from './format.js';
import {fullFormat, isoFormat, shortFormat, unixFormat} from './journal-text.js';
import {jsonFormat} from './json.js';
import {dmesgFormat, kernelFormat, tagFormat} from './kernel.js';
import {statusFormat} from './status.js';

const onBracket = [kernelFormat, statusFormat, dmesgFormat];
const onDigit = [isoFormat, unixFormat];
const onLetter = [shortFormat, fullFormat, tagFormat, dmesgFormat];
const onBlank = [statusFormat];
const onBrace = [jsonFormat];
const onOther = [kernelFormat, tagFormat];

/** The text formats that a line with this first character can be of, the commonest first. */
export function formatsFor(first: number): readonly TextFormat[] {
  if (first === 0x5b) return onBracket;
  if (first >= 0x30 && first <= 0x39) return onDigit;
  if (first === 0x20) return onBlank;
  if (first === 0x7b) return onBrace;
  if (first === 0x3c || first === 0x28 || first === 0x40) return onOther;
  return onLetter;
}
