import type {BootFacts} from '../model/boot.js';
import type {Finding} from '../model/finding.js';
import type {Cause, Confidence, Fix} from '../model/report.js';
import {type Captures, fill} from '../model/rule.js';
import {fillCommand} from './command.js';
import {type Context, holds} from './conditions.js';

const cutOff = 'The log ends inside this report: what would tell more is missing.';

/** Captures as they read in a sentence: without blanks around them and what ends them, and a device unit's name as the path it stands for. */
export function readable(captures: Captures): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name in captures) {
    const text = (captures[name] as string).trim().replace(/[:;,]$/, '');
    if (name === 'device' && /^dev-[^/\s]+$/.test(text)) values[name] = unescapedPath(text);
    else values[name] = text.endsWith('.') && /\s.*\w\.$/.test(text) ? text.slice(0, -1) : text;
  }
  return values;
}

/** systemd.unit(5): `-` stands for `/`, and `\x2d` for the byte of that number. */
function unescapedPath(unit: string): string {
  return `/${unit.replace(/-/g, '/').replace(/\\x([0-9a-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))}`;
}

/** What a rule says of its finding, in words. */
export function explainFinding(
  finding: Finding,
  context: Context,
): Pick<Cause, 'title' | 'explanation' | 'fix' | 'references' | 'confidence'> {
  const {rule} = finding;
  const words = rule.words();
  let known: Record<string, string> | null = null;
  const values = (): Record<string, string> => {
    known ??= valuesOf(finding, context.boot);
    return known;
  };
  const filled = (text: string): string => (text.includes('{') ? fill(text, values()) : text);
  const because = words.because.find(({when}) => holds(when, finding, context));
  const commandOf = (text: string): string => (text.includes('{') ? fillCommand(text, values()) : text);
  const fill1 = (fix: Fix): Fix => ({
    ...fix,
    do: filled(fix.do),
    ...(fix.command === undefined ? {} : {command: commandOf(fix.command)}),
  });
  return {
    title: filled(rule.title),
    explanation: [words.explain, because?.say, finding.report?.truncated === true ? cutOff : undefined]
      .filter(part => part !== undefined && part !== '')
      .map(part => filled(part as string).trim())
      .join(' '),
    fix: [...(because?.fix ?? []), ...words.fix].map(fill1),
    references: words.references,
    confidence: confidenceOf(finding),
  };
}

function confidenceOf({rule, report}: Finding): Confidence {
  if (rule.role === 'symptom' && rule.confidence === 'certain') return 'likely';
  return report?.truncated === true && rule.confidence === 'certain' ? 'likely' : rule.confidence;
}

function valuesOf(finding: Finding, boot: BootFacts): Record<string, string> {
  const values: Record<string, string> = {
    ...argumentsOf(boot),
    ...readable(finding.captures),
    count: String(finding.count),
  };
  const unit = [...finding.units.keys()][0];
  if (unit !== undefined) values['unit'] ??= unit;
  if (boot.kernel !== null) values['kernel'] ??= boot.kernel;
  return values;
}

const argument = /(?<![\w.-])(root|ostree|init)=(\S+)/g;

const argumentsKnown = new WeakMap<BootFacts, Record<string, string>>();

/** The kernel arguments that explanations speak of; of a boot with many findings they are read once. */
function argumentsOf(boot: BootFacts): Record<string, string> {
  const known = argumentsKnown.get(boot);
  if (known !== undefined) return known;
  const values: Record<string, string> = {};
  argumentsKnown.set(boot, values);
  for (const [, name, value] of boot.commandLine?.evidence.text.matchAll(argument) ?? [])
    values[name as string] ??= value as string;
  return values;
}
