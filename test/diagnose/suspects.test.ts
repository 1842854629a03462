/** What is shown where no rule knows what led to an end: the lines near it that look abnormal, the first one first. */
import {describe, expect, test} from 'vitest';
import {at, begun, chatter, initrd, kernelStart, pid1} from '../boots.js';
import {bootOf, type Log} from '../log.js';

const shell = ['', 'Press Enter for maintenance', '(or press Control-D to continue):'];

async function evidenceOf(log: Log): Promise<string[]> {
  const {rootCauses} = await bootOf(log, {rules: []});
  expect(rootCauses).toMatchObject([{rule: null, confidence: 'guess'}]);
  return rootCauses[0]?.evidence.map(({text}) => text) ?? [];
}

describe('a shell that no rule explains', () => {
  const [loader, tool, setup, prepare, drop] = [
    at(30, 'dracut-pre-mount[211]: acmectl: cannot read the map of /dev/acme0'),
    at(30.1, 'dracut-pre-mount[210]: acme: error calling acmectl'),
    at(30.2, 'dracut-pre-mount[209]: acme-load failed'),
    at(30.3, 'dracut-pre-mount[208]: Warning: acme-setup failed; dropping to debug'),
    at(30.4, 'dracut-pre-mount[207]: Warning: unable to prepare the image, dropping to debug'),
  ];

  test('begins with the first of the abnormal lines before it, and has the last', async () => {
    const log = [...kernelStart(), ...initrd, loader, tool, setup, prepare, drop, ...shell];
    expect((await evidenceOf(log)).slice(0, 4)).toEqual([loader, tool, setup, drop]);
  });

  test('has nothing of what looks abnormal long before', async () => {
    const odd = at(5, 'acme 0000:01:00.0: firmware checksum mismatch');
    const log = [...kernelStart(), ...initrd, odd, ...chatter(20), drop, ...shell];
    expect((await evidenceOf(log))[0]).toBe(drop);
  });

  test('has what is written after it where nothing looks abnormal before', async () => {
    const log = [...kernelStart(), ...initrd, ...shell, 'acme-files: cannot fetch /etc/acme.conf: bad header'];
    expect((await evidenceOf(log))[0]).toMatch(/cannot fetch/);
  });

  test('has no advice of the initramfs for its reason', async () => {
    const log = [...kernelStart(), at(30, 'acme: the root is not supported'), ' - Missing modules (cat /proc/modules)'];
    expect((await evidenceOf([...log, ...shell]))[0]).toMatch(/not supported/);
  });
});

describe('a mount that failed', () => {
  const failed = (seconds: number): string[] => [
    pid1(seconds, 'data.mount: Mount process exited, code=exited, status=32/n/a'),
    pid1(seconds, "data.mount: Failed with result 'exit-code'."),
    pid1(seconds, 'Failed to mount data.mount - /data.'),
  ];
  const complaint = at(30, 'EXT4-fs (vdb1): failed to replay the journal of another host');

  test('is told by what the kernel says of a file system right before', async () => {
    expect((await evidenceOf([...begun, complaint, ...failed(30.1)]))[0]).toBe(complaint);
  });

  test('is told so on a console that shows status lines only', async () => {
    const log = [
      ...begun,
      complaint,
      '[\u001b[0;1;31mFAILED\u001b[0m] Failed to mount \u001b[0;1;39mdata.mount\u001b[0m - /data.',
    ];
    expect((await evidenceOf([...log, ...chatter(10)]))[0]).toBe(complaint);
  });

  test('is not told by a file system that only says what it does', async () => {
    const harmless = at(30, 'EXT4-fs (vdb2): mounted filesystem with ordered data mode. Quota mode: none.');
    expect((await evidenceOf([...begun, harmless, ...failed(30.1)]))[0]).toMatch(/Mount process exited/);
  });

  test('is not told by what the kernel said long before', async () => {
    expect((await evidenceOf([...begun, complaint, ...chatter(60, 31), ...failed(40)]))[0]).toMatch(
      /Mount process exited/,
    );
  });

  describe('of which a console has the description alone', () => {
    const failed = '[FAILED] Failed to mount Data Directory (/data).';
    const words = (path: string): string =>
      at(30, `mount[411]: mount: ${path}: bad superblock on /dev/vdb1, or other error.`);

    test('is told by what mount(8) says of its path', async () => {
      const log = [...begun, words('/data'), failed, ...chatter(10)];
      expect((await evidenceOf(log))[0]).toBe(words('/data'));
    });

    test('is not told by what mount(8) says of another path', async () => {
      const log = [...begun, words('/srv'), failed, ...chatter(10)];
      expect((await evidenceOf(log))[0]).toBe(failed);
    });

    test('is told by what the kernel says right after', async () => {
      const after = 'EXT4-fs (vdb1): bad geometry: block count 1441 exceeds size of device (1440 blocks)';
      expect((await evidenceOf([...begun, failed, after, ...chatter(10)]))[0]).toBe(after);
    });
  });
});

test('what looks abnormal after a symptom is not shown before it', async () => {
  const {rootCauses} = await bootOf([
    'mount: mounting /proc on /root/proc failed: No such file or directory',
    'init: error while reading from descriptor: bad file descriptor',
    'init: hwclock main process (365) terminated with status 127',
  ]);
  expect(rootCauses).toMatchObject([{rule: 'initramfs-tools/mount-failed'}]);
  expect(rootCauses[0]?.evidence[0]?.line).toBe(1);
});
