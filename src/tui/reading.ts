import type {RunningAnalysis} from '../analyze.js';
import type {Report} from '../model/report.js';
import type {LogText} from '../recording/log-text.js';
import type {Progress} from './state/state.js';

const shortestPauseMs = 250;
/** A snapshot may take this share of the time at most. */
const costFactor = 12;
/** A stream that brings nothing for so long is read as far as it came. */
const idleMs = 300;
const tickMs = 100;

export interface Reading {
  /** Resolves when the log is read, or reading failed; never rejects. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** Reads the log and tells now and then what is known. `bytes`: how much was read so far. */
export function startReading(
  analysis: RunningAnalysis,
  text: LogText,
  bytes: () => number,
  total: number | null,
  show: (report: Report, progress: Progress) => void,
): Reading {
  let isOver = false;
  let seen = 0;
  let seenAt = performance.now();
  let shownBytes = 0;
  let nextAt = performance.now() + shortestPauseMs;
  const progress = (done: boolean, error: string | null): Progress => ({
    bytes: bytes(),
    rows: text.rows,
    total,
    done,
    error,
  });

  function tick(): void {
    const now = performance.now();
    if (bytes() !== seen) {
      seen = bytes();
      seenAt = now;
    } else if (now - seenAt > idleMs) analysis.settle();
    if (isOver || now < nextAt || (shownBytes === seen && now - seenAt > 2 * idleMs)) return;
    shownBytes = seen;
    show(analysis.snapshot(), progress(false, null));
    const took = performance.now() - now;
    nextAt = now + Math.max(shortestPauseMs, took * costFactor);
  }

  async function read(): Promise<void> {
    try {
      const report = await analysis.run();
      if (!isOver) show(report, progress(true, null));
    } catch (error) {
      if (!isOver) show(analysis.snapshot(), progress(true, error instanceof Error ? error.message : String(error)));
    } finally {
      stop();
    }
  }

  const timer = setInterval(tick, tickMs);
  const stop = (): void => {
    isOver = true;
    clearInterval(timer);
  };
  return {ended: read(), stop};
}
