import type {Boot, Cause, Evidence, Report} from '../model/report.js';
import {xmlAttributes, xmlText} from './xml.js';

type Problem = 'failure' | 'error' | 'skipped';

/** A test case: what is said of a boot, and why it failed, if it did. */
interface Case {
  readonly name: string;
  /** Names the element: a failure, an error where it cannot be told whether the boot failed, `skipped` for a known one. */
  readonly problem: {
    readonly kind: Problem;
    readonly message: string;
    readonly type: string;
    readonly text: string;
  } | null;
}

/**
 * JUnit XML as Jenkins' xUnit plugin describes it (junit-10.xsd): a boot is a suite, a root cause a case that fails.
 * GitLab shows a case under its class name and drops cases of the same name, so both tell the boots apart.
 */
export function* junitParts(report: Report): Generator<string> {
  const suites: Suite[] = report.boots.map(boot => ({boot, cases: distinct(casesOf(boot))}));
  if (suites.length === 0) suites.push({boot: nothing, cases: [cannotTell('Nothing was read: the log is empty.')]});
  const all = suites.flatMap(({cases}) => cases);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${xmlAttributes({name: 'whyboot', ...countsOf(all)})}>\n`;
  for (const each of suites) yield suite(each, report);
  yield '</testsuites>\n';
}

interface Suite {
  readonly boot: Pick<Boot, 'index' | 'kernel' | 'durationUs' | 'outcome'>;
  readonly cases: readonly Case[];
}

const nothing: Suite['boot'] = {index: 0, kernel: null, durationUs: null, outcome: 'incomplete'};

function suite({boot, cases}: Suite, report: Report): string {
  const {name: source} = report.source;
  const name = report.boots.length > 1 ? `${source} boot ${boot.index + 1}` : source;
  const time = ((boot.durationUs ?? 0) / 1_000_000).toFixed(3);
  const skipped = cases.filter(({problem}) => problem?.kind === 'skipped').length;
  const attributes = {name, ...countsOf(cases), skipped, time};
  const properties = {
    outcome: boot.outcome,
    kernel: boot.kernel,
    version: `${report.tool.name} ${report.tool.version}`,
  };
  return [
    `  <testsuite${xmlAttributes(attributes)}>\n`,
    '    <properties>\n',
    ...Object.entries(properties)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `      <property${xmlAttributes({name, value})}/>\n`),
    '    </properties>\n',
    ...cases.map(each => testcase(each, name)),
    '  </testsuite>\n',
  ].join('');
}

function countsOf(cases: readonly Case[]): {tests: number; failures: number; errors: number} {
  const count = (kind: Problem): number => cases.filter(({problem}) => problem?.kind === kind).length;
  return {tests: cases.length, failures: count('failure'), errors: count('error')};
}

function testcase({name, problem}: Case, classname: string): string {
  const open = `    <testcase${xmlAttributes({classname, name})}`;
  if (problem === null) return `${open}/>\n`;
  const {kind, message, type, text} = problem;
  const body = `      <${kind}${xmlAttributes({message, type})}>${xmlText(text)}</${kind}>\n`;
  return `${open}>\n${body}    </testcase>\n`;
}

function casesOf(boot: Boot): Case[] {
  if (boot.rootCauses.length > 0) return boot.rootCauses.map(cause => failedBy(cause, boot));
  if (boot.outcome === 'healthy') return [{name: 'boot', problem: null}];
  if (boot.outcome === 'incomplete') return [cannotTell(boot.verdict)];
  return [{name: 'boot', problem: {kind: 'failure', message: boot.verdict, type: boot.outcome, text: boot.verdict}}];
}

function cannotTell(message: string): Case {
  return {name: 'boot', problem: {kind: 'error', message, type: 'incomplete', text: message}};
}

function failedBy(cause: Cause, boot: Boot): Case {
  const name = cause.rule === null ? cause.title : `${cause.title} (${cause.rule})`;
  const kind = cause.ignored === true ? 'skipped' : 'failure';
  const message = cause.ignored === true ? `known, ignored: ${cause.title}` : cause.title;
  return {name, problem: {kind, message, type: cause.severity, text: textOf(cause, boot)}};
}

/** What a reader needs who sees no more than this. */
function textOf(cause: Cause, boot: Boot): string {
  const parts = [
    boot.verdict,
    cause.evidence.map(lineOf).join('\n'),
    cause.explanation,
    cause.effects.length === 0
      ? ''
      : ['What followed from it:', ...cause.effects.map(({count, title}) => `  ×${count} ${title}`)].join('\n'),
    cause.fix
      .map(({do: what, command, risk}, index) =>
        [
          `${index + 1}. ${what}${risk === 'safe' ? '' : ` (${risk})`}`,
          ...(command === undefined ? [] : [`     ${command}`]),
        ].join('\n'),
      )
      .join('\n'),
    [...(cause.rule === null ? [] : [`rule ${cause.rule}`]), `fingerprint ${cause.fingerprint}`].join('\n'),
  ];
  return parts.filter(part => part !== '').join('\n\n');
}

function lineOf({line, text}: Evidence): string {
  return `${String(line).padStart(6)} │ ${text}`;
}

/** With names that are not taken. */
function distinct(cases: readonly Case[]): Case[] {
  const taken = new Map<string, number>();
  return cases.map(each => {
    const count = (taken.get(each.name) ?? 0) + 1;
    taken.set(each.name, count);
    return count === 1 ? each : {...each, name: `${each.name} #${count}`};
  });
}
