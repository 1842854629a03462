import type {Boot, Cause, Report} from '../model/report.js';
import {matchesGlob} from '../model/rule.js';

/**
 * The report with what is known already marked as ignored, notices too. A pattern is a rule's id or a fingerprint (which
 * has a colon), `*` for anything.
 */
export function ignoring(report: Report, patterns: readonly string[]): Report {
  if (patterns.length === 0) return report;
  const mark = (cause: Cause): Cause => (isKnown(cause, patterns) ? {...cause, ignored: true} : cause);
  const inBoot = (boot: Boot): Boot => ({
    ...boot,
    rootCauses: boot.rootCauses.map(mark),
    notices: boot.notices.map(mark),
  });
  return {...report, boots: report.boots.map(inBoot)};
}

function isKnown({rule, fingerprint}: Cause, patterns: readonly string[]): boolean {
  return patterns.some(pattern => matchesGlob(pattern, fingerprint) || (rule !== null && matchesGlob(pattern, rule)));
}
