/** What a program of the initrd repeats up to the end of a capture: the boot hangs there, as far as one can tell. */
import {describe, expect, test} from 'vitest';
import {at, begun, initrd, kernelStart, pid1, switchRoot} from '../boots.js';
import {bootOf} from '../log.js';

const hook = (seconds: number, message: string): string => at(seconds, `dracut-initqueue[420]: ${message}`);
const notReady = [10, 26, 42].map(seconds => hook(seconds, `WARN: readyForMount=false ready=0 after=${seconds}`));

describe('words that are repeated at the end of an unfinished boot', () => {
  test('are what the boot waits for', async () => {
    const boot = await bootOf([...kernelStart(), ...initrd, ...notReady, hook(50, '2 servers are asked')]);
    expect(boot).toMatchObject({outcome: 'hang', waitingFor: [expect.stringContaining('readyForMount=false')]});
    expect(boot.rootCauses).toMatchObject([{rule: null, unit: null, confidence: 'guess'}]);
    expect(boot.rootCauses[0]?.title).toContain('readyForMount=false');
  });

  test('count in a capture that shows nothing but a hook of dracut', async () => {
    expect(await bootOf(notReady)).toMatchObject({outcome: 'hang'});
  });

  test('count only when they are repeated', async () => {
    const boot = await bootOf([...kernelStart(), ...initrd, hook(10, 'Waiting for the server'), hook(11, 'Found it')]);
    expect(boot).toMatchObject({rootCauses: [], waitingFor: []});
  });

  test('are over when more follows', async () => {
    const more = [50, 51, 52, 53].map(seconds => hook(seconds, `mounted layer${seconds}`));
    expect(await bootOf([...kernelStart(), ...initrd, ...notReady, ...more])).toMatchObject({rootCauses: []});
  });

  test('of a program of the real root say nothing of the boot', async () => {
    const retries = [30, 31, 32].map(seconds => at(seconds, 'app[300]: peer not ready, retrying'));
    const lines = [...kernelStart(), ...initrd, ...switchRoot, pid1(20, 'Started app.service - App.'), ...retries];
    expect(await bootOf(lines)).toMatchObject({outcome: 'healthy', rootCauses: []});
  });

  test('do not hide a job that PID 1 waits for', async () => {
    const boot = await bootOf([...begun, ...notReady, '[***   ] Job dev-vdb.device/start running (5s / 1min 30s)']);
    expect(boot.waitingFor).toEqual(['dev-vdb.device']);
  });
});
