import {fileURLToPath} from 'node:url';
import {type AnalyzeOptions, analyze, openSource, type Report} from '../../src/index.js';

const samples = fileURLToPath(new URL('../../samples/', import.meta.url));

/** The report on a sample, by its path below samples/. */
export async function analyzeSample(path: string, options?: AnalyzeOptions): Promise<Report> {
  return analyze(await openSource([samples + path], process.stdin), options);
}
