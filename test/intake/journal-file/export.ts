import type {JournalEntry} from '../../../src/intake/journal-file/index.js';

/**
 * Entries as `journalctl -o export` of systemd 252 writes them.
 * Source: https://systemd.io/JOURNAL_EXPORT_FORMATS/
 */
export function toExport(entries: Iterable<JournalEntry>): Buffer {
  const parts: Buffer[] = [];
  for (const entry of entries) {
    const {file, seqnum, bootId, monotonicUs, realtimeUs, xorHash} = entry;
    const [i, m, t] = [seqnum, monotonicUs, realtimeUs].map(number => number.toString(16));
    parts.push(
      Buffer.from(
        `__CURSOR=s=${file.header.seqnumId};i=${i};b=${bootId};m=${m};t=${t};x=${xorHash}\n` +
          `__REALTIME_TIMESTAMP=${realtimeUs}\n__MONOTONIC_TIMESTAMP=${monotonicUs}\n_BOOT_ID=${bootId}\n`,
      ),
    );
    for (const {name, value} of entry.items()) {
      if (name === '_BOOT_ID') continue;
      const bytes = Buffer.from(value);
      if (isPrintable(bytes)) parts.push(Buffer.from(`${name}=`), bytes, Buffer.from('\n'));
      else {
        const length = Buffer.alloc(8);
        length.writeBigUInt64LE(BigInt(bytes.length));
        parts.push(Buffer.from(`${name}\n`), length, bytes, Buffer.from('\n'));
      }
    }
    parts.push(Buffer.from('\n'));
  }
  return Buffer.concat(parts);
}

/** Other values are written with their length: those that are no UTF-8, and those with control characters but tabs. */
function isPrintable(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  return bytes.equals(Buffer.from(text, 'utf8')) && !/[\0-\x08\x0a-\x1f\x7f-\x9f]/.test(text);
}
