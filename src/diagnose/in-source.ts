import type {Boot, Cause, Evidence} from '../model/report.js';

/** Where the positions that entries are numbered by lie in the source. */
export interface LinesInSource {
  /** `source`: as in Evidence. */
  lineOf(position: number, source?: number): number;
  lastLineOf(position: number): number;
}

/** A boot with the lines of the source in place of positions. */
export function inSource(boot: Boot, lines: LinesInSource): Boot {
  const evidence = <E extends Evidence | null>(each: E): E =>
    each === null ? each : {...each, line: lines.lineOf(each.line, each.source)};
  const cause = (each: Cause): Cause => ({
    ...each,
    evidence: each.evidence.map(evidence),
    effects: each.effects.map(effect => ({
      ...effect,
      evidence: effect.evidence.map(evidence),
      ...(effect.lastLine !== undefined && {lastLine: lines.lineOf(effect.lastLine, effect.evidence[0]?.source)}),
    })),
  });
  return {
    ...boot,
    firstLine: lines.lineOf(boot.firstLine),
    lastLine: lines.lastLineOf(boot.lastLine),
    phases: boot.phases.map(phase => ({...phase, firstLine: lines.lineOf(phase.firstLine)})),
    rootCauses: boot.rootCauses.map(cause),
    notices: boot.notices.map(cause),
    units: boot.units.map(unit => ({...unit, firstError: evidence(unit.firstError)})),
  };
}
