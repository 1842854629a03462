import type {Boot, Cause, Evidence} from '../model/report.js';

/** Where the positions that entries are numbered by lie in the source. */
export interface LinesInSource {
  lineOf(position: number): number;
  linesOf(first: number, last: number): readonly [first: number, last: number];
}

/** A boot with the lines of the source in place of positions; null: they are the same. */
export function inSource(boot: Boot, lines: LinesInSource | null): Boot {
  if (lines === null) return boot;
  const evidence = <E extends Evidence | null>(each: E): E =>
    each === null ? each : {...each, line: lines.lineOf(each.line)};
  const cause = (each: Cause): Cause => ({
    ...each,
    evidence: each.evidence.map(evidence),
    effects: each.effects.map(effect => ({
      ...effect,
      evidence: effect.evidence.map(evidence),
      ...(effect.lastLine !== undefined && {lastLine: lines.lineOf(effect.lastLine)}),
    })),
  });
  const [firstLine, lastLine] = lines.linesOf(boot.firstLine, boot.lastLine);
  return {
    ...boot,
    firstLine,
    lastLine,
    phases: boot.phases.map(phase => ({...phase, firstLine: lines.lineOf(phase.firstLine)})),
    rootCauses: boot.rootCauses.map(cause),
    notices: boot.notices.map(cause),
    units: boot.units.map(unit => ({...unit, firstError: evidence(unit.firstError)})),
  };
}
