import type {Boot, Cause, Evidence, Report, Source} from '../model/report.js';
import type {Rule} from '../model/rule.js';
import {inferredDescriptor, levels, ruleDescriptor} from './sarif-rule.js';

/**
 * SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html: a root cause or notice is a result, its rule
 * a reportingDescriptor. A line of text is a region of its file; an entry of a journal, which has no lines, a logical
 * location. A healthy boot has no results.
 */
export function renderSarif(report: Report, rules: readonly Rule[]): string {
  const found = report.boots.flatMap(boot => [
    ...boot.rootCauses.map(cause => ({cause, boot, isNotice: false})),
    ...boot.notices.map(cause => ({cause, boot, isNotice: true})),
  ]);
  const ids = [...new Set(found.map(({cause}) => ruleIdOf(cause)))];
  const byId = new Map(rules.map(rule => [rule.id, rule]));
  const descriptors = ids.map(id => {
    const rule = byId.get(id);
    return rule === undefined ? inferredDescriptor(id) : ruleDescriptor(rule);
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {driver: {name: report.tool.name, version: report.tool.version, rules: descriptors}},
        invocations: [{executionSuccessful: true, toolExecutionNotifications: notificationsOf(report)}],
        artifacts: sourcesOf(report).map(({name}) => ({location: {uri: uriOf(name)}, roles: ['analysisTarget']})),
        results: found.map(each => resultOf(each, ids, report)),
        columnKind: 'utf16CodeUnits',
        properties: {
          boots: report.boots.map(({index, outcome, kernel, verdict}) => ({index, outcome, kernel, verdict})),
          ...(report.redactions !== undefined && {redactions: report.redactions}),
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

interface Found {
  readonly cause: Cause;
  readonly boot: Boot;
  readonly isNotice: boolean;
}

function resultOf({cause, boot, isNotice}: Found, ids: readonly string[], report: Report): object {
  const ruleId = ruleIdOf(cause);
  const [first, ...others] = cause.evidence;
  const of = report.boots.length > 1 ? ` (boot ${boot.index + 1} of ${report.boots.length})` : '';
  return {
    ruleId,
    ruleIndex: ids.indexOf(ruleId),
    level: isNotice ? 'note' : levels[cause.severity],
    message: {text: message(`${cause.title}${of}.${cause.explanation === '' ? '' : ` ${cause.explanation}`}`)},
    locations: [
      first === undefined ? {physicalLocation: {artifactLocation: artifactOf(0, report)}} : locationOf(first, report),
    ],
    ...(others.length > 0 && {
      relatedLocations: others.map((evidence, index) => ({
        id: index + 1,
        ...locationOf(evidence, report),
        message: {text: message(evidence.text)},
      })),
    }),
    partialFingerprints: {'whyboot/v1': cause.fingerprint},
    ...(cause.ignored === true && {
      suppressions: [{kind: 'external', status: 'accepted', justification: 'A known failure: --ignore names it.'}],
    }),
    properties: {
      boot: boot.index,
      outcome: boot.outcome,
      severity: cause.severity,
      confidence: cause.confidence,
      phase: cause.phase,
      unit: cause.unit,
      effects: cause.effects.map(({title, count}) => ({title, count})),
      fix: cause.fix,
    },
  };
}

function ruleIdOf({rule, fingerprint}: Cause): string {
  return rule ?? `inferred/${fingerprint.slice(0, fingerprint.indexOf(':'))}`;
}

function locationOf(evidence: Evidence, report: Report): object {
  const {line, text, source = 0, kind} = evidence;
  const artifactLocation = artifactOf(source, report);
  if (kind !== 'entry') return {physicalLocation: {artifactLocation, region: {startLine: line, snippet: {text}}}};
  return {
    physicalLocation: {artifactLocation},
    logicalLocations: [
      {name: text, fullyQualifiedName: `${sourcesOf(report)[source]?.name}#${line}`, kind: 'journal entry'},
    ],
  };
}

function artifactOf(index: number, report: Report): object {
  return {uri: uriOf(sourcesOf(report)[index]?.name ?? '-'), index};
}

function sourcesOf({source, sources}: Report): readonly Source[] {
  return sources ?? [source];
}

/** A path as a URI, relative where the path is. */
function uriOf(name: string): string {
  if (name === '-') return 'stdin';
  const path = name.split('/').map(encodeURIComponent).join('/');
  return name.startsWith('/') ? `file://${path}` : path;
}

/** In messages, {0} and [text](1) mean something: sections 3.11.5 and 3.11.6. */
function message(text: string): string {
  const plain = text.includes('](') ? text.replace(/[\\[\]]/g, '\\$&') : text;
  return plain.replace(/\{(\d+)\}/g, '{{$1}}');
}

/** What a reader must know of how the log was read, and boots of which nothing can be said. */
function notificationsOf({boots, source}: Report): object[] {
  const unknown = boots.filter(({outcome, rootCauses}) => outcome === 'incomplete' && rootCauses.length === 0);
  return [
    ...(boots.length === 0 ? [{level: 'warning', message: {text: 'Nothing was read: the log is empty.'}}] : []),
    ...unknown.map(({verdict}) => ({level: 'warning', message: {text: message(verdict)}})),
    ...(source.notices ?? []).map(text => ({level: 'note', message: {text: message(text)}})),
  ];
}
