import type {Entry} from '../model/entry.js';
import type {Report} from '../model/report.js';
import type {LogText} from '../recording/log-text.js';

/** Hides names and addresses, everywhere the same. */
export interface Redaction {
  report(report: Report): Report;
  text(text: string): string;
  /** A name may be told far from where it is used. */
  learn(entry: Pick<Entry, 'text' | 'fields'>): void;
}

const rowsAtOnce = 1000;
const toldEveryMs = 200;

/** Learns all names that rows of the log tell, and those that come later when it is asked again. */
export function createLearning(redaction: Redaction, text: LogText, tell: (share: number) => void) {
  let learned = 0;
  let running: Promise<void> | null = null;

  async function learn(): Promise<void> {
    let toldAt = performance.now();
    for (; learned < text.rows; learned++) {
      redaction.learn({text: text.textOf(learned), fields: null});
      if (learned % rowsAtOnce !== rowsAtOnce - 1) continue;
      if (performance.now() - toldAt > toldEveryMs) {
        toldAt = performance.now();
        tell(learned / text.rows);
      }
      // Keys come first.
      await new Promise(resolve => setImmediate(resolve));
    }
    running = null;
  }

  return (): Promise<void> => {
    running ??= learn();
    return running;
  };
}
