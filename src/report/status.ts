import {UsageError} from '../model/errors.js';
import type {Boot, Cause, Report, Severity} from '../model/report.js';

/** The least that makes the program exit with 1. */
export type FailOn = 'fatal' | 'error' | 'warning' | 'never';

const healthy = 0;
const failed = 1;
const cannotTell = 4;

const ranks: Readonly<Record<Severity, number>> = {info: 0, warning: 1, error: 2, fatal: 3};

/** The exit status that a report stands for. Of several deciding boots the worst counts: failed, then unknown. */
export function exitStatus(
  report: Report,
  options: {readonly boots?: readonly string[] | undefined; readonly failOn?: FailOn} = {},
): number {
  const {boots = ['0'], failOn = 'error'} = options;
  if (failOn === 'never') return healthy;
  const statuses = selectBoots(report, boots).map(each => bootStatus(each, failOn));
  if (statuses.includes(failed)) return failed;
  return statuses.length === 0 || statuses.includes(cannotTell) ? cannotTell : healthy;
}

/**
 * The boots that `--boot` names, in the order of the report: `all`; 0 the last, -1 the one before it and 1 the first, as
 * journalctl counts them; or the beginning of a boot id. A report without boots has none to name.
 */
export function selectBoots(report: Report, selectors: readonly string[]): readonly Boot[] {
  const {boots} = report;
  if (selectors.includes('all') || boots.length === 0) return boots;
  const chosen = new Set(selectors.map(selector => bootNamed(selector, report)));
  return boots.filter(boot => chosen.has(boot));
}

function bootNamed(selector: string, {boots, source}: Report): Boot {
  const chosen = /^[-+]?\d{1,4}$/.test(selector) ? byOffset(boots, Number(selector)) : byId(boots, selector);
  if (chosen !== undefined) return chosen;
  const count = boots.length === 1 ? 'one boot' : `${boots.length} boots`;
  throw new UsageError(`no boot ${selector} in ${source.name}, which has ${count}`);
}

function byOffset(boots: readonly Boot[], offset: number): Boot | undefined {
  return offset > 0 ? boots[offset - 1] : boots[boots.length - 1 + offset];
}

function byId(boots: readonly Boot[], id: string): Boot | undefined {
  const wanted = id.replaceAll('-', '').toLowerCase();
  return wanted === '' ? undefined : boots.find(boot => boot.id?.startsWith(wanted));
}

function bootStatus(boot: Boot, failOn: Exclude<FailOn, 'never'>): number {
  const causes = failOn === 'warning' ? [...boot.rootCauses, ...boot.notices] : boot.rootCauses;
  const counted = causes.filter(({ignored}) => ignored !== true);
  // What became of a boot is the work of its causes: known ones are not counted, nor is what they did.
  const isKnown = boot.rootCauses.length > 0 && boot.rootCauses.every(({ignored}) => ignored === true);
  if ((!isKnown && outcomeFails(boot, failOn)) || counted.some(cause => reaches(cause, failOn))) return failed;
  return boot.outcome === 'incomplete' && boot.rootCauses.length === 0 ? cannotTell : healthy;
}

/** A degraded boot came up: it is an error, not fatal. */
function outcomeFails({outcome}: Boot, failOn: FailOn): boolean {
  if (outcome === 'healthy' || outcome === 'incomplete') return false;
  return outcome !== 'degraded' || failOn !== 'fatal';
}

function reaches(cause: Cause, failOn: Exclude<FailOn, 'never'>): boolean {
  return ranks[cause.severity] >= ranks[failOn];
}
