import type {Graph, Node} from '../graph.js';

/**
 * A device that never appears is explained by the unit that failed to make it: what unlocks, assembles or activates the
 * layer below, and udev itself.
 */
export function layer(graph: Graph): void {
  for (const maker of graph.units) {
    const name = maker.unit?.name ?? '';
    if (below.test(name)) for (const mount of graph.units) if (mayStandOn(mount, maker)) graph.explain(maker, mount);
    const makes = devicesOf(name, maker.unit?.description ?? '');
    if (makes === null) continue;
    for (const missing of graph.nodes) {
      const device = missingDevice(missing);
      if (device === null || missing.line < (maker.unit?.runs[0]?.failedLine ?? 0)) continue;
      if (makes.test(device) || (isOfRoot(missing) && unlocks.test(name))) graph.explain(maker, missing);
    }
  }
}

const unlocks = /^systemd-(?:crypt|verity)setup@/;
const makers: readonly (readonly [unit: RegExp, devices: RegExp])[] = [
  [/^systemd-udevd?(?:-trigger)?\.service$/, /./],
  [/^(?:lvm2?-|lvm2-pvscan@|blk-availability)/, /^\/dev\/(?:mapper\/|dm-|(?!disk\/|mapper\/|md)[\w.-]+\/)/],
  [/^mdadm?[\w-]*@?/, /^\/dev\/md/],
  [/^multipathd/, /^\/dev\/(?:mapper|disk\/by-id\/dm-)/],
  [/^iscsid?\.service$|^open-iscsi/, /^\/dev\/disk\/by-path\/ip-/],
];

/** What makes file systems to be mounted, of which a mount does not say that it misses them. */
const below =
  /^(?:zfs-import|systemd-(?:crypt|verity)setup@|systemd-makefs@|lvm2?-|lvm2-pvscan@|mdadm|multipathd|iscsi)/;
/** A mount that comes so many lines after is not told to be of the same storage. */
const nearLines = 12;

/** A mount of which nothing was heard but that it failed, right after what it may stand on. */
function mayStandOn(mount: Node, maker: Node): boolean {
  const run = mount.kind === 'unit' ? mount.unit?.runs[0] : undefined;
  const before = maker.unit?.runs[0]?.lastLine;
  if (run === undefined || before === undefined || run.said.length > 0) return false;
  const isMount = /\.mount$|^\/(?!dev\/)/.test(mount.unit?.name ?? '');
  return isMount && run.failedLine > before && run.failedLine - before <= nearLines;
}

/** Which devices a unit makes; null for most units. */
function devicesOf(name: string, description: string): RegExp | null {
  const volume =
    /^systemd-(?:crypt|verity|integrity)setup@(.+)\.service$/.exec(name)?.[1] ??
    /^(?:Crypto?graphy|Integrity Protection|Verity Integrity) [Ss]etup for (\S+)$/i.exec(description || name)?.[1];
  if (volume !== undefined)
    return new RegExp(`^/dev/(?:mapper/|gpt-auto-)${unescaped(volume).replace(/[^\w-]/g, '\\$&')}$`);
  return makers.find(([unit]) => unit.test(name))?.[1] ?? null;
}

/** The name of the device that a node says is missing. */
function missingDevice({kind, finding, unit}: Node): string | null {
  if (kind === 'finding') {
    if (finding === null || !/^(?:root-device|fstab)\/(?:device-)?(?:not-found|source-missing)$/.test(finding.rule.id))
      return null;
    const {device, unit} = finding.captures;
    return pathOf(device ?? unit ?? '');
  }
  return kind === 'unit' && unit !== null ? pathOf(unit.name) : null;
}

function isOfRoot({finding}: Node): boolean {
  return finding?.rule.id === 'root-device/not-found';
}

/** `dev-mapper-vg\x2droot.device` → `/dev/mapper/vg-root`; systemd.unit(5). */
function pathOf(name: string): string | null {
  if (name.startsWith('/dev/')) return name;
  if (!name.startsWith('dev-')) return null;
  return unescaped(`/${name.replace(/\.device$/, '').replaceAll('-', '/')}`);
}

function unescaped(name: string): string {
  return name.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
