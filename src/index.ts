// STUB of the scaffold helper: to be overwritten.
export {analyze} from './analyze.js';
export type * from './model/report.js';
