/** What explains what: declared follow-ons, roles, severities, order, fingerprints. */
import {describe, expect, test} from 'vitest';
import type {Boot} from '../../src/model/report.js';
import type {Rule} from '../../src/model/rule.js';
import {at, begun, chatter, failure, finished, kernelStart, pid1} from '../boots.js';
import {bootOf, reportOf, rulesOf} from '../log.js';

const cause = (text: string, more = ''): string => `match: [{text: '${text}'}]\n${more}`;

async function diagnosed(rules: Readonly<Record<string, string>>, lines: readonly string[]): Promise<Boot> {
  return bootOf([...begun, ...lines, ...finished], {rules: await rulesOf(rules)});
}

const roots = ({rootCauses}: Boot): (string | null)[] => rootCauses.map(({rule, unit}) => rule ?? unit);
const folded = ({rootCauses}: Boot): string[] => rootCauses.flatMap(({effects}) => effects.map(({title}) => title));
const line = (seconds: number, message: string): string => at(seconds, `app[300]: ${message}`);
/** The same line of the kernel. */
const unitless = (text: string): string => text.replace('app[300]: ', '');

describe('a socket or path unit whose service was started too often', () => {
  const gaveUp = (seconds: number, name: string, result: string): string =>
    pid1(seconds, `${name}: Failed with result '${result}'.`);

  test.each([
    ['app.service', 'app.socket', 'service-start-limit-hit'],
    ['app@1.service', 'app.socket', 'service-start-limit-hit'],
    ['worker.service', 'spool.path', 'unit-start-limit-hit'],
  ])('%s explains %s', async (service, unit, result) => {
    const boot = await diagnosed({}, [
      ...failure(12, service, 'App'),
      pid1(13, `${service}: Start request repeated too quickly.`),
      gaveUp(13.1, service, 'start-limit-hit'),
      gaveUp(13.2, unit, result),
    ]);
    expect(roots(boot)).toEqual([service]);
    expect(folded(boot)).toEqual([expect.stringContaining(unit)]);
  });
});

describe('a unit that was refused because the emergency target was asked for', () => {
  test.each([
    'Failed to start initrd-switch-root.target: Transaction is destructive.',
    "Failed to start initrd-switch-root.target: Transaction for initrd-switch-root.target/start is destructive (emergency.target has 'start' job queued, but 'stop' is included in transaction).",
  ])('follows from what failed first: %s', async refused => {
    const boot = await diagnosed({}, [
      ...failure(12, 'grow.service', 'Grow'),
      at(13, `systemctl[103]: ${refused}`),
      ...failure(13.1, 'initrd-cleanup.service', 'Cleaning Up and Shutting Down Daemons'),
    ]);
    expect(roots(boot)).toEqual(['grow.service']);
  });
});

describe('the audit log', () => {
  const record = (result: string): string =>
    at(
      13,
      `audit: type=1131 audit(1700000000.116:30): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=app comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=${result}'`,
    );

  test('tells of a failure that PID 1 does not tell, which is no more than a notice', async () => {
    const {rootCauses, notices} = await bootOf([...begun, record('failed'), ...finished]);
    expect(rootCauses).toEqual([]);
    expect(notices).toMatchObject([{rule: 'unit/failed-says-audit'}]);
  });

  test('says nothing new where PID 1 speaks', async () => {
    const {rootCauses, notices} = await bootOf([
      ...begun,
      ...failure(12, 'app.service', 'App'),
      record('failed'),
      ...finished,
    ]);
    expect(rootCauses).toMatchObject([{unit: 'app.service'}]);
    expect(notices).toEqual([]);
  });
});

describe('what later matches of a rule capture', () => {
  const log = [
    line(12, 'the device a broke down'),
    line(13, 'the device a broke down: out of paper'),
    line(14, 'the device b broke down: too hot'),
  ];
  const rule = (key: string): string =>
    cause('the device (?<name>\\w+) broke down(?:: (?<why>.+))?', `key: ${key}\nexplain: 'Why: {why|nobody knows}.'`);
  const explanations = ({rootCauses}: Boot): string[] => rootCauses.map(({explanation}) => explanation);

  test('completes a finding of the same key', async () => {
    expect(explanations(await diagnosed({'a/rule': rule('[name]')}, log))).toEqual([
      'Why: out of paper.',
      'Why: too hot.',
    ]);
  });

  test('is not mixed with the first one where nothing says that they are the same', async () => {
    expect(explanations(await diagnosed({'a/rule': rule('[]')}, log))).toEqual(['Why: nobody knows.']);
  });
});

describe('a rule that declares what follows from it', () => {
  const follower = {'a/effect': cause('effect happened')};
  const lines = [line(12, 'the cause happened'), line(13, 'the effect happened')];

  test.each(['a/effect', 'a/*', 'a/eff*', '*'])('explains another rule’s finding, named %s', async name => {
    const boot = await diagnosed({...follower, 'b/cause': cause('cause happened', `explains: ['${name}']`)}, lines);
    expect(roots(boot)).toEqual(['b/cause']);
    expect(folded(boot)).toEqual(['Found a/effect']);
  });

  test('explains only what it names', async () => {
    const boot = await diagnosed({...follower, 'b/cause': cause('cause happened', 'explains: [b/other]')}, lines);
    expect(roots(boot)).toEqual(['b/cause', 'a/effect']);
  });

  test('explains nothing that was over long before it', async () => {
    const boot = await diagnosed({...follower, 'b/cause': cause('cause happened', 'explains: [a/effect]')}, [
      line(12, 'the effect happened'),
      ...chatter(60, 13),
      line(60, 'the cause happened'),
    ]);
    expect(roots(boot)).toEqual(['a/effect', 'b/cause']);
  });

  test('explains what was logged a little before it: order lies', async () => {
    const boot = await diagnosed({...follower, 'b/cause': cause('cause happened', 'explains: [a/effect]')}, [
      line(12.5, 'the effect happened'),
      line(12, 'the cause happened'),
    ]);
    expect(roots(boot)).toEqual(['b/cause']);
  });

  test('explains what was seen again and again up to it', async () => {
    const boot = await diagnosed({...follower, 'b/cause': cause('cause happened', 'explains: [a/effect]')}, [
      line(12, 'the effect happened'),
      ...chatter(60, 13),
      line(59, 'the effect happened'),
      line(60, 'the cause happened'),
    ]);
    expect(roots(boot)).toEqual(['b/cause']);
  });

  test('explains units by their names', async () => {
    const boot = await diagnosed({'b/cause': cause('cause happened', "explains: ['unit:foo-*.service']")}, [
      line(12, 'the cause happened'),
      ...failure(13, 'foo-a.service', 'A'),
      ...failure(14, 'foo-b.service', 'B'),
      ...failure(15, 'bar.service', 'Bar'),
    ]);
    expect(roots(boot)).toEqual(['b/cause', 'bar.service']);
    expect(folded(boot)).toEqual([expect.stringContaining('foo-a.service'), expect.stringContaining('foo-b.service')]);
  });

  test.each([
    ['emergency', [pid1(14, 'Reached target emergency.target - Emergency Mode.')], 'Maintenance shell'],
    ['panic', [at(14, 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000200')], 'Kernel panic'],
    ['hang', [pid1(14, 'Freezing execution.')], 'PID 1 froze'],
  ])('explains how the boot ended: %s', async (outcome, end, title) => {
    const rules = await rulesOf({
      'b/cause': cause('cause happened', `severity: fatal\nexplains: ['outcome:${outcome}']`),
    });
    const boot = await bootOf([...begun, line(12, 'the cause happened'), ...end], {rules});
    expect(roots(boot)).toEqual(['b/cause']);
    expect(folded(boot)).toEqual([title]);
    expect(boot.outcome).toBe(outcome);
  });

  test('explains a chain to its end', async () => {
    const boot = await diagnosed(
      {
        'a/first': cause('first happened', 'explains: [a/second]'),
        'a/second': cause('second happened', 'explains: [a/third]'),
        'a/third': cause('third happened'),
      },
      [line(12, 'the first happened'), line(13, 'the second happened'), line(14, 'the third happened')],
    );
    expect(roots(boot)).toEqual(['a/first']);
    expect(folded(boot)).toEqual(['Found a/second', 'Found a/third']);
  });

  test('and one that is explained by it never explain each other', async () => {
    const boot = await diagnosed(
      {
        'a/first': cause('first happened', 'explains: [a/second]'),
        'a/second': cause('second happened', 'explains: [a/first]'),
      },
      [line(12, 'the first happened'), line(13, 'the second happened')],
    );
    expect(roots(boot)).toHaveLength(1);
    expect(folded(boot)).toHaveLength(1);
  });
});

describe('a unit', () => {
  test('is explained by what a rule knows of its process’s words', async () => {
    const boot = await diagnosed({'a/config': cause('cannot open (?<file>\\S+):')}, [
      pid1(12, 'Starting foo.service - Foo...'),
      at(12.1, 'foo[311]: cannot open /etc/foo.conf: No such file or directory'),
      ...failure(13, 'foo.service', 'Foo'),
    ]);
    expect(roots(boot)).toEqual(['a/config']);
    expect(boot.rootCauses[0]).toMatchObject({unit: 'foo.service', effects: [{unit: 'foo.service', count: 1}]});
  });

  test('is explained by a rule that captures its name', async () => {
    const boot = await diagnosed(
      {'a/exec': cause('(?<unit>\\S+\\.service): Failed to locate executable', 'key: [unit]')},
      [
        at(12.1, '(foo)[311]: foo.service: Failed to locate executable /opt/foo: No such file or directory'),
        ...failure(13, 'foo.service', 'Foo', '203/EXEC'),
      ],
    );
    expect(roots(boot)).toEqual(['a/exec']);
  });

  test('is not explained by what another unit said', async () => {
    const boot = await diagnosed({'a/config': cause('cannot open (?<file>\\S+):')}, [
      pid1(12, 'Starting foo.service - Foo...'),
      at(12.1, 'barkeeper[290]: cannot open /etc/bar.conf: No such file or directory'),
      at(12.2, 'foo[311]: giving up for good'),
      ...failure(13, 'foo.service', 'Foo'),
    ]);
    expect(roots(boot)).toEqual(['a/config', 'foo.service']);
  });

  test('has the first error of its first run for a cause, whatever its later runs say', async () => {
    const run = (seconds: number, said: string, counter: number): string[] => [
      pid1(seconds, 'Starting foo.service - Foo...'),
      at(seconds + 0.1, `foo[${300 + counter}]: ${said}`),
      ...failure(seconds + 0.2, 'foo.service', 'Foo'),
      pid1(seconds + 0.5, `foo.service: Scheduled restart job, restart counter is at ${counter}.`),
    ];
    const boot = await diagnosed(
      {'a/real': cause('the disk is missing'), 'a/leftover': cause('file exists already', 'severity: fatal')},
      [
        ...run(12, 'the disk is missing', 1),
        ...run(13, 'file exists already', 2),
        ...run(14, 'file exists already', 3),
        pid1(15, 'foo.service: Start request repeated too quickly.'),
      ],
    );
    expect(roots(boot)).toEqual(['a/real']);
    expect(boot.rootCauses[0]?.effects).toMatchObject([{unit: 'foo.service'}, {title: 'Found a/leftover', count: 2}]);
  });
});

describe('the role of a rule', () => {
  const lines = [line(12, 'the symptom happened'), line(13, 'the cause happened')];

  test('symptom: it is folded under what declares it', async () => {
    const boot = await diagnosed(
      {
        'a/symptom': cause('symptom happened', 'role: symptom'),
        'b/cause': cause('cause happened', 'explains: [a/symptom]'),
      },
      lines,
    );
    expect(roots(boot)).toEqual(['b/cause']);
  });

  test('symptom: it is a root cause where nothing explains it, and then not a certain one', async () => {
    const boot = await diagnosed({'a/symptom': cause('symptom happened', 'role: symptom')}, lines);
    expect(boot.rootCauses).toMatchObject([{rule: 'a/symptom', confidence: 'likely'}]);
  });

  test('symptom: it stands behind causes', async () => {
    const boot = await diagnosed(
      {'a/symptom': cause('symptom happened', 'role: symptom\nseverity: fatal'), 'b/cause': cause('cause happened')},
      lines,
    );
    expect(roots(boot)).toEqual(['b/cause', 'a/symptom']);
  });

  test('noise: it is never shown', async () => {
    const boot = await diagnosed({'a/noise': cause('symptom happened', 'role: noise')}, lines);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: [], notices: []});
  });

  test('noise: a line that is harmless is no cause, whoever else knows it', async () => {
    const boot = await diagnosed(
      {'a/noise': cause('the cause happened', 'role: noise'), 'b/cause': cause('cause happened')},
      lines,
    );
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: [], notices: []});
  });

  test('fact: it is never shown', async () => {
    const boot = await diagnosed({'a/fact': cause('cause happened', 'role: fact')}, lines);
    expect(boot).toMatchObject({outcome: 'healthy', rootCauses: [], notices: []});
  });

  test('fact: it counts for conditions, even on a harmless line', async () => {
    const boot = await diagnosed(
      {
        'a/noise': cause('the cause happened', 'role: noise'),
        'a/fact': cause('cause happened', 'role: fact'),
        'b/cause': cause('symptom happened', 'when: {seen: [a/fact]}'),
      },
      lines,
    );
    expect(roots(boot)).toEqual(['b/cause']);
  });
});

describe('severity', () => {
  test.each([
    ['error', ['b/cause'], []],
    ['fatal', ['b/cause'], []],
    ['warning', [], ['b/cause']],
    ['info', [], ['b/cause']],
  ])('%s', async (severity, causes, notices) => {
    const boot = await diagnosed({'b/cause': cause('cause happened', `severity: ${severity}`)}, [
      line(12, 'the cause happened'),
    ]);
    expect({causes: roots(boot), notices: boot.notices.map(({rule}) => rule)}).toEqual({causes, notices});
    expect(boot.outcome).toBe(causes.length > 0 ? 'degraded' : 'healthy');
  });

  test('a warning that broke a unit is a root cause', async () => {
    const boot = await diagnosed(
      {'b/cause': cause('cause happened', "severity: warning\nexplains: ['unit:foo.service']")},
      [line(12, 'the cause happened'), ...failure(13, 'foo.service', 'Foo')],
    );
    expect(boot.rootCauses).toMatchObject([{rule: 'b/cause', severity: 'warning'}]);
  });

  test('a word of information that a unit said before it failed explains nothing', async () => {
    const boot = await diagnosed({'b/info': cause('cause happened', 'severity: info')}, [
      pid1(12, 'Starting foo.service - Foo...'),
      at(12.1, 'foo[311]: the cause happened'),
      ...failure(13, 'foo.service', 'Foo'),
    ]);
    expect(roots(boot)).toEqual(['foo.service']);
  });
});

describe('order', () => {
  test('is by severity, then by time', async () => {
    const boot = await diagnosed(
      {
        'a/late': cause('late happened'),
        'a/early': cause('early happened'),
        'a/fatal': cause('fatal happened', 'severity: fatal'),
      },
      [
        line(12, 'the early happened'),
        ...chatter(50),
        line(13, 'the late happened'),
        ...chatter(50, 13),
        line(14, 'the fatal happened'),
      ],
    );
    expect(roots(boot)).toEqual(['a/fatal', 'a/early', 'a/late']);
  });

  test('a report of the kernel stands before what a driver says in passing', async () => {
    const driver = {'kernel/driver': cause('acme probe failed with', 'severity: warning')};
    const report = {'kernel/warning': 'severity: warning\nmatch: [{block: [warning]}]'};
    const boot = await diagnosed({...driver, ...report}, [
      at(12, 'acme probe failed with error -5'),
      at(13, 'WARNING: CPU: 1 PID: 300 at drivers/acme/acme.c:12 acme_start+0x10/0x20 [acme]'),
      at(13, 'Call Trace:'),
      at(13, ' acme_probe+0x10/0x20 [acme]'),
      at(13, '---[ end trace 0000000000000000 ]---'),
    ]);
    expect(boot.notices.map(({rule}) => rule)).toEqual(['kernel/warning', 'kernel/driver']);
  });

  test('what led to the end comes first, and what failed beside it is a notice', async () => {
    const rules = await rulesOf({
      'a/beside': cause('beside happened'),
      'b/cause': cause('cause happened', "severity: fatal\nexplains: ['outcome:panic']"),
    });
    const boot = await bootOf(
      [
        ...kernelStart(),
        line(3, 'the beside happened'),
        line(4, 'the cause happened'),
        at(5, 'Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000200'),
      ],
      {rules},
    );
    expect(roots(boot)).toEqual(['b/cause']);
    expect(boot.notices.map(({rule}) => rule)).toEqual(['a/beside']);
  });
});

describe('what happens to one device', () => {
  const rules = {
    'storage/disk': cause('disk (?<device>\\w+) cannot be read', 'key: [device]'),
    'filesystem/log': cause('log on (?<device>\\w+) not replayed', 'key: [device]'),
    'filesystem/mount': cause('mounting /dev/(?<device>\\w+) refused', 'key: [device]'),
    'storage/slow': cause('disk (?<device>\\w+) is slower than it was', 'severity: warning\nkey: [device]'),
  };

  test('is explained by the first error there', async () => {
    const boot = await diagnosed(
      rules,
      [
        line(12, 'disk sda1 cannot be read'),
        line(13, 'log on sda1 not replayed'),
        line(14, 'mounting /dev/sda1 refused'),
      ].map(unitless),
    );
    expect(roots(boot)).toEqual(['storage/disk']);
    expect(folded(boot)).toEqual(['Found filesystem/log', 'Found filesystem/mount']);
  });

  test('is not explained by what happens to another', async () => {
    const lines = [line(12, 'disk sda1 cannot be read'), line(13, 'log on sdb1 not replayed')].map(unitless);
    expect(roots(await diagnosed(rules, lines))).toEqual(['storage/disk', 'filesystem/log']);
  });

  test('is not explained by a mere warning', async () => {
    const lines = [line(12, 'disk sda1 is slower than it was'), line(13, 'log on sda1 not replayed')].map(unitless);
    expect(roots(await diagnosed(rules, lines))).toEqual(['filesystem/log']);
  });
});

describe('an excerpt without an end', () => {
  const excerpt = [
    at(12, 'acme 0000:01:00.0: link is up'),
    at(13, 'acme 0000:01:00.0: firmware checksum mismatch'),
    at(14, 'acme 0000:01:00.0: giving up for good'),
  ];

  test('in which no rule knows anything has its first lines that look abnormal as a notice, never as a cause', async () => {
    const boot = await bootOf(excerpt, {rules: []});
    expect(boot).toMatchObject({
      rootCauses: [],
      notices: [{rule: null, confidence: 'guess', evidence: [{line: 2}, {line: 3}]}],
    });
  });

  test('is not searched where a rule knows something', async () => {
    const boot = await bootOf(excerpt, {
      rules: await rulesOf({'a/rule': cause('giving up for good', 'severity: warning')}),
    });
    expect(boot.notices.map(({rule}) => rule)).toEqual(['a/rule']);
  });

  test('is not searched when it is long: of many lines some always look odd', async () => {
    expect((await bootOf([...excerpt, ...chatter(300, 15)], {rules: []})).notices).toEqual([]);
  });

  test('nor is a whole boot', async () => {
    expect((await bootOf([...kernelStart(), ...excerpt], {rules: []})).notices).toEqual([]);
  });

  test('begins with its abnormal lines where only a symptom is known, as a guess', async () => {
    const rules = await rulesOf({'a/rule': cause('giving up for good', 'role: symptom\nseverity: fatal')});
    const {rootCauses} = await bootOf(excerpt, {rules});
    expect(rootCauses).toMatchObject([{rule: 'a/rule', confidence: 'guess', evidence: [{line: 2}, {line: 3}]}]);
  });

  test('does not where the cause is known, nor with lines that rules know', async () => {
    const symptom = {'a/rule': cause('giving up for good', 'role: symptom\nseverity: fatal')};
    const known = {...symptom, 'a/other': cause('checksum mismatch', 'severity: warning')};
    const leads = async (rules: Readonly<Record<string, string>>): Promise<number[][]> =>
      (await bootOf(excerpt, {rules: await rulesOf(rules)})).rootCauses.map(({evidence}) =>
        evidence.map(each => each.line),
      );
    expect(await leads(known)).toEqual([[3]]);
    expect(await leads({'a/rule': cause('giving up for good', 'severity: fatal')})).toEqual([[3]]);
  });
});

describe('findings of one rule', () => {
  const lines = [
    line(12, 'no space left on vda1'),
    line(13, 'no space left on vdb1'),
    line(14, 'no space left on vda1'),
  ];

  test('are one, and the first line tells', async () => {
    const boot = await diagnosed(
      {'a/full': cause('no space left on (?<device>\\w+)', "title: '{device} is full'")},
      lines,
    );
    expect(boot.rootCauses).toMatchObject([
      {title: 'vda1 is full', evidence: [{text: lines[0]}, {text: lines[1]}, {text: lines[2]}]},
    ]);
  });

  test('are told apart by the captures that the rule names', async () => {
    const boot = await diagnosed(
      {'a/broken': cause('the unit (?<what>\\w+) is broken', "title: '{what} is broken'\nkey: [what]")},
      [line(12, 'the unit red is broken'), line(13, 'the unit blue is broken'), line(14, 'the unit red is broken')],
    );
    expect(boot.rootCauses.map(({title, evidence}) => [title, evidence.length])).toEqual([
      ['red is broken', 2],
      ['blue is broken', 1],
    ]);
  });

  test('a thousand of them are few lines of evidence', async () => {
    const boot = await diagnosed(
      {'a/full': cause('no space left on (?<device>\\w+)')},
      Array.from({length: 1000}, (_, index) => line(12 + index / 1e4, `no space left on vda${index}`)),
    );
    expect(boot.rootCauses).toHaveLength(1);
    expect(boot.rootCauses[0]?.evidence.length).toBeLessThanOrEqual(10);
  });
});

describe('fingerprints', () => {
  const rules = (): Promise<readonly Rule[]> =>
    rulesOf({'a/disk': cause('cannot read (?<device>/dev/\\S+) on (?<port>\\S+)', 'key: [device]')});
  const fingerprint = async (
    message: string,
    wrap = (text: string): string => line(12, text),
  ): Promise<string | undefined> => {
    const {boots} = await reportOf([wrap(message)], {rules: await rules()});
    return boots[0]?.rootCauses[0]?.fingerprint;
  };

  test('begin with the rule', async () => {
    expect(await fingerprint('cannot read /dev/sda on port1')).toMatch(/^a\/disk/);
  });

  test.each([
    ['disks', 'cannot read /dev/sda on a', 'cannot read /dev/sdb on a'],
    ['partitions', 'cannot read /dev/sda1 on a', 'cannot read /dev/nvme0n1p3 on a'],
    [
      'ids',
      'cannot read /dev/disk/by-uuid/0a1b2c3d-0000-4000-8000-000000000001 on a',
      'cannot read /dev/disk/by-uuid/ffffffff-1111-4000-8000-000000000002 on a',
    ],
    ['what is no key', 'cannot read /dev/sda on a', 'cannot read /dev/sda on b'],
  ])('are the same for other %s', async (_what, one, other) => {
    expect(await fingerprint(one)).toBe(await fingerprint(other));
  });

  test('are the same in every form', async () => {
    const forms: ((text: string) => string)[] = [
      text => `Nov 22 21:06:35 other-host app[7]: ${text}`,
      text => `2026-11-22T21:06:35+0000 host app[7]: ${text}`,
      text => `[  500.000000] host app[7]: ${text}`,
      text => JSON.stringify({__CURSOR: 'x', SYSLOG_IDENTIFIER: 'app', _PID: '7', MESSAGE: text}),
    ];
    const all = await Promise.all(forms.map(form => fingerprint('cannot read /dev/sda on a', form)));
    expect(new Set([...all, await fingerprint('cannot read /dev/sda on a')]).size).toBe(1);
  });

  test('of a unit that no rule knows are unit and result', async () => {
    const of = async (name: string): Promise<string | undefined> =>
      (await bootOf([...begun, ...failure(12, name, 'X'), ...finished], {rules: []})).rootCauses[0]?.fingerprint;
    expect(await of('foo.service')).toBe('unit:foo.service:exit-code');
    expect(await of('systemd-fsck@dev-sda1.service')).toBe(await of('systemd-fsck@dev-vdb2.service'));
  });
});

describe('what no rule knows', () => {
  test('an end without a cause is told as it is, as a guess', async () => {
    const boot = await bootOf([...kernelStart(), at(3, 'Kernel panic - not syncing: stack is unwell')], {rules: []});
    expect(boot.rootCauses).toMatchObject([
      {rule: null, title: 'The kernel panicked: stack is unwell', severity: 'fatal', confidence: 'guess'},
    ]);
  });

  test('a guess says that it is one and how to see more', async () => {
    const boot = await bootOf([...begun, ...failure(12, 'foo.service', 'Foo'), ...finished], {rules: []});
    expect(boot.rootCauses[0]).toMatchObject({
      confidence: 'guess',
      explanation: expect.stringContaining('no rule knows'),
    });
    expect(boot.rootCauses[0]?.fix.map(({command}) => command)).toContain('journalctl -b -u foo.service');
  });

  test('the verdict names no phase where a quiet console shows only that init runs', async () => {
    const {verdict} = await bootOf([
      '[    0.000000] Linux version 6.1.0-28-amd64 (builder@example.org) #1 SMP',
      '[FAILED] Failed to start foo.service - The Foo.',
    ]);
    expect(verdict).toBe('Something failed: foo.service failed, and the log does not say why.');
  });

  test('the verdict names the first root cause', async () => {
    const boot = await diagnosed({'b/cause': cause('cause happened', 'title: The disk is gone')}, [
      line(12, 'the cause happened'),
    ]);
    expect(boot.verdict).toMatch(/the disk is gone\.$/);
  });
});

describe('a boot loader that hands over, and nothing after it', () => {
  const loader = ['U-Boot 2023.01+dfsg-2 (Jan 10 2023 - 12:00:00 +0000)', 'DRAM:  2 GiB', 'Starting kernel ...', ''];
  const silent = 'The kernel was started, and nothing was heard of it';

  test('is what the log can tell: the capture may have been cut', async () => {
    const boot = await bootOf(loader);
    expect(boot.rootCauses.map(({title}) => title)).toEqual([silent]);
    expect(boot.outcome).toBe('incomplete');
  });

  test('is a hang where the machine begins again', async () => {
    const {boots} = await reportOf([...loader, ...loader, ...kernelStart()]);
    expect(boots[0]?.rootCauses.map(({title}) => title)).toEqual([silent]);
    expect(boots[0]?.outcome).toBe('hang');
    expect(boots[1]?.rootCauses).toEqual([]);
  });

  test('also where only what unpacks the kernel, or the firmware, spoke after it', async () => {
    const unpacked = 'Uncompressing Linux... done, booting the kernel.';
    for (const more of [[unpacked], ['', unpacked], ['I/TC: Secondary CPU 1 initializing']]) {
      const boot = await bootOf([...loader.slice(0, 3), ...more]);
      expect(boot.rootCauses.map(({title}) => title)).toEqual([silent]);
    }
  });

  test('is a notice where an EFI kernel leaves the firmware, for it may print on another console', async () => {
    const boot = await bootOf(['EFI stub: Booting Linux Kernel...', 'EFI stub: Exiting boot services...']);
    expect(roots(boot)).toEqual([]);
    expect(boot.notices.map(({title}) => title)).toEqual([silent]);
  });

  test('is a notice where the capture does not show the loader from its start, or lines were left out', async () => {
    const heads = [[], ['## Flattened Device Tree blob at 88000000'], ['** Unable to read file uEnv.txt **']];
    for (const lines of heads.map(head => [...head, ...loader.slice(2)])) {
      const boot = await bootOf(lines);
      expect(roots(boot)).toEqual([]);
      expect(boot.notices.map(({title}) => title)).toEqual([silent]);
    }
    expect(roots(await bootOf([...loader.slice(0, 2), '...', ...loader.slice(2)]))).toEqual([]);
  });

  test('is no failure where a program speaks, for the kernel may be quiet', async () => {
    expect(roots(await bootOf([...loader, 'Starting syslogd: OK']))).toEqual([]);
  });
});

describe('what a boot loader says on its way', () => {
  const empty = 'Card did not respond to voltage select!';
  const loader = ['U-Boot 2023.01 (Jan 10 2023 - 12:00:00 +0000)', 'DRAM:  2 GiB'];
  const countdown = 'Hit any key to stop autoboot:  0';

  test('is not blamed for what followed once it counted down to the boot', async () => {
    const boot = await bootOf([...loader, empty, countdown, '=> ']);
    expect(roots(boot)).toEqual([]);
    expect(boot).toMatchObject({outcome: 'incomplete', notices: [{rule: 'boot-loader/uboot-no-medium'}]});
  });

  test('nor once it loaded a file', async () => {
    const unknown = '** Unrecognized filesystem type **';
    const boot = await bootOf([...loader, countdown, unknown, '6613844 bytes read in 423 ms (14.9 MiB/s)']);
    expect(roots(boot)).toEqual([]);
    expect(roots(await bootOf([...loader, countdown, '451 bytes read in 4 ms (1 KiB/s)', unknown]))).toEqual([
      'boot-loader/uboot-filesystem-unknown',
    ]);
  });

  test('is where it comes after, and the boot ends there', async () => {
    const boot = await bootOf([
      ...loader,
      empty,
      countdown,
      'mmc0 is current device',
      '** No partition table - mmc 0 **',
    ]);
    expect(roots(boot)).toEqual(['boot-loader/uboot-no-medium']);
    expect(boot.outcome).toBe('hang');
  });
});

describe('a board that begins again before it comes to a kernel', () => {
  const once = [
    'U-Boot SPL 2023.01 (Jan 10 2023 - 12:00:00 +0000)',
    'Trying to boot from MMC1',
    'U-Boot 2023.01 (Jan 10 2023 - 12:00:00 +0000)',
    'DRAM:  2 GiB',
    'WDT:   Started with servicing (60s timeout)',
  ];

  test('is one boot each time; that it does so again and again is the failure', async () => {
    const {boots} = await reportOf([...once, ...once, ...once]);
    expect(boots.map(({outcome}) => outcome)).toEqual(['incomplete', 'reboot', 'incomplete']);
    expect(boots[1]?.rootCauses[0]?.title).toBe(
      'The machine restarted after “WDT:   Started with servicing (60s timeout)”',
    );
    expect(boots[0]?.rootCauses).toEqual([]);
  });

  test('and then does is not blamed for it', async () => {
    const {boots} = await reportOf([...once, 'Environment changed, resetting ...', ...once, ...kernelStart()]);
    expect(boots.flatMap(({rootCauses}) => rootCauses)).toEqual([]);
  });

  test('has the cause that a rule knows each time', async () => {
    const fails = [...once, 'Wrong Image Format for bootm command', 'resetting ...'];
    const {boots} = await reportOf([...fails, ...fails]);
    expect(boots.map(({rootCauses}) => rootCauses.map(({rule}) => rule))).toEqual([
      ['boot-loader/uboot-bad-image'],
      ['boot-loader/uboot-bad-image'],
    ]);
  });

  test('is not one that was asked for its version, nor the loader of another processor', async () => {
    const banner = once[2] as string;
    expect((await reportOf([banner, 'DRAM:  2 GiB', 'Err:   serial', '=> version', banner])).boots).toHaveLength(1);
    const k3 = [...once.slice(0, 2), 'Starting ATF on ARM64 core...', '', ...once.slice(0, 2)];
    expect((await reportOf(k3)).boots).toHaveLength(1);
  });
});

describe('a board that begins again and again', () => {
  const once = [
    'U-Boot 2023.01+dfsg-2 (Jan 10 2023 - 12:00:00 +0000)',
    'Hit any key to stop autoboot:  0',
    'Starting kernel ...',
    '[    0.000000] Booting Linux on physical CPU 0x0',
    '[    0.000000] Linux version 6.6.20 (build@example) #1 SMP',
    '[    0.000000] Kernel command line: root=/dev/mmcblk1p2 rootwait',
    '[    1.900000] fec 2188000.ethernet eth0: registered PHC device 0',
  ];

  test('is one boot each time, also where the kernel did not come to init, and its last line is shown', async () => {
    const {boots} = await reportOf([...once, ...once, ...once]);
    expect(boots.map(({outcome}) => outcome)).toEqual(['reboot', 'reboot', 'incomplete']);
    expect(boots[0]?.rootCauses[0]?.title).toContain('restarted after “[    1.900000] fec');
    expect(boots[2]?.rootCauses).toEqual([]);
  });

  test('has the cause that a rule knows where there is one', async () => {
    const waits = [...once, '[    2.300000] Waiting for root device /dev/mmcblk1p2...'];
    const {boots} = await reportOf([...waits, ...waits]);
    expect(boots.map(({rootCauses}) => rootCauses.map(({rule}) => rule))).toEqual([
      ['kernel/waiting-for-root-device'],
      ['kernel/waiting-for-root-device'],
    ]);
  });
});

test('what U-Boot said right before it stopped itself is the reason, whatever its words', async () => {
  const boot = await bootOf([
    'U-Boot SPL 2023.01+dfsg-2 (Jan 10 2023 - 12:00:00 +0000)',
    'acme: this board is none that I know',
    '### ERROR ### Please RESET the board ###',
  ]);
  expect(boot.outcome).toBe('hang');
  expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('none that I know');
});

test('what went wrong before U-Boot listed its consoles and network did not stop it', async () => {
  const boot = await bootOf([
    'U-Boot SPL 2023.01+dfsg-2 (Jan 10 2023 - 12:00:00 +0000)',
    'ERROR:   Agent 0 Protocol 0x10 Message 0x7: not supported',
    'U-Boot 2023.01+dfsg-2 (Jan 10 2023 - 12:00:00 +0000)',
    'Net:   eth0: ethernet@8000000port@1',
  ]);
  expect([boot.outcome, boot.rootCauses]).toEqual(['incomplete', []]);
});

test('what init said before it gave up leads, what drivers said does not', async () => {
  const boot = await bootOf([
    ...kernelStart(),
    '[    2.000000] acme-wlan 0000:01:00.0: Direct firmware load for acme.bin failed with error -2',
    'acme-init: FATAL: open /dev/mapper/control: No such file or directory',
    '[    2.200000] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100',
  ]);
  expect(boot.outcome).toBe('panic');
  expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('acme-init: FATAL');
});

test('a client that gets no answer is a symptom of the unit that failed, though no rule knows why it did', async () => {
  const rules = await rulesOf({
    'a/no-answer':
      "role: symptom\nseverity: error\nmatch: [{text: 'no answer from acmed at all'}]\nsymptomOf: [acmed.service]",
  });
  const lines = [at(3, 'acmectl[400]: no answer from acmed at all'), ...failure(4, 'acmed.service', 'Acme Daemon')];
  const boot = await bootOf([...begun, ...lines, ...finished], {rules});
  expect(roots(boot)).toEqual(['acmed.service']);
  expect(folded(boot)).toHaveLength(1);
});

test('where a symptom ends the boot in a shell, the abnormal line before it leads', async () => {
  const rules = await rulesOf({
    'a/gave-up':
      "role: symptom\nseverity: fatal\nmatch: [{text: 'the hook gave up at last'}]\nexplains: ['outcome:emergency']",
  });
  const boot = await bootOf(
    [
      ...kernelStart(),
      at(3, 'dracut-pre-mount[200]: /usr/sbin/acme-root: line 12: /bin/acme: No such file or directory'),
      at(4, 'dracut-pre-mount[200]: the hook gave up at last'),
      at(5, 'dracut-pre-mount[200]: Dropping to debug shell.'),
    ],
    {rules},
  );
  expect(boot.outcome).toBe('emergency');
  expect(boot.rootCauses[0]?.rule).toBe('a/gave-up');
  expect(boot.rootCauses[0]?.evidence[0]?.text).toContain('/bin/acme: No such file');
});
