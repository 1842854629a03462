import {markers} from './markers.js';
import {pid1Literals} from './pid1.js';
import {reportLiterals} from './kernel-report.js';

/** What the scanner must find for the structure of a boot, whatever the rules. */
export const structuralLiterals: readonly string[] = [...new Set([...pid1Literals, ...reportLiterals, ...markers.map(({literal}) => literal)])];
