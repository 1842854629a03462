/**
 * Units whose description is the same everywhere: where a console, or a log of `StatusUnitFormat=description`, says only
 * `Failed to start Load Kernel Modules.`, they have the name that rules and other lines know them by.
 * From the unit files of systemd 208 to 257, dracut, OSTree, Ignition, OpenZFS and NetworkManager.
 */
const names: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'systemd-modules-load.service': ['Load Kernel Modules'],
    'systemd-sysctl.service': ['Apply Kernel Variables'],
    'systemd-remount-fs.service': ['Remount Root and Kernel File Systems'],
    'systemd-tmpfiles-setup.service': ['Create Volatile Files and Directories', 'Create System Files and Directories'],
    'systemd-tmpfiles-setup-dev.service': ['Create Static Device Nodes in /dev'],
    'systemd-tmpfiles-setup-dev-early.service': ['Create Static Device Nodes in /dev gracefully'],
    'systemd-sysusers.service': ['Create System Users'],
    'systemd-journald.service': ['Journal Service'],
    'systemd-journal-flush.service': ['Flush Journal to Persistent Storage'],
    'systemd-resolved.service': ['Network Name Resolution'],
    'systemd-networkd.service': ['Network Service', 'Network Configuration'],
    'systemd-networkd-wait-online.service': ['Wait for Network to be Configured'],
    'systemd-timesyncd.service': ['Network Time Synchronization'],
    'systemd-logind.service': ['Login Service', 'User Login Management'],
    'systemd-udevd.service': ['udev Kernel Device Manager', 'Rule-based Manager for Device Events and Files'],
    'systemd-udev-settle.service': [
      'udev Wait for Complete Device Initialization',
      'Wait for udev To Complete Device Initialization',
    ],
    'systemd-vconsole-setup.service': ['Setup Virtual Console', 'Virtual Console Setup'],
    'systemd-random-seed.service': ['Load/Save Random Seed', 'Load/Save OS Random Seed'],
    'systemd-machine-id-commit.service': ['Commit a transient machine-id on disk', 'Save Transient machine-id to Disk'],
    'systemd-fsck-root.service': ['File System Check on Root Device'],
    'systemd-repart.service': ['Repartition Root Disk'],
    'initrd-switch-root.service': ['Switch Root'],
    'initrd-parse-etc.service': ['Reload Configuration from the Real Root', 'Mountpoints Configured in the Real Root'],
    'dracut-cmdline.service': ['dracut cmdline hook'],
    'dracut-pre-udev.service': ['dracut pre-udev hook'],
    'dracut-pre-trigger.service': ['dracut pre-trigger hook'],
    'dracut-initqueue.service': ['dracut initqueue hook'],
    'dracut-pre-mount.service': ['dracut pre-mount hook'],
    'dracut-mount.service': ['dracut mount hook'],
    'dracut-pre-pivot.service': ['dracut pre-pivot and cleanup hook'],
    'ostree-prepare-root.service': ['OSTree Prepare OS/'],
    'ostree-remount.service': ['OSTree Remount OS/ Bind Mounts'],
    'ignition-fetch-offline.service': ['Ignition (fetch-offline)'],
    'ignition-fetch.service': ['Ignition (fetch)'],
    'ignition-disks.service': ['Ignition (disks)'],
    'ignition-mount.service': ['Ignition (mount)'],
    'ignition-files.service': ['Ignition (files)'],
    'zfs-import-cache.service': ['Import ZFS pools by cache file'],
    'zfs-import-scan.service': ['Import ZFS pools by device scanning'],
    'zfs-mount.service': ['Mount ZFS filesystems'],
    'NetworkManager.service': ['Network Manager'],
    'NetworkManager-wait-online.service': ['Network Manager Wait Online'],
  }).flatMap(([name, descriptions]) => descriptions.map(description => [description, name] as const)),
);
const cryptsetup = /^Cryptography [Ss]etup for ([\w.:-]+)$/;

/** The name of a unit, by the description that PID 1 prints; null for most. */
export function wellKnownUnit(description: string): string | null {
  const volume = cryptsetup.exec(description)?.[1];
  if (volume !== undefined) return `systemd-cryptsetup@${volume.replaceAll('-', '\\x2d')}.service`;
  return names.get(description) ?? null;
}

/** One of the system's own units, by name. */
export function isWellKnownName(name: string): boolean {
  return [...names.values()].includes(name);
}
