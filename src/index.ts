/**
 * whyboot as a library.
 *
 * @example
 * import {analyze, openSource, renderText} from 'whyboot';
 * const report = await analyze(await openSource(['console.log'], process.stdin));
 * console.log(renderText(report, {color: false, width: 80}));
 */
export {type AnalyzeOptions, analyze} from './analyze.js';
export {openSource} from './intake/source.js';
export type {ByteSource, SourceFile, SourcePart} from './model/byte-source.js';
export {InputError, type Problem, RuleFileError, UsageError, WhybootError} from './model/errors.js';
export type * from './model/report.js';
export type {Rule} from './model/rule.js';
export {contextLines} from './report/context-lines.js';
export {renderHtml} from './report/html/document.js';
export {renderJson} from './report/json.js';
export {renderMarkdown} from './report/markdown.js';
export {renderText, type TextOptions} from './report/text.js';
export {builtinRules} from './rules/builtin.js';
export {loadRules} from './rules/packs.js';
