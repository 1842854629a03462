/** dracut's report: its sections told apart. fixtures/rdsosreport/make.sh made it with dracut's own script. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {at, kernelStart} from '../boots.js';
import {bootOf, causeOf, reportOf} from '../log.js';

const report = readFileSync(new URL('../fixtures/rdsosreport/report.txt', import.meta.url), 'utf8');
const journal = readFileSync(
  new URL('../../samples/init-missing-dracut/journal.short-monotonic', import.meta.url),
  'utf8',
);
const lines = report.split('\n');
const beforeJournal = lines.findIndex(line => line.includes('Linux version'));
const console = readFileSync(new URL('../../samples/init-missing-dracut/console.log', import.meta.url), 'latin1');

test('the boot is the one of its journal, on the lines of the report', async () => {
  const boot = await bootOf(report);
  const plain = await bootOf(journal);
  expect(boot.outcome).toBe(plain.outcome);
  expect(boot.rootCauses.map(({fingerprint}) => fingerprint)).toEqual(
    plain.rootCauses.map(({fingerprint}) => fingerprint),
  );
  expect(boot.rootCauses[0]?.evidence[0]?.line).toBe((plain.rootCauses[0]?.evidence[0]?.line ?? 0) + beforeJournal);
  expect(boot.units).toHaveLength(plain.units.length);
});

test('what lvm, mount and blkid wrote is no finding', async () => {
  const {rootCauses, notices} = await bootOf(report);
  const shown = [...rootCauses, ...notices].flatMap(({evidence, effects}) => [
    ...evidence,
    ...effects.flatMap(effect => effect.evidence),
  ]);
  expect(shown.filter(({line, text}) => line < beforeJournal && !text.startsWith('BOOT_IMAGE='))).toEqual([]);
});

test('the command line is that of the boot, also where the report has no journal', async () => {
  const start = lines
    .slice(
      0,
      lines.findIndex(line => line.startsWith('+ lvm')),
    )
    .join('\n');
  const {commandLine} = await bootOf(`${start}\n+ dmesg\n${at(3, 'usb 1-4: reset')}\n`);
  expect(commandLine).toMatch(/^BOOT_IMAGE=\S+ root=LABEL=rootfs rw console=ttyS0 init=\/opt\/init-missing/);
});

test('in which sections a line stands is known however it is cut', async () => {
  const [some, every] = [await reportOf(report), await reportOf(report, {everyLine: true})];
  expect(some.boots).toEqual(every.boots);
  expect(every.source.formats).toEqual(['journal-short-monotonic', 'rdsosreport']);
});

test('a report printed at the end of a console changes nothing', async () => {
  const printed = `${console}\n:/# cat /run/initramfs/rdsosreport.txt\n${lines.slice(0, beforeJournal).join('\r\n')}\n`;
  const log = Buffer.from(printed, 'latin1');
  const [cause, plain] = [await causeOf(log), await causeOf(Buffer.from(console, 'latin1'))];
  expect(cause.fingerprint).toBe(plain.fingerprint);
  expect(cause.evidence.slice(0, plain.evidence.length)).toEqual(plain.evidence);
});

test('older reports say cat where newer ones say sed', async () => {
  const older = [
    '+ cat /lib/dracut/dracut-033-572.el7',
    '+ cat /proc/cmdline',
    'root=/dev/mapper/vg0-root ro quiet',
    '+ lvm pvdisplay',
    '  Volume group "vg0" not found',
    '+ journalctl -ab --no-pager -o short-monotonic',
    ...kernelStart(),
  ];
  const {commandLine, rootCauses} = await bootOf(older);
  expect(commandLine).toBe('root=/dev/mapper/vg0-root ro quiet');
  expect(rootCauses).toEqual([]);
});

test('the trace of another script is no report', async () => {
  const trace = ['+ mount /dev/vda2 /data', 'dracut Warning: Volume group "vg0" not found'];
  const {rootCauses, notices} = await bootOf([...kernelStart(), ...trace]);
  const found = [...rootCauses, ...notices].flatMap(({evidence}) => evidence.map(({text}) => text));
  const alone = await bootOf([...kernelStart(), trace[1] as string]);
  expect(found).toEqual(
    [...alone.rootCauses, ...alone.notices].flatMap(({evidence}) => evidence.map(({text}) => text)),
  );
});

test('a report that was cut short does not swallow what follows', async () => {
  const log = [
    ...lines.slice(0, 12),
    ...kernelStart(),
    at(5, 'Kernel panic - not syncing: VFS: Unable to mount root fs'),
  ];
  expect((await bootOf(log)).outcome).toBe('panic');
});
