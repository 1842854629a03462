import type {PhaseName} from '../model/report.js';

/** A line that tells how far a boot is. Texts: knowledge of the programs named, read from their sources. */
export interface Marker {
  readonly literal: string;
  /** What else must hold of the message; the literal alone where there is none. */
  readonly text?: RegExp;
  readonly says: MarkerName;
  /** Once this was noted, the literal has nothing more to tell; a mark that needs to be noted but once is settled by itself. */
  readonly settledBy?: MarkerName;
  /** The phase that begins with this line. */
  readonly phase?: PhaseName;
  /** The banner of a loader, by which a machine that begins again is known. */
  readonly isStart?: true;
}

export type MarkerName =
  | 'firmware'
  | 'bootloader'
  | 'kernel-handed-over'
  | 'file-loaded'
  | 'kernel-banner'
  | 'command-line'
  | 'identity'
  | 'kernel-up'
  | 'init-run'
  | 'manager-start'
  | 'in-initrd'
  | 'switch-root'
  | 'target'
  | 'multi-user'
  | 'finished'
  | 'login'
  | 'emergency'
  | 'panic'
  | 'panic-end'
  | 'frozen'
  | 'shutdown'
  | 'shutdown-done'
  | 'separator';

function start(literal: string, says: 'firmware' | 'bootloader', text: RegExp): Marker {
  return {literal, says, phase: says, text, isStart: true};
}

/** What sulogin asks begins a line, or follows what had no line end: not who asks, nor the number of an instruction. */
function asked(words: string): RegExp {
  return new RegExp(`(?<![\\w\\])"'\`|] ?|\\d\\. )${words} for maintenance`);
}

export const markers: readonly Marker[] = [
  {literal: 'SeaBIOS (version', says: 'firmware', phase: 'firmware'},
  {literal: 'BdsDxe: loading', says: 'firmware', phase: 'firmware'},
  {literal: 'BdsDxe: starting', says: 'firmware', phase: 'firmware'},
  {literal: 'BdsDxe: failed', says: 'firmware', phase: 'firmware'},
  {literal: 'Booting from Hard Disk', says: 'firmware', phase: 'firmware'},
  {literal: '>>Start PXE over', says: 'firmware', phase: 'firmware', text: /^>>Start PXE over/},
  {literal: 'iPXE initialising devices', says: 'firmware', phase: 'firmware', text: /^iPXE initialising/},
  {literal: 'UEFI Interactive Shell v', says: 'firmware', phase: 'firmware', text: /^UEFI Interactive Shell v/},
  {literal: 'bootblock starting', says: 'firmware', phase: 'firmware', text: /^coreboot-/},
  {literal: 'verstage starting', says: 'firmware', phase: 'firmware', text: /^coreboot-/},
  {literal: 'romstage starting', says: 'firmware', phase: 'firmware', text: /^coreboot-/},
  {literal: 'ramstage starting', says: 'firmware', phase: 'firmware', text: /^coreboot-/},
  {literal: 'SecStartup', says: 'firmware', phase: 'firmware'},
  {literal: 'UEFI firmware (version ', says: 'firmware', phase: 'firmware', text: /^UEFI firmware \(version /},
  {literal: 'NOTICE:  BL', says: 'firmware', phase: 'firmware', text: /^NOTICE: {2}BL/},
  {literal: 'OpenSBI v0', says: 'firmware', phase: 'firmware', text: /^OpenSBI v/},
  {literal: 'OpenSBI v1', says: 'firmware', phase: 'firmware', text: /^OpenSBI v/},
  {literal: 'OP-TEE version: ', says: 'firmware', phase: 'firmware', text: /^I\/TC: OP-TEE version: /},
  start('Hart Software Services (HSS)', 'firmware', /PolarFire\(R\) SoC Hart Software Services/),
  /** What the makers of processors start with: Amlogic, MediaTek, Rockchip, Allwinner, Marvell, Microchip, Xilinx, Raspberry Pi; and a hypervisor's. */
  start('BL2 Built : ', 'firmware', /^BL2 Built : \d/),
  start('F0: 102B 0000', 'firmware', /^F0: 102B 0000/),
  {literal: '[BLDR] jump to ', says: 'firmware', phase: 'firmware', text: /^\[BLDR\] /},
  {literal: '[BLDR] Build Time', says: 'firmware', phase: 'firmware', text: /^\[BLDR\] /},
  start('DDR Version ', 'firmware', /^DDR Version V?\d/),
  start(', fwver: v', 'firmware', /^DDR [0-9a-f]{10} /),
  start('BOOT0 is starting', 'firmware', /^(?:\[\d+\])?HELLO! BOOT0 is starting/),
  start('BootROM 1.', 'firmware', /^BootROM 1\.\d\d$/),
  start('BootROM - 1.', 'firmware', /^BootROM - 1\.\d\d$/),
  start('AT91Bootstrap ', 'firmware', /^AT91Bootstrap v?\d/),
  start('First Stage Boot Loader', 'firmware', /^(?:Xilinx|Zynq MP) First Stage Boot Loader/),
  start('RPi: BOOTLOADER release', 'firmware', /RPi: BOOTLOADER release/),
  start('RPi: BOOTSYS release', 'firmware', /RPi: BOOTSYS release/),
  start('Booting via PVH Boot', 'firmware', /^Booting via PVH Boot Protocol/),
  start('Booting with PVH Boot', 'firmware', /^Booting with PVH Boot Protocol/),
  start('U-Boot SPL', 'bootloader', /^U-Boot SPL/),
  start('U-Boot TPL', 'bootloader', /^U-Boot TPL/),
  start('U-Boot 1.1', 'bootloader', /^(?:\* {1,9})?U-Boot 1\.1\.\d/),
  start('U-Boot 1.2', 'bootloader', /^U-Boot 1\.2\.\d/),
  start('U-Boot 1.3', 'bootloader', /^U-Boot 1\.3\.\d/),
  start('U-Boot 200', 'bootloader', /^U-Boot 200\d\.\d\d/),
  start('U-Boot 201', 'bootloader', /^U-Boot 20\d\d\.\d\d/),
  start('U-Boot 202', 'bootloader', /^U-Boot 20\d\d\.\d\d/),
  /** Of a tree without a version. */
  start('\nU-Boot  (', 'bootloader', /^U-Boot {2}\(\w{3} \d\d \d{4} - /),
  start('barebox 20', 'bootloader', /^barebox 20\d\d\.\d\d/),
  start('RedBoot(tm) ', 'bootloader', /^RedBoot\(tm\) bootstrap/),
  start('CFE version ', 'bootloader', /^CFE version \d/),
  start('Recovery Environment for Embedded', 'bootloader', /^Boot and Recovery Environment/),
  {literal: 'Hit any key to stop autoboot', says: 'bootloader', phase: 'bootloader'},
  {literal: 'Welcome to GRUB', says: 'bootloader', phase: 'bootloader'},
  {literal: 'GNU GRUB  version', says: 'bootloader', phase: 'bootloader'},
  {literal: 'Loading Linux ', says: 'bootloader', phase: 'bootloader', text: /^Loading Linux /},
  {literal: ' bytes read in ', says: 'file-loaded', text: /^\d+ bytes read in \d/},
  {literal: 'Starting kernel ...', says: 'kernel-handed-over', phase: 'kernel'},
  {
    literal: 'Starting Kernel at = ',
    says: 'kernel-handed-over',
    phase: 'kernel',
    text: /^Starting Kernel at = [0-9a-f]+/,
  },
  {literal: 'EFI stub: ', says: 'kernel-handed-over', phase: 'kernel'},
  {literal: 'Decompressing Linux', says: 'kernel-handed-over', phase: 'kernel'},
  {literal: 'Uncompressing Linux', says: 'kernel-handed-over', phase: 'kernel'},
  {literal: 'Booting Linux on physical CPU', says: 'kernel-handed-over', phase: 'kernel'},
  {literal: 'Linux version ', says: 'kernel-banner', phase: 'kernel', text: /^Linux version \d/},
  {literal: 'ommand line: ', says: 'command-line', phase: 'kernel', text: /^(?:Kernel c|C)ommand line: /},
  {literal: 'setting system clock to ', says: 'identity'},
  {literal: 'audit: type=2000 audit(', says: 'identity', text: /^audit: type=2000 /},
  {literal: 'Freeing unused kernel', says: 'kernel-up', settledBy: 'kernel-up'},
  // Of arm and others before 3.11.
  {literal: 'Freeing init memory', says: 'kernel-up', settledBy: 'kernel-up'},
  {literal: 'as init process', says: 'init-run', text: /^Run \S+ as init process/, settledBy: 'init-run'},
  /** Inits besides systemd. sysvinit, src/init.c; openrc, src/openrc/rc.c; procd, state.c; busybox, init/init.c. */
  {literal: 'INIT: version ', says: 'init-run', phase: 'userspace', text: /^INIT: version \S+ booting/},
  {literal: 'Entering runlevel: ', says: 'init-run', phase: 'userspace', text: /^INIT: Entering runlevel: [1-5S]/},
  {literal: 'INIT: Switching to runlevel: ', says: 'shutdown', phase: 'shutdown', text: /^INIT: \D+: [06]/},
  {literal: ' is starting up ', says: 'init-run', phase: 'userspace', text: /^OpenRC \S+ is starting up /},
  {literal: 'init started: BusyBox', says: 'init-run', text: /^init started: BusyBox/},
  {literal: '- init complete -', says: 'finished', phase: 'userspace', text: /^(?:procd: )?- init complete -/},
  {literal: 'running in system mode', says: 'manager-start', text: /^systemd \S+ running in system mode/},
  {literal: 'Running in initrd', says: 'in-initrd', phase: 'initrd', settledBy: 'in-initrd'},
  {literal: 'Running in initial RAM disk', says: 'in-initrd', phase: 'initrd', settledBy: 'in-initrd'},
  {
    literal: 'Loading, please wait',
    says: 'in-initrd',
    phase: 'initrd',
    text: /^Loading, please wait/,
    settledBy: 'in-initrd',
  },
  {literal: 'Begin: Loading', says: 'in-initrd', phase: 'initrd', text: /^Begin: /, settledBy: 'in-initrd'},
  {literal: 'Begin: Mounting', says: 'in-initrd', phase: 'initrd', text: /^Begin: /, settledBy: 'in-initrd'},
  {literal: 'dracut: dracut-', says: 'in-initrd', phase: 'initrd', settledBy: 'in-initrd'},
  {literal: 'Switching root', says: 'switch-root', phase: 'switch-root', text: /^(?:dracut: )?Switching root\.?/},
  {literal: 'Switch root to', says: 'switch-root', phase: 'switch-root'},
  /** Of all targets those that tell how far a boot is; the others are most of a log. */
  {literal: 'emergency.target', says: 'target', text: /^Reached target /, settledBy: 'emergency'},
  {literal: 'Emergency Mode', says: 'target', text: /^Reached target /, settledBy: 'emergency'},
  {literal: 'rescue.target', says: 'target', text: /^Reached target /, settledBy: 'emergency'},
  {literal: 'Rescue Mode', says: 'target', text: /^Reached target /, settledBy: 'emergency'},
  {literal: 'multi-user.target', says: 'target', text: /^Reached target /, settledBy: 'multi-user'},
  {literal: 'Multi-User', says: 'target', text: /^Reached target /, settledBy: 'multi-user'},
  {literal: 'graphical.target', says: 'target', text: /^Reached target /, settledBy: 'multi-user'},
  {literal: 'Graphical Interface', says: 'target', text: /^Reached target /, settledBy: 'multi-user'},
  {literal: 'shutdown.target', says: 'target', text: /^Reached target /, settledBy: 'shutdown'},
  {literal: 'System Shutdown', says: 'target', text: /^Reached target /, settledBy: 'shutdown'},
  {literal: 'final.target', says: 'target', text: /^Reached target /, settledBy: 'shutdown'},
  {literal: 'umount.target', says: 'target', text: /^Reached target /, settledBy: 'shutdown'},
  {literal: 'Unmount All', says: 'target', text: /^Reached target /, settledBy: 'shutdown'},
  {literal: 'poweroff.target', says: 'target', text: /^Reached target /, settledBy: 'shutdown'},
  {literal: 'reboot.target', says: 'target', text: /^Reached target /, settledBy: 'shutdown'},
  {literal: 'Initrd Root', says: 'target', text: /^Reached target /},
  {literal: 'Initrd Default', says: 'target', text: /^Reached target /},
  {literal: 'initrd.target', says: 'target', text: /^Reached target /},
  {literal: 'initrd-root', says: 'target', text: /^Reached target /},
  {literal: 'initrd-fs.target', says: 'target', text: /^Reached target /},
  {literal: 'Startup finished in ', says: 'finished', text: /^Startup finished in /},
  {
    literal: 'emergency mode',
    says: 'emergency',
    text: /^(?:You are in|Entering|Welcome to) emergency mode/,
  },
  /** As people write it down from a screen. */
  {literal: 'Emergency mode', says: 'emergency', text: /^(?:You are in|Entering|Welcome to) Emergency mode/},
  {literal: 'rescue mode', says: 'emergency', text: /^You are in rescue mode/},
  {literal: 'Give root password for maintenance', says: 'emergency', text: asked('Give root password')},
  // sysvinit, src/sulogin.c.
  {literal: 'Give root password for system maintenance', says: 'emergency'},
  {literal: 'Press Enter for maintenance', says: 'emergency', text: asked('Press Enter')},
  {literal: 'Press enter for maintenance', says: 'emergency', text: asked('Press enter')},
  {literal: 'the root account is locked', says: 'emergency'},
  {
    literal: 'Emergency Shell',
    says: 'emergency',
    text: /^Start(?:ed|ing) (?:(?:dracut-)?emergency\.service - )?(?:Dracut )?Emergency Shell/,
    settledBy: 'emergency',
  },
  {literal: 'Rescue Shell', says: 'emergency', text: /^Start(?:ed|ing) (?:rescue\.service - )?Rescue Shell/},
  {literal: 'dropped into an emergency shell', says: 'emergency'},
  {literal: 'emergency recovery shell launched', says: 'emergency'},
  {literal: 'in stage 1 of the boot process', says: 'emergency', phase: 'initrd', text: /^An error occurred /},
  {literal: 'Dropping you to a shell', says: 'emergency'},
  {literal: 'maintenance shell will now be started', says: 'emergency'},
  {literal: 'Dropping to debug shell', says: 'emergency'},
  {literal: 'Dropping to a shell', says: 'emergency'},
  // initramfs-tools: a shell comes after it, or a panic where panic= is given.
  {literal: 'Gave up waiting for root', says: 'emergency', text: /^Gave up waiting for root (?:file system )?device/},
  {literal: 'Dropping to shell', says: 'emergency'},
  // postmarketos-initramfs.
  {literal: 'Entering debug shell', says: 'emergency', text: /^(?:\[?\w[\w-]{0,15}\]?: )?Entering debug shell$/},
  // The inits of KISS Linux and Void Linux.
  {
    literal: 'starting emergency shell',
    says: 'emergency',
    text: /^(?:=> Init system encountered an error|Cannot continue due to errors above)/,
  },
  // The initramfs of SUSE before dracut, of Slackware, of LibreELEC, and booster's, which starts its shell without a word.
  {literal: 'not found -- exiting to /bin/sh', says: 'emergency'},
  {literal: 'found on rootdev (or not mounted)', says: 'emergency', text: /^ERROR: {1,2}No \//},
  {literal: '### Starting debugging shell', says: 'emergency', text: /^### Starting debugging shell/},
  {
    literal: 'Timeout waiting for root filesystem',
    says: 'emergency',
    text: /^(?:booster: )?Timeout waiting for root f/,
  },
  {literal: 'dropping to initramfs', says: 'emergency'},
  {literal: '(initramfs)', says: 'emergency', text: /^\(initramfs\)/},
  {literal: 'Kernel panic - not syncing', says: 'panic'},
  // Linux before 2.6.10.
  {literal: 'Kernel panic: ', says: 'panic', text: /^Kernel panic: /},
  {literal: 'Rebooting in ', says: 'panic-end', text: /^Rebooting in \d+ seconds/},
  {literal: 'Freezing execution', says: 'frozen'},
  // systemd before 241 says it in one; src/core/main.c. In a container PID 1 ends where a machine's freezes.
  {literal: ', freezing.', says: 'frozen', text: /^Failed to [^:]+, freezing\.$/},
  {literal: 'Exiting PID 1...', says: 'frozen', text: /^Exiting PID 1\.\.\./},
  {literal: 'Starting new kernel', says: 'shutdown-done', phase: 'shutdown', text: /^kexec_core: Starting new kernel/},
  {literal: 'kexec.target', says: 'target', text: /^Reached target /, settledBy: 'shutdown'},
  {literal: 'Syncing filesystems and block devices', says: 'shutdown', phase: 'shutdown'},
  // src/core/main.c of systemd, before it becomes systemd-shutdown; named with its writer, for programs say it too.
  {literal: 'systemd[1]: Shutting down.', says: 'shutdown', phase: 'shutdown', text: /^Shutting down\.$/},
  {literal: 'System is rebooting', says: 'shutdown', phase: 'shutdown'},
  {
    literal: 'The system will ',
    says: 'shutdown',
    phase: 'shutdown',
    text: /^The system will (?:reboot|power off|halt|kexec)/,
  },
  {literal: 'System is powering down', says: 'shutdown', phase: 'shutdown'},
  {literal: 'reboot: Restarting system', says: 'shutdown-done', phase: 'shutdown', text: /^reboot: /},
  {literal: 'reboot: Power down', says: 'shutdown-done', phase: 'shutdown', text: /^reboot: /},
  {literal: 'reboot: System halted', says: 'shutdown-done', phase: 'shutdown', text: /^reboot: /},
  {literal: 'reboot: Power off', says: 'shutdown-done', phase: 'shutdown', text: /^reboot: /},
  ...[...'0123456789abcdef'].map(
    (digit): Marker => ({
      literal: `\n-- Boot ${digit}`,
      says: 'separator',
      text: /^-- Boot [0-9a-f]{32} --/,
    }),
  ),
  {literal: '-- Reboot --', says: 'separator', text: /^-- Reboot --/},
];

/** Of targets' names or descriptions. */
export const multiUser = /\b(?:multi-user\.target|graphical\.target|Multi-User(?: System)?|Graphical Interface)\b/;
export const shutdownTarget =
  /\b(?:shutdown|final|umount|poweroff|reboot|halt|kexec)\.target\b|System (?:Shutdown|Power Off|Reboot)|Unmount All Filesystems|Late Shutdown/;

/** The boot loader came on: next it does what it was set up for, or it got a file that it wants. */
export function tellsOfProgress({literal, says}: Marker): boolean {
  return says === 'file-loaded' || literal === 'Hit any key to stop autoboot';
}

/** The very start of a machine, which no kernel that runs can print; TF-A goes on to speak beside it. */
export function beginsAnew({literal, text}: Marker, {message}: {readonly message: string}): boolean {
  return literal === 'NOTICE:  BL' ? /^NOTICE: {2}BL\d+: v\d/.test(message) : text !== undefined;
}
