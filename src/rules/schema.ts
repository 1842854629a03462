import {z} from 'zod';
import {shortestLiteral} from './scanner.js';

/** The rule file format; docs/writing-rules.md says what each part means. */

const phase = z.enum(['firmware', 'bootloader', 'kernel', 'initrd', 'switch-root', 'userspace', 'shutdown']);
const outcome = z.enum(['healthy', 'degraded', 'emergency', 'panic', 'hang', 'reboot', 'incomplete']);
const texts = z.array(z.string().min(1)).min(1);

const condition = z.strictObject({
  phase: z.array(phase).min(1).optional(),
  unit: texts.optional(),
  commandLine: z.strictObject({has: z.string().optional(), lacks: z.string().optional()}).optional(),
  seen: texts.optional(),
  before: texts.optional(),
  absent: texts.optional(),
  outcome: z.array(outcome).min(1).optional(),
});

const fix = z.strictObject({
  do: z.string().min(1),
  command: z.string().min(1).optional(),
  risk: z.enum(['safe', 'caution', 'destructive']),
});

const variant = z.strictObject({
  text: z.string().min(1).optional(),
  identifier: texts.optional(),
  block: texts.optional(),
  program: z.string().optional(),
  literals: z.array(z.string().min(shortestLiteral)).min(1).optional(),
});

const testLine = z.union([
  z.string().min(1),
  z.strictObject({line: z.string().min(1), captures: z.record(z.string(), z.string()).optional()}),
]);

const testBoot = z.strictObject({
  log: z.string().min(1),
  root: z.string().nullable(),
  folds: z.array(z.string()).optional(),
  outcome: outcome.optional(),
});

export const ruleSchema = z.strictObject({
  title: z.string().min(5).max(120),
  severity: z.enum(['fatal', 'error', 'warning', 'info']),
  role: z.enum(['cause', 'symptom', 'noise', 'fact']).default('cause'),
  confidence: z.enum(['certain', 'likely', 'guess']).default('certain'),
  match: z.array(variant).min(1),
  key: z.array(z.string()).default([]),
  when: condition.optional(),
  explains: z.array(z.string()).default([]),
  explain: z.string().default(''),
  because: z
    .array(z.strictObject({when: condition.optional(), say: z.string().min(1), fix: z.array(fix).default([])}))
    .default([]),
  fix: z.array(fix).default([]),
  references: z.array(z.strictObject({title: z.string().min(1), url: z.url()})).default([]),
  tests: z.strictObject({
    match: z.array(testLine).default([]),
    ignore: z.array(testLine).default([]),
    boots: z.array(testBoot).default([]),
  }),
});

export type RuleFile = z.infer<typeof ruleSchema>;
export type TestLine = z.infer<typeof testLine>;
