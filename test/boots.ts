/** Parts of boots to put together: what a kernel and PID 1 print, in the words of our captures. */

export const release = '6.1.0-50-cloud-amd64';

/** A line of the kernel. */
export function at(seconds: number, message: string): string {
  return `[${seconds.toFixed(6).padStart(12)}] ${message}`;
}

/** A line of PID 1, as journald forwards it to a console. */
export function pid1(seconds: number, message: string): string {
  return at(seconds, `systemd[1]: ${message}`);
}

/** From the banner to the start of the first program. */
export function kernelStart(commandLine = 'root=LABEL=rootfs ro console=ttyS0'): string[] {
  return [
    at(
      0,
      `Linux version ${release} (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0) #1 SMP Debian`,
    ),
    at(0, `Command line: ${commandLine}`),
    at(0.5, 'clocksource: tsc-early: mask: 0xffffffffffffffff'),
    at(1.8, 'Freeing unused kernel image (initmem) memory: 2660K'),
    at(2, 'Run /init as init process'),
  ];
}

export const initrd = [
  pid1(3, 'systemd 252.39-1~deb12u1 running in system mode (+PAM +AUDIT)'),
  pid1(3.1, 'Running in initrd.'),
  pid1(4, 'Reached target initrd-root-device.target - Initrd Root Device.'),
];

export const switchRoot = [
  pid1(6, 'Switching root.'),
  pid1(8, 'systemd 252.39-1~deb12u1 running in system mode (+PAM +AUDIT)'),
];

export const userspace = [
  pid1(9, 'Starting systemd-journald.service - Journal Service...'),
  pid1(9.5, 'Started systemd-journald.service - Journal Service.'),
  pid1(10, 'Reached target local-fs.target - Local File Systems.'),
];

export const finished = [
  pid1(20, 'Reached target multi-user.target - Multi-User System.'),
  pid1(20.5, 'Startup finished in 2s (kernel) + 4s (initrd) + 14s (userspace) = 20s.'),
];

export const shutdown = [
  at(100, 'systemd-logind[300]: System is rebooting.'),
  pid1(101, 'Stopped target multi-user.target - Multi-User System.'),
  pid1(103, 'Reached target shutdown.target - System Shutdown.'),
  at(104, 'systemd-shutdown[1]: Syncing filesystems and block devices.'),
  at(105, 'reboot: Restarting system'),
];

export const healthy: readonly string[] = [...kernelStart(), ...initrd, ...switchRoot, ...userspace, ...finished];
/** Up to where services start; what fails comes after it. */
export const begun: readonly string[] = [...kernelStart(), ...initrd, ...switchRoot, ...userspace];

/** A service that fails, in PID 1's words of systemd 252. */
export function failure(seconds: number, name: string, description: string, status = '1/FAILURE'): string[] {
  return [
    pid1(seconds, `${name}: Main process exited, code=exited, status=${status}`),
    pid1(seconds + 0.01, `${name}: Failed with result 'exit-code'.`),
    pid1(seconds + 0.02, `Failed to start ${name} - ${description}.`),
  ];
}

/** Lines that say nothing to anybody, so that what stands before and after is not close together. */
export function chatter(count: number, seconds = 12): string[] {
  return Array.from({length: count}, (_, index) =>
    at(seconds + index / 1000, `usb 1-4: reset high-speed USB device number ${index} using xhci_hcd`),
  );
}
