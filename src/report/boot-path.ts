import type {Boot, PhaseName} from '../model/report.js';

/** A stage of a boot: passed, where the boot ended, where the log ends, or not seen. */
export interface Step {
  readonly name: PhaseName;
  readonly words: string;
  /** What the stage is for. */
  readonly does: string;
  readonly state: 'passed' | 'stopped' | 'open' | 'unseen';
}

const stages: readonly (readonly [name: PhaseName, words: string, does: string])[] = [
  ['firmware', 'firmware', 'sets the hardware up and finds something to boot'],
  ['bootloader', 'boot loader', 'loads the kernel and the initrd'],
  ['kernel', 'kernel', 'starts drivers, unpacks the initrd, runs init'],
  ['initrd', 'initrd', 'finds the root file system and mounts it'],
  ['switch-root', 'switch root', 'makes the root file system the root'],
  ['userspace', 'userspace', 'starts the services of the system'],
];

/** The stages from the first that the log shows; none where it shows none. */
export function bootPath(boot: Boot): readonly Step[] {
  const seen = new Set(boot.phases.map(({name}) => name));
  // Consoles mostly do not show the moment itself.
  if (seen.has('initrd') && seen.has('userspace')) seen.add('switch-root');
  const last = boot.phases.filter(({name}) => name !== 'shutdown').at(-1)?.name;
  const first = stages.findIndex(([name]) => seen.has(name));
  if (first < 0) return [];
  return stages.slice(first).map(([name, words, does]) => ({
    name,
    words,
    does,
    state: !seen.has(name) ? 'unseen' : name === last ? endState(boot) : 'passed',
  }));
}

function endState({outcome}: Boot): Step['state'] {
  if (outcome === 'incomplete') return 'open';
  return outcome === 'healthy' || outcome === 'degraded' ? 'passed' : 'stopped';
}

export const stepMarks: Readonly<Record<Step['state'], string>> = {passed: ' ✓', stopped: ' ✗', open: ' …', unseen: ''};

/** How far it got, in sentences; none where there is nothing to say. */
export function whereItStopped({outcome, stoppedAt, waitingFor}: Boot): readonly string[] {
  if (outcome === 'healthy' || outcome === 'incomplete') return [];
  return [
    ...(stoppedAt === null ? [] : [`It got as far as ${stoppedAt}.`]),
    ...(waitingFor.length === 0 ? [] : [`It was waiting for ${waitingFor.join(', ')}.`]),
  ];
}
