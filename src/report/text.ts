// STUB of the scaffold helper: to be overwritten.
import type {Report} from '../model/report.js';
export function renderText(report: Report, _options: {color: boolean; width: number}): string { return `${report.source.bytes} bytes\n`; }
