// STUB of the scaffold helper: to be overwritten.
import type {Problem} from '../model/errors.js';
export async function checkRules(_dir: string): Promise<readonly Problem[]> { return []; }
