/** Every sample in every form it is there in: what truth.json says of the boot is what the report says. */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {
  type AnalyzeOptions,
  analyze,
  type Boot,
  type ByteSource,
  type Cause,
  openSource,
  type Report,
} from '../src/index.js';

interface Truth {
  readonly root_cause_lines: readonly string[];
  readonly follow_on_lines: readonly string[];
  readonly harmless_lines?: readonly string[];
  readonly failed_units: readonly string[];
  readonly root_cause_unit?: string;
  readonly boot_outcome: string;
  readonly boots: number;
  /** False: the console shows at most that the unit failed. */
  readonly root_cause_on_console?: boolean | null;
}

const samples = fileURLToPath(new URL('../samples/', import.meta.url));
const ids = readdirSync(samples, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
const truthOf = (id: string): Truth => JSON.parse(readFileSync(`${samples}${id}/truth.json`, 'utf8')) as Truth;
const formsOf = (id: string): string[] => readdirSync(`${samples}${id}`).filter(file => file !== 'truth.json');
const truths = new Map(ids.map(id => [id, truthOf(id)]));
const all = ids.flatMap(id => formsOf(id).map(form => ({id, form, truth: truths.get(id) as Truth})));
const failing = all.filter(({truth}) => truth.boot_outcome !== 'healthy');
const healthy = all.filter(({truth}) => truth.boot_outcome === 'healthy');

/** What the outcome is where truth.json names another, or tells one for several boots. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  // A panic is a panic, even if the machine restarts; the journal does not live to see it.
  'two-boots/console.log': ['panic', 'healthy'],
  'two-boots/journal.short': ['reboot', 'healthy'],
  'two-boots/journal.json': ['reboot', 'healthy'],
  // A simple service that fails after it was started says so in the journal alone.
  'exec-203/console.log': ['healthy'],
  'start-limit/console.log': ['healthy'],
};

const reports = new Map<string, Promise<Report>>();

async function read(path: string, options?: AnalyzeOptions): Promise<Report> {
  return analyze(await openSource([samples + path], process.stdin), options);
}

/** The report of a form; made once. */
function report(id: string, form: string): Promise<Report> {
  const path = `${id}/${form}`;
  const made = reports.get(path) ?? read(path);
  reports.set(path, made);
  return made;
}

/** The sample's failing boot: the first one. */
async function failingBoot(id: string, form: string): Promise<Boot> {
  return (await report(id, form)).boots[0] as Boot;
}

/** Escape sequences, those that an ellipsis cut short among them, and carriage returns. */
const residue = /\x1b(?:\[[\d;:?]*[A-Za-z]?|[A-Z])|\r/g;
/** Time, host and `identifier[pid]:`, or a status field. */
const head = /^(?:.*\[ *\d+\.\d{6}\] (?:[\w.-]+ (?=\S+: ))?(?:[^\s[\]]+\[\d+\]: |kernel: )?|\[[^\]]*\] )/;

/** What a line of truth.json says, whichever form shows it. The kernel prints its command line twice, in two wordings. */
function messageOf(line: string): string {
  return line
    .replace(residue, '')
    .replace(head, '')
    .replace(/^Kernel command line: /, '')
    .trim();
}

/** The text of a form, the messages alone where the form is structured. */
function textOf(id: string, form: string): string {
  const text = readFileSync(`${samples}${id}/${form}`, 'utf8');
  if (form !== 'journal.json') return text.replace(residue, '');
  const messages = text
    .trim()
    .split('\n')
    .map(line => (JSON.parse(line) as {MESSAGE?: unknown}).MESSAGE);
  return messages.join('\n');
}

const shows = (cause: Cause, lines: readonly string[]): boolean =>
  cause.evidence.some(({text}) => lines.some(line => text.includes(messageOf(line))));

const leadsWith = (cause: Cause, lines: readonly string[]): boolean =>
  lines.some(line => cause.evidence[0]?.text.includes(messageOf(line)));

/** The root cause can be read in this form. */
function holdsRootCause(id: string, form: string): boolean {
  const {root_cause_lines: lines, root_cause_on_console: onConsole} = truths.get(id) as Truth;
  if (form === 'console.log') return onConsole !== false;
  const text = textOf(id, form);
  return lines.some(line => text.includes(messageOf(line)));
}

test('there are failing and healthy boots, and each has its console', () => {
  expect(ids.length).toBeGreaterThanOrEqual(10);
  expect(healthy.length).toBeGreaterThanOrEqual(2);
  for (const id of ids) expect(formsOf(id)).toContain('console.log');
});

describe('outcome', () => {
  test.each(all)('$id/$form', async ({id, form, truth}) => {
    const {boots} = await report(id, form);
    expect(boots.map(({outcome}) => outcome)).toEqual(outcomes[`${id}/${form}`] ?? [truth.boot_outcome]);
    expect(boots).toHaveLength(truth.boots);
  });
});

describe('the first root cause shows the line of the root cause', () => {
  test.each(failing.filter(({id, form}) => holdsRootCause(id, form)))('$id/$form', async ({id, form, truth}) => {
    const [first] = (await failingBoot(id, form)).rootCauses;
    expect(first).toBeDefined();
    expect(shows(first as Cause, truth.root_cause_lines), first?.evidence[0]?.text).toBe(true);
  });
});

describe('one fault, one root cause', () => {
  test.each(failing)('$id/$form', async ({id, form}) => {
    for (const {rootCauses} of (await report(id, form)).boots)
      expect(rootCauses.map(({rule, title}) => rule ?? title).slice(1)).toEqual([]);
  });
});

describe('no consequence is blamed', () => {
  test.each(failing)('$id/$form', async ({id, form, truth}) => {
    for (const cause of (await failingBoot(id, form)).rootCauses) {
      const isBlamed = leadsWith(cause, truth.follow_on_lines) && !shows(cause, truth.root_cause_lines);
      expect(isBlamed, cause.evidence[0]?.text).toBe(false);
    }
  });
});

describe('a form without the line of the root cause is sure of nothing and names nothing else', () => {
  const poorer = failing.filter(({id, form}) => !holdsRootCause(id, form));
  test.each(poorer)('$id/$form', async ({id, form, truth}) => {
    for (const cause of (await failingBoot(id, form)).rootCauses) {
      expect(cause.confidence).not.toBe('certain');
      expect([truth.root_cause_unit, null]).toContain(cause.unit);
    }
  });
});

describe('nothing is blamed in a healthy boot', () => {
  test.each(healthy)('$id/$form', async ({id, form, truth}) => {
    const {boots} = await report(id, form);
    expect(boots.flatMap(({rootCauses}) => rootCauses.map(({title}) => title))).toEqual([]);
    const noticed = boots.flatMap(({notices}) => notices).filter(cause => shows(cause, truth.harmless_lines ?? []));
    expect(noticed.map(({title}) => title)).toEqual([]);
  });
});

describe('all forms that hold the root cause agree on it', () => {
  const several = ids.filter(id => formsOf(id).filter(form => holdsRootCause(id, form)).length > 1);
  test.each(several)('%s', async id => {
    const forms = formsOf(id).filter(form => holdsRootCause(id, form));
    const boots = await Promise.all(forms.map(form => failingBoot(id, form)));
    const blamed = boots.map(({rootCauses: [cause]}) => ({rule: cause?.rule, fingerprint: cause?.fingerprint}));
    for (const each of blamed) expect(each).toEqual(blamed[0]);
  });
});

describe('a read-only root: the kernel command line leads, once, with the services under it', () => {
  const readOnly = all.filter(({id}) => id === 'ostree-readonly' || id === 'readonly-root');
  test.each(readOnly)('$id/$form', async ({id, form, truth}) => {
    const {rootCauses} = await failingBoot(id, form);
    expect(rootCauses.map(({rule}) => rule)).toEqual(['read-only/root-mounted-read-only']);
    const [cause] = rootCauses as [Cause];
    expect(cause.evidence[0]?.text).toMatch(/ommand line: .*\bro\b/);
    expect(cause.effects.map(({unit}) => unit)).toEqual(expect.arrayContaining([...truth.failed_units]));
  });
});

describe('the second boot of two is healthy', () => {
  test.each(all.filter(({id}) => id === 'two-boots'))('$id/$form', async ({id, form}) => {
    const second = (await report(id, form)).boots[1];
    expect(second).toMatchObject({outcome: 'healthy', rootCauses: []});
  });
});

describe('the first of many runs is the cause, what it left behind is folded', () => {
  test.each(all.filter(({id}) => id === 'ostree-ms-move-restart'))('$form', async ({id, form}) => {
    const {rootCauses, units} = await failingBoot(id, form);
    expect(rootCauses).toHaveLength(1);
    const [cause] = rootCauses as [Cause];
    expect(cause).toMatchObject({rule: 'ostree/sysroot-directory-missing', unit: 'ostree-prepare-root.service'});
    expect(cause.evidence[0]?.text).toMatch(/\[208\]: ostree-prepare-root: failed to MS_MOVE/);
    const leftover = cause.effects.filter(({evidence}) => evidence[0]?.text.includes('/sysroot.tmp: File exists'));
    expect(leftover.map(({count}) => count)).toEqual([13]);
    expect(units.find(({name}) => name === 'ostree-prepare-root.service')?.invocations).toBe(14);
  });
});

describe('reading every line gives the report that scanning gives', () => {
  test.each(all)('$id/$form', async ({id, form}) => {
    const everyLine = await read(`${id}/${form}`, {everyLine: true});
    expect(everyLine.boots).toEqual((await report(id, form)).boots);
  });
});

describe('where a read ends makes no difference', () => {
  const chunked = (bytes: Uint8Array, length: number): ByteSource => ({
    name: 'sample',
    parts: [
      {
        name: 'sample',
        async *chunks() {
          for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
        },
      },
    ],
  });
  const small = [
    'initrd-truncated/console.log',
    'ostree-no-usrmerge/console.log',
    'root-uuid-dracut/journal.short',
    'fstab-missing-device/journal.export',
  ];
  test.each(small)('%s', async path => {
    const bytes = readFileSync(samples + path);
    const whole = await analyze(chunked(bytes, bytes.length));
    expect(whole.boots).toHaveLength(1);
    for (const length of [1, 7, 4096]) expect(await analyze(chunked(bytes, length)), `${length}`).toEqual(whole);
  });
});
