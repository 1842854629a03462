/** How a source must be cut: text by the byte scanner, structured forms line by line. */
export type Layout = 'text' | 'journal-json' | 'journal-export';

/** By evidence in the first lines of a source (latin1 text). */
export function detectLayout(sample: string): Layout {
  let json = 0;
  let fields = 0;
  let other = 0;
  for (const line of sample.split('\n', 200)) {
    if (line === '' || line === '\r') continue;
    if (line.startsWith('{"') && /"(?:__CURSOR|MESSAGE|__REALTIME_TIMESTAMP|_BOOT_ID)":/.test(line)) json++;
    else if (/^(?:__[A-Z_]+|_?[A-Z][A-Z0-9_]*)=/.test(line)) fields++;
    else other++;
  }
  if (json > other) return 'journal-json';
  if (fields > other && /^__(?:CURSOR|REALTIME_TIMESTAMP|MONOTONIC_TIMESTAMP)=/m.test(sample)) return 'journal-export';
  return 'text';
}

/** Whether bytes are no text at all: an executable, an image, a disk. Serial captures have some NULs, not many. */
export function looksBinary(sample: Uint8Array): boolean {
  if (sample.length === 0) return false;
  let odd = 0;
  for (const byte of sample) if (byte < 7 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)) odd++;
  if (odd / sample.length > 0.05) return true;
  const broken = new TextDecoder().decode(sample).split('\ufffd').length - 1;
  return broken / sample.length > 0.15;
}
