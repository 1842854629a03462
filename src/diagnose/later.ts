import type {BootFacts} from '../model/boot.js';
import type {Node} from './graph.js';

/** So long after a boot finished, in µs, what fails has to do with how the machine is used. */
const longUs = 30 * 60 * 1_000_000;

/** Whether something happened so long after the boot had finished that the boot is none the worse for it. */
export function isLongAfter(atUs: number | null, {finished}: Pick<BootFacts, 'finished'>): boolean {
  return atUs !== null && finished?.atUs != null && atUs - finished.atUs > longUs;
}

/** What happened later may still be the end that the log shows. */
export function isLater({kind, atUs}: Node, boot: BootFacts): boolean {
  return kind !== 'outcome' && isLongAfter(atUs, boot);
}
