import type {Entry} from '../../model/entry.js';
import {decodeUtf8, stripControls} from '../clean.js';
import type {BlockParser, BlockSink} from './block.js';
import {createDraft, type Draft, parseKernelMessage, type TextFormat} from './format.js';

/**
 * A record of /dev/kmsg: `priority,sequence,µs,flags[,caller=T1];message`. Extended netconsole sends the same, the kernel's
 * release before it where that is asked for, and long ones in parts (`ncfrag=OFFSET/LENGTH`).
 * Source: the kernel's Documentation/ABI/testing/dev-kmsg and Documentation/networking/netconsole.rst.
 */
const record = /^(?:\d[\w.+~-]{2,63},)?(\d{1,4}),(\d{1,20}),(\d{1,20}),([-c+])((?:,[^;,]{1,80}){0,8});/;
/** After a record: what the driver core knows of the device (` SUBSYSTEM=pci`). */
const dictionaryLine = /^ [A-Z_][A-Z0-9_]*=/;
const fragmentField = /,ncfrag=(\d{1,9})\/(\d{1,9})\b/;
const callerField = /,caller=([TC]\d+)/;
/** A message of more parts than this, in bytes, is torn. */
const longestMessage = 1 << 16;

interface KmsgRecord {
  readonly number: number;
  readonly line: string;
  readonly priority: number;
  readonly sequence: string;
  readonly us: number;
  readonly flag: string;
  readonly caller: string | null;
  /** Of a part: where the whole ends. */
  readonly wholeLength: number | null;
  message: string;
  /** Of how many it was put together. */
  parts: number;
}

/** `line`: as text, not bytes. */
function readRecord(line: string, number: number): KmsgRecord | null {
  const match = record.exec(line);
  if (match === null) return null;
  const [whole, priority, sequence, us, flag, more] = match as unknown as [string, ...string[]];
  return {
    number,
    line,
    priority: Number(priority),
    sequence: sequence as string,
    us: Number(us),
    flag: flag as string,
    caller: callerField.exec(more as string)?.[1] ?? null,
    wholeLength: Number(fragmentField.exec(more as string)?.[2] ?? Number.NaN) || null,
    message: line.slice(whole.length),
    parts: 1,
  };
}

function fill({line, priority, us, caller, message, parts}: KmsgRecord, draft: Draft): void {
  const words = stripControls(unescaped(message).replace(/\n/g, ' ')).trimEnd();
  parseKernelMessage(words, draft);
  draft.timeUs = us;
  draft.priority = priority & 7;
  draft.caller = caller;
  draft.format = 'kmsg';
  if (parts === 1) draft.text = stripControls(line);
  else {
    draft.kind = 'entry';
    draft.text = draft.kernel ? `kernel: ${words}` : words;
  }
}

/** Bytes that are not printable ASCII are written as `\x0a`. */
function unescaped(text: string): string {
  if (!text.includes('\\x')) return text;
  return text.replace(/(?:\\x[0-9a-f]{2}){1,4096}/g, run => Buffer.from(run.replaceAll('\\x', ''), 'hex').toString());
}

/** Records that stand alone, among lines of other forms. */
export const kmsgFormat: TextFormat = {
  name: 'kmsg',
  parse(line, draft) {
    const found = readRecord(line, draft.line);
    if (found === null) return false;
    fill(found, draft);
    return true;
  },
};

/**
 * Puts messages together that were logged in parts. Old kernels flag the first part `c` and those that follow `+`; new
 * ones flag those that follow `c`.
 */
export function createKmsgParser(sink: BlockSink): BlockParser {
  let whole: KmsgRecord | null = null;
  /** A part that either begins a message or goes on with it: the next record tells. */
  let doubtful: KmsgRecord | null = null;

  function flush(): void {
    if (whole !== null) sink.entry(toEntry(whole));
    whole = null;
  }

  function append(part: KmsgRecord): void {
    if (whole === null || whole.caller !== part.caller || whole.message.length > longestMessage) {
      flush();
      whole = part;
      return;
    }
    whole.message += part.message;
    whole.parts++;
  }

  function settle(next: KmsgRecord | null): void {
    if (doubtful === null) return;
    if (next?.flag === '+') {
      flush();
      whole = doubtful;
    } else append(doubtful);
    doubtful = null;
  }

  function isNextPart(part: KmsgRecord): boolean {
    return whole !== null && part.wholeLength !== null && part.sequence === whole.sequence;
  }

  return {
    line(line, number) {
      const found = readRecord(decodeUtf8(line), number);
      if (found === null) {
        if (dictionaryLine.test(line) && (whole !== null || doubtful !== null)) return;
        settle(null);
        flush();
        return sink.other(line, number);
      }
      settle(found);
      if (found.flag === '+' || isNextPart(found)) append(found);
      else if (found.flag === 'c') doubtful = found;
      else {
        flush();
        whole = found;
      }
    },
    end() {
      settle(null);
      flush();
    },
  };
}

function toEntry(found: KmsgRecord): Entry {
  const draft = createDraft(found.number, '');
  fill(found, draft);
  return draft;
}
