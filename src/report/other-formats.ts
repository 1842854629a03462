/** Renderers of the formats that a start does not need: a bundle of its own, loaded when one of them is asked for. */
import type {Report} from '../model/report.js';
import type {RenderOptions} from './formats.js';
import {renderHtml} from './html/document.js';
import {renderMarkdown} from './markdown.js';
import {renderSarif} from './sarif.js';

export {junitParts} from './junit.js';

export const htmlParts = (report: Report): readonly string[] => [renderHtml(report)];
export const markdownParts = (report: Report): readonly string[] => [renderMarkdown(report)];
export const sarifParts = (report: Report, {rules}: RenderOptions): readonly string[] => [renderSarif(report, rules)];
