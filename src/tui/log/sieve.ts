import type {LogText} from '../../recording/log-text.js';
import {type BlockTest, scan} from './scan.js';
import {RowList} from './view.js';

/** Looks for rows while the log is read and shown. */
export interface Sieve {
  /** Rows found so far. */
  readonly rows: RowList;
  /** All rows there are were looked at, or it was stopped: no more are found, but by `extend`. */
  readonly isDone: boolean;
  /** The share of them that were. */
  readonly share: number;
  /** Looks at rows that were read since. */
  extend(): void;
  stop(): void;
}

/** Rows of `log` that pass a test, near `from` first. `onProgress` is called when more is known. */
export function startSieve(log: LogText, from: number, test: BlockTest, onProgress: () => void): Sieve {
  const rows = new RowList();
  let isStopped = false;
  let isDone = false;
  let looked = 0;
  /** The first row that was not there when the scan began. */
  let end = log.rows;

  const take = (found: readonly number[]): void => rows.add(found.filter(row => !rows.has(row)));

  async function run(): Promise<void> {
    for await (const {rows: count, found} of scan(log, from, test)) {
      if (isStopped) return;
      looked += count;
      take(found.filter(row => row < end));
      onProgress();
    }
    isDone = true;
    if (!isStopped) onProgress();
  }

  void run();
  return {
    rows,
    get isDone() {
      return isDone || isStopped;
    },
    get share() {
      return end === 0 ? 1 : Math.min(1, looked / end);
    },
    extend() {
      if (!isDone || isStopped) return;
      // The last row may have grown.
      for (let row = Math.max(0, end - 1); row < log.rows; ) {
        const block = log.blockAt(row);
        if (block.rows === 0) break;
        const first = row;
        take(test(block, log).filter(each => each >= first));
        row = block.firstRow + block.rows;
      }
      end = log.rows;
      onProgress();
    },
    stop() {
      isStopped = true;
    },
  };
}
