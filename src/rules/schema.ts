import {z} from 'zod';
import {reportKinds} from '../model/kernel-report.js';
import {shortestLiteral} from './scanner.js';

/**
 * The rule file format. docs/writing-rules.md says in full what each part means; the descriptions here are what editors
 * show, by schema/rule.schema.json.
 */

const phase = z.enum(['firmware', 'bootloader', 'kernel', 'initrd', 'switch-root', 'userspace', 'shutdown']);
const outcome = z.enum(['healthy', 'degraded', 'emergency', 'panic', 'hang', 'reboot', 'incomplete']);
const texts = z.array(z.string().min(1)).min(1);

/** A part with what an editor says about it. */
const about = <T extends z.ZodType>(type: T, description: string): T => type.meta({description}) as T;

const condition = z.strictObject({
  phase: about(z.array(phase).min(1), 'The line stands in one of these phases; unknown passes.').optional(),
  unit: about(texts, "The line's unit matches one of these globs; unknown passes.").optional(),
  captures: about(
    z.record(z.string(), z.string().min(1)),
    'By name: a regular expression that what was captured matches; not captured does not hold.',
  ).optional(),
  commandLine: z
    .strictObject({
      has: about(z.string(), 'The kernel command line is known and matches this expression.').optional(),
      lacks: about(z.string(), 'The kernel command line is known and does not match this expression.').optional(),
    })
    .optional(),
  seen: about(texts, 'One of these rules was found in this boot; * at the end is a wildcard.').optional(),
  before: about(texts, 'One of these rules was found before this line.').optional(),
  absent: about(texts, 'None of these rules was found in this boot.').optional(),
  outcome: about(z.array(outcome).min(1), 'The boot ended so.').optional(),
});

const fix = z.strictObject({
  do: about(z.string().min(1), 'What to do, as a sentence.'),
  command: about(z.string().min(1), 'What to type; what has to be filled in stands in CAPITALS.').optional(),
  risk: about(
    z.enum(['safe', 'caution', 'destructive']),
    'caution: it changes the system; destructive: it can lose data.',
  ),
});

const variant = z.strictObject({
  text: about(
    z.string().min(1),
    'Regular expression (JavaScript) for the message: the line without time, host, `identifier[pid]:` and status. Named groups are the captures.',
  ).optional(),
  identifier: about(texts, 'Programs that write it; `kernel` for kernel lines. An unknown writer passes.').optional(),
  block: about(
    z.array(z.enum(reportKinds)).min(1),
    'Kinds of kernel report; `text` then applies to the title of the report.',
  ).optional(),
  program: about(z.string(), 'Which releases print it; for the reader.').optional(),
  literals: about(
    z.array(z.string().min(shortestLiteral)).min(1),
    'Strings of which every matching message contains one. Only where the check says that they cannot be derived.',
  ).optional(),
});

const testLine = z.union([
  z.string().min(1),
  z.strictObject({
    line: z.string().min(1),
    captures: about(z.record(z.string(), z.string()), 'What the line must capture.').optional(),
  }),
]);

const testBootShape = z.strictObject({
  log: about(z.string().min(1), 'A capture below samples/.').optional(),
  composed: about(
    z.string().min(1),
    'A boot put together from the formats of its messages, where no capture of one can be had.',
  ).optional(),
  root: about(z.string().nullable(), 'The rule that must lead; null for none.'),
  folds: about(z.array(z.string()), 'Rules that must be folded under it.').optional(),
  outcome: outcome.optional(),
});

const testBoot = testBootShape.refine(({log, composed}) => (log === undefined) !== (composed === undefined), {
  error: 'name a capture (log), or put one together (composed)',
});

export const ruleSchema = z.strictObject({
  title: about(
    z.string().min(5).max(120),
    'What is wrong, as a short statement in the present tense. {capture} and {capture|default} are filled in.',
  ),
  severity: about(
    z.enum(['fatal', 'error', 'warning', 'info']),
    'fatal: the boot cannot go on; error: something broke; warning: worth knowing, broke nothing by itself; info.',
  ),
  role: about(
    z.enum(['cause', 'symptom', 'noise', 'fact']),
    "symptom: true, but points away from the cause; noise: harmless; fact: only there for other rules' conditions.",
  ).default('cause'),
  confidence: about(
    z.enum(['certain', 'likely', 'guess']),
    'How sure the explanation is once the text matched.',
  ).default('certain'),
  match: about(z.array(variant).min(1), 'The wordings, any of which matches.'),
  key: about(z.array(z.string()), 'Captures that tell two findings of this rule apart.').default([]),
  when: about(condition, 'Conditions, all of which must hold.').optional(),
  explains: about(
    z.array(z.string()),
    'What follows from this failure: rule ids (* at the end), unit:GLOB, outcome:emergency, outcome:panic, outcome:hang.',
  ).default([]),
  symptomOf: about(
    z.array(z.string()),
    'Of a symptom: units (names or globs) whose failure it only shows; one that failed explains it.',
  ).default([]),
  explain: about(
    z.string(),
    'Two or three plain sentences: what happened, why. {capture} and {capture|default} are filled in.',
  ).default(''),
  because: about(
    z.array(z.strictObject({when: condition.optional(), say: z.string().min(1), fix: z.array(fix).default([])})),
    'Usual causes, the likeliest first; the first whose conditions hold is added to the explanation.',
  ).default([]),
  fix: about(z.array(fix), 'What to do, first things first.').default([]),
  references: about(z.array(z.strictObject({title: z.string().min(1), url: z.url()})), 'Where to read more.').default(
    [],
  ),
  tests: z.strictObject({
    match: about(z.array(testLine), 'Whole lines that the rule must match, as they stand in a log.').default([]),
    ignore: about(z.array(testLine), 'Lines that it must not match, one of them a near miss.').default([]),
    boots: about(z.array(testBoot), 'Whole boots, captured or composed.').default([]),
  }),
});

/** The format as JSON Schema (2020-12), for editors. */
export function ruleJsonSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A rule of whyboot',
    ...z.toJSONSchema(ruleSchema, {io: 'input'}),
  };
}

type Path = readonly (string | number)[];

/** The conditions of a rule, with their places in it. */
export function conditionsOf({when, because}: RuleFile): [Path, RuleFile['when']][] {
  return [
    [['when'], when],
    ...because.map((each, index): [Path, RuleFile['when']] => [['because', index, 'when'], each.when]),
  ];
}

/** The regular expressions in a rule's conditions, with their places. */
export function expressionsIn(rule: RuleFile): [Path, string][] {
  return conditionsOf(rule).flatMap(([path, condition]) =>
    (['commandLine', 'captures'] as const).flatMap(field =>
      Object.entries<string | undefined>(condition?.[field] ?? {}).map(([name, source]): [Path, string] => [
        [...path, field, name],
        source ?? '',
      ]),
    ),
  );
}

export type RuleFile = z.infer<typeof ruleSchema>;
export type TestLine = z.infer<typeof testLine>;
