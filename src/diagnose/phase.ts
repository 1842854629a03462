import type {BootFacts} from '../model/boot.js';
import type {Node} from './graph.js';

/** A unit fails where PID 1 says so; what its processes said may stand before the first line that tells a phase. */
export function phaseOf({phase, line, unit, finding}: Node, boot: BootFacts): string {
  if (finding === null && unit !== null) return phaseAt(unit.runs[0]?.failedLine ?? line, boot);
  return phase === 'unknown' ? phaseAt(line, boot) : phase;
}

export function phaseAt(line: number, boot: BootFacts): string {
  return boot.phases.filter(({firstLine}) => firstLine <= line).at(-1)?.name ?? 'unknown';
}
