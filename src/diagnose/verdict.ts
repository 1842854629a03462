import type {BootFacts} from '../model/boot.js';
import type {Cause, Outcome, PhaseName} from '../model/report.js';
import {shorten} from './fallback.js';

const where: Readonly<Record<PhaseName | 'unknown', string>> = {
  firmware: 'in the firmware',
  bootloader: 'in the boot loader',
  kernel: 'in the kernel, before init',
  initrd: 'in the initrd',
  'switch-root': 'at the switch to the real root',
  userspace: 'in userspace',
  shutdown: 'at shutdown',
  unknown: '',
};

/** One sentence a person can act on: how the boot ended, and because of what. `later`: what failed long after it. */
export function verdictOf(
  boot: BootFacts,
  outcome: Outcome,
  causes: readonly Cause[],
  later: Cause | null = null,
): string {
  const phase = boot.phases.filter(({name}) => name !== 'shutdown').at(-1)?.name ?? 'unknown';
  // A quiet console or the kernel's log alone may show that init is at work, but not how far it is.
  const isUnsure = phase === 'kernel' && (boot.units.length > 0 || boot.kernelUp);
  const place = where[phase] === '' || isUnsure ? '' : ` ${where[phase]}`;
  const comma = place.includes(',') ? ',' : '';
  const because = causes[0] === undefined ? '' : `: ${uncapital(causes[0])}`;
  switch (outcome) {
    case 'healthy':
      if (boot.finished === null) return 'Nothing failed in what this capture shows.';
      return later === null ? 'The boot is healthy.' : `The boot is healthy. Long after it: ${uncapital(later)}.`;
    case 'degraded':
      if (boot.finished === null && !boot.isWhole) return `This excerpt shows a failure${because}.`;
      if (boot.finished === null) return `Something failed${place}${because}.`;
      return `The system came up, but not whole${because}.`;
    case 'emergency':
      return `The boot stopped${place}${comma} and dropped to a maintenance shell${because}.`;
    case 'panic':
      return `The kernel panicked${place.replace(' in the kernel,', '')}${because}.`;
    case 'hang':
      return `The boot stopped${place}${comma} and hangs${because}.`;
    case 'reboot':
      return `The machine restarted without a shutdown${causes[0] === undefined ? '; the log does not say why' : because}.`;
    case 'incomplete':
      if (causes[0] === undefined && boot.phases.length === 0 && boot.durationUs === null)
        return 'Nothing in these lines tells of a boot, and nothing failed in them that a rule knows.';
      if (causes[0] === undefined && boot.stopsBeforeKernel) return quietInLoader(boot, place);
      if (causes[0] === undefined && boot.phases.length === 0)
        return 'This excerpt shows neither the start nor the end of a boot, and nothing that failed in it.';
      return causes[0] === undefined
        ? `The capture ends too early to tell: ${phase === 'initrd' ? 'it does not leave the initrd' : 'init was never seen'}, and nothing failed before.`
        : `The capture ends early${because}.`;
  }
}

function quietInLoader({lastLines, isFollowed}: BootFacts, place: string): string {
  const said = lastLines.findLast(({text}) => text.trim() !== '');
  const after = said === undefined ? '' : `, after “${shorten(said.text)}”`;
  if (isFollowed) return `The machine began again${after}, before a kernel was started; nothing failed before.`;
  return `The capture ends${place}${after}: no kernel was started, and nothing failed before.`;
}

/** Lower case at the start, unless the first word is a name. */
function uncapital({title, unit}: Cause): string {
  if (unit !== null && title.startsWith(unit)) return title;
  return /^(?:The|An?|No|Not|Nothing|Nobody|Some\w*|One|Two|This|That|There|It|Its|Another|Only|Every\w*|Programs?|Units?|Services?|What|There|Fewer|Memory|Kernel|Network|Process|Module|Host|Signed|Unlocking|Reading|Mounting|Files?|Disks?|Interrupts?|Requests|Data|Flash|Init|Starting) /.test(
    title,
  )
    ? title.charAt(0).toLowerCase() + title.slice(1)
    : title;
}
