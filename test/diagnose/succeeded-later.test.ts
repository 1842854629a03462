/** What fails at first and is tried again, or for which there is another way: the boot that goes on is not broken. */
import {expect, test} from 'vitest';
import {at, initrd, kernelStart, switchRoot, userspace} from '../boots.js';
import {bootOf} from '../log.js';

const up = [...switchRoot, ...userspace];

test.each<[string, readonly string[]]>([
  [
    'Ignition, whose first request came before the network',
    [
      at(4.1, 'ignition[605]: failed to fetch config: resource requires networking'),
      at(4.2, 'ignition[805]: GET https://config.example/x.ign: attempt #1'),
      at(
        4.3,
        'ignition[805]: GET error: Get "https://config.example/x.ign": dial tcp: lookup config.example: no such host',
      ),
      at(4.4, 'ignition[805]: GET https://config.example/x.ign: attempt #2'),
      at(4.5, 'ignition[805]: GET result: OK'),
    ],
  ],
  [
    'an encrypted device that was unlocked over SSH',
    [
      'Nothing to read on input.',
      'cryptsetup: ERROR: root_crypt: cryptsetup failed, bad password or options?',
      'cryptsetup: root_crypt: set up successfully',
      at(5, 'EXT4-fs (dm-0): mounted filesystem with ordered data mode. Quota mode: none.'),
    ],
  ],
])('%s', async (_what, lines) => {
  const {rootCauses, outcome} = await bootOf([...kernelStart(), ...initrd, ...lines, ...up]);
  expect(rootCauses.map(({title}) => title)).toEqual([]);
  expect(outcome).toBe('healthy');
});

test('shim that could not copy its keys goes on where Secure Boot is off', async () => {
  const {rootCauses, outcome} = await bootOf([
    'Could not create MokListRT: Invalid Parameter',
    'Importing MOK states has failed: import_mok_state() failed: Invalid Parameter',
    'Continuing boot since secure mode is disabled',
    'Welcome to GRUB!',
    ...kernelStart(),
    ...initrd,
    ...up,
  ]);
  expect(rootCauses).toEqual([]);
  expect(outcome).toBe('healthy');
});

test('OpenSBI trapped the write that switches the machine off', async () => {
  const {rootCauses} = await bootOf([
    ...kernelStart(),
    ...initrd,
    ...up,
    at(60, 'reboot: Power down'),
    'sbi_trap_error: hart0: trap handler failed (error -2)',
    'sbi_trap_error: hart0: mcause=0x0000000000000007 mtval=0x0000000000100000',
  ]);
  expect(rootCauses).toEqual([]);
});
