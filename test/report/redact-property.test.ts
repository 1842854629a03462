/** Secrets are planted into logs of every form, and must be in no report of any format. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {analyze} from '../../src/analyze.js';
import {formatNamed, formatNames} from '../../src/report/formats.js';
import {createRedactor} from '../../src/report/redact.js';
import {builtinRules} from '../../src/rules/builtin.js';
import {source} from '../log.js';

const rules = builtinRules();

/** What is planted. Names are long enough not to be a part of something else by chance. */
interface Planted {
  readonly host: string;
  readonly user: string;
  readonly ipv4: string;
  readonly ipv6: string;
  readonly mac: string;
  readonly uuid: string;
  readonly id: string;
  readonly serial: string;
  readonly email: string;
  readonly wifi: string;
  readonly password: string;
  readonly token: string;
}

const text = (alphabet: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
  fc.string({unit: fc.constantFrom(...alphabet), minLength, maxLength});
const hex = (length: number): fc.Arbitrary<string> => text('0123456789abcdef', length);
const consonants = 'bcdfghjklmnpqrstvwxz';
const octet = fc.integer({min: 1, max: 254});

const planted: fc.Arbitrary<Planted> = fc.record({
  host: text(consonants, 7, 12),
  user: text(consonants, 7, 12),
  ipv4: fc.tuple(fc.integer({min: 10, max: 99}), octet, octet, octet).map(parts => parts.join('.')),
  ipv6: fc
    .tuple(hex(4), hex(4))
    .map(([a, b]) => `2001:db8:${a.replace(/^0+/, '') || '1'}::${b.replace(/^0+/, '') || '1'}`),
  mac: hex(10).map(digits => `52:${digits.match(/../g)?.join(':')}`),
  uuid: fc.uuid(),
  id: hex(31).map(digits => `a${digits}`),
  serial: text('0123456789ABCDEFGHJKLMNPRSTUVWXYZ', 12).map(serial => `4C${serial}`),
  email: text(consonants, 8).map(name => `${name}@mail.example.org`),
  wifi: text(`${consonants} `, 9, 14).map(name => `Q${name.trim()}q7`),
  password: text(`${consonants}0123456789`, 10).map(password => `x9${password}`),
  token: text(`${consonants}0123456789`, 36).map(token => `ghp_${token}`),
});

/** What a service says that fails: each message is a place in which such a thing stands. */
function messages(secret: Planted): string[] {
  return [
    `error: cannot log in as ${secret.user} to https://${secret.user}:${secret.password}@${secret.ipv4}/x from ${secret.host}`,
    `opening /home/${secret.user}/acme.conf failed, peer [${secret.ipv6}]:443, ${secret.mac}`,
    `password=${secret.password} token ${secret.token} mail ${secret.email}`,
    `UUID=${secret.uuid} /var/log/journal/${secret.id} usb 1-1: SerialNumber: ${secret.serial}`,
    `wlan0: associate with ${secret.mac} (SSID='${secret.wifi}' freq=2412 MHz)`,
    `again ${secret.serial} and ${secret.wifi} on ${secret.host} by ${secret.user} with ${secret.password}`,
  ];
}

interface Line {
  readonly identifier: string;
  readonly pid: number | null;
  readonly unit?: string;
  readonly message: string;
}

function boot(secret: Planted): Line[] {
  const pid1 = (message: string): Line => ({identifier: 'systemd', pid: 1, unit: 'init.scope', message});
  const kernel = (message: string): Line => ({identifier: 'kernel', pid: null, message});
  return [
    kernel(`Linux version 6.1.0-50-cloud-amd64 (${secret.user}@${secret.host}) (gcc-12)`),
    kernel(`Command line: BOOT_IMAGE=/vmlinuz root=UUID=${secret.uuid} ro`),
    pid1(`Hostname set to <${secret.host}>.`),
    pid1('Starting acme.service - Acme...'),
    ...messages(secret).map(message => ({identifier: 'acme', pid: 411, unit: 'acme.service', message})),
    pid1('acme.service: Main process exited, code=exited, status=1/FAILURE'),
    pid1("acme.service: Failed with result 'exit-code'."),
    pid1('Failed to start acme.service - Acme.'),
    pid1(`srv-data.mount: Failed to mount /dev/disk/by-uuid/${secret.uuid}: no such device`),
    pid1('Reached target multi-user.target - Multi-User System.'),
  ];
}

const writer = ({identifier, pid}: Line): string => (pid === null ? identifier : `${identifier}[${pid}]`);

const forms: Readonly<Record<string, (lines: readonly Line[], secret: Planted) => string>> = {
  console: lines =>
    lines
      .map((line, at) => `[    ${at}.000000] ${line.pid === null ? '' : `${writer(line)}: `}${line.message}\n`)
      .join(''),
  short: (lines, {host}) =>
    lines.map((line, at) => `Nov 22 21:05:${10 + at} ${host} ${writer(line)}: ${line.message}\n`).join(''),
  json: (lines, {host, id}) => lines.map((line, at) => `${JSON.stringify(fieldsOf(line, at, host, id))}\n`).join(''),
  export: (lines, {host, id}) =>
    lines
      .map((line, at) =>
        [...Object.entries(fieldsOf(line, at, host, id)).map(([name, value]) => `${name}=${value}`), '', ''].join('\n'),
      )
      .join(''),
};

function fieldsOf({identifier, pid, unit, message}: Line, at: number, host: string, bootId: string): object {
  return {
    __CURSOR: `s=1;i=${at}`,
    __REALTIME_TIMESTAMP: `${1_700_000_000_000_000 + at * 1_000_000}`,
    __MONOTONIC_TIMESTAMP: `${at * 1_000_000}`,
    _BOOT_ID: bootId,
    _HOSTNAME: host,
    _TRANSPORT: pid === null ? 'kernel' : 'journal',
    SYSLOG_IDENTIFIER: identifier,
    ...(pid !== null && {_PID: `${pid}`}),
    ...(unit !== undefined && {_SYSTEMD_UNIT: unit}),
    MESSAGE: message,
  };
}

async function documents(log: string, name: string): Promise<Map<string, string>> {
  const redactor = createRedactor(rules);
  const report = redactor.report(
    await analyze(source(log, undefined, name), {rules, context: 3, hears: redactor.learn}),
  );
  const options = {color: false, width: 100, rules};
  const made = new Map<string, string>();
  for (const each of formatNames) made.set(each, [...(await formatNamed(each).load())(report, options)].join(''));
  return made;
}

test.each(Object.keys(forms))('no secret of a log in the form %s is in a report of any format', async form => {
  await fc.assert(
    fc.asyncProperty(planted, async secret => {
      const log = forms[form]?.(boot(secret), secret) as string;
      const made = await documents(log, `/home/${secret.user}/${secret.host}.log`);
      for (const [format, document] of made) {
        expect(document, format).toContain('acme.service');
        for (const [kind, hidden] of Object.entries(secret))
          expect(
            document.toLowerCase().includes((hidden as string).toLowerCase()),
            `${kind} ${hidden} in ${format}`,
          ).toBe(false);
      }
    }),
    {numRuns: 15},
  );
});
