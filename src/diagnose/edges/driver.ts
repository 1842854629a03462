import type {Graph, Node} from '../graph.js';

/** Drivers without which a disk never appears; one that crashed while it looked at its hardware brings none. */
const diskDriver =
  /^(?:ahci\w*|libata|[ps]?ata_\w+|ide_\w+|nvme\w*|virtio_(?:blk|scsi|pci|mmio)|xen_blkfront|hv_storvsc|vmw_pvscsi|mpt\w+|megaraid\w*|aacraid|hpsa|cciss|smartpqi|3w_\w+|arcmsr|qla\w+|lpfc|isci|mvsas|pm80\w+|aic\w+|BusLogic|sym53c8xx\w*|s[cd]r?_mod|scsi_mod|usb_storage|uas|[xeou]hci_\w+|sdhci\w*|mmc_\w+|dw_mmc\w*|dm_\w+|md_mod|raid\d+|vmd)$/;
/** What the functions of these begin with, or have in their names, where the driver is no module. */
const diskFunction =
  /^_*(?:ata|pata|ide|virtblk|virtscsi|blkfront|storvsc|pvscsi|mpt\d?sas|mpt(?:base|scsih|spi)|megasas|aac|hpsa|cciss|pqi|arcmsr|qla\w{2,4}|lpfc|isci|mvs|pm8001|aic\w{2,4}|sym53c8xx|scsi|usb_stor|uas|[xeou]hci|dm|md|raid\d+|vmd)_|(?:^|_)(?:mmc|sdhci|mci|ahci|sata|nvme)_|^sd_(?:probe|revalidate|spinup)/;
const missingRoot: ReadonlySet<string> = new Set([
  'root-device/not-found',
  'initramfs-tools/gave-up-waiting',
  'kernel/no-root-filesystem',
  'kernel/waiting-for-root-device',
  'fstab/device-not-found',
]);
const moduleOfLine = /\[(\w{2,64})\](?: SS:ESP \w+:\w+)?\s*$/;
const isCrash = ({finding}: Node): boolean =>
  finding?.report?.kind === 'oops' || finding?.report?.kind === 'bug' || finding?.rule.id === 'kernel/crash-cut-off';

/** So often a card fails that the kernel goes on trying. */
const manyTimes = 3;
const nearLines = 12;

/**
 * The crash of a disk's driver explains the disk that never appeared, and so does a card that the kernel tried again and
 * again to use while the disk was waited for. A transfer that the IOMMU stopped explains the end of the device that asked for it.
 */
export function driver(graph: Graph): void {
  const {findings, explain} = graph;
  const missing = findings.filter(({finding}) => missingRoot.has(finding?.rule.id ?? ''));
  if (missing.length > 0) {
    const crash = findings.find(node => isCrash(node) && isOfDisk(node));
    for (const node of missing) if (crash !== undefined && node.line > crash.line) explain(crash, node);
    for (const node of missing) {
      const card = findings.find(each => isFailingCard(each, node.line));
      if (card !== undefined) explain(card, node);
    }
  }
  for (const node of findings) {
    const rule = node.finding?.rule.id;
    if (rule === 'hardware/dma-fault' || rule === 'hardware/pci-device-unreachable') explainDevice(graph, node);
    if (rule === 'hardware/firmware-file-missing') explainProbe(graph, node);
    if (rule === 'hardware/gpu-hang' || rule === 'hardware/gpu-not-initialized') explainWarning(graph, node);
    if (rule?.startsWith('filesystem/') === true) explainOwnWarning(graph, node);
  }
}

/** A driver that gives up on the device for which it found no firmware. */
function explainProbe({findings, explain}: Graph, missing: Node): void {
  const device = missing.finding?.captures['device'];
  if (device === undefined) return;
  for (const node of findings) {
    const rule = node.finding?.rule.id;
    if (rule !== 'kernel/driver-probe-failed' && rule !== 'hardware/device-without-firmware') continue;
    if (node.finding?.captures['device']?.endsWith(device) && node.line > missing.line) explain(missing, node);
  }
}

const graphics = /^(?:amdgpu|radeon|nouveau|i915|xe|drm\w*|ttm|gpu_sched|panfrost|panthor|lima|msm|vc4|v3d)$/;

/** What a graphics driver said failed explains the warning that it runs into right after. */
function explainWarning({findings, explain}: Graph, failure: Node): void {
  for (const node of findings) {
    const report = node.finding?.report;
    if (report?.kind !== 'warning' || !graphics.test(report.module ?? '')) continue;
    if (report.firstLine > failure.line && report.firstLine - failure.line <= nearLines) explain(failure, node);
  }
}

const fileSystem = /^(?:btrfs|ext4|jbd2|xfs|f2fs|bcachefs|nilfs2|ocfs2|gfs2|reiserfs)$/;
const ofFileSystem = /^_*(btrfs|ext4|jbd2|xfs|f2fs|bch2|nilfs|ocfs2|gfs2|reiserfs)_/;
/** A file system gives its reason right before the warning of itself, as its title, or right after the trace. */
const linesToReason = 3;

function explainOwnWarning({findings, explain}: Graph, reason: Node): void {
  const ends = reason.finding?.lines ?? new Set<number>();
  for (const node of findings) {
    const report = node.finding?.report;
    if (report?.kind !== 'warning') continue;
    if (!fileSystem.test(report.module ?? '') && !ofFileSystem.test(report.function ?? '')) continue;
    for (const line of ends)
      if (line >= report.firstLine - linesToReason && line <= report.lastLine + linesToReason) explain(reason, node);
  }
}

function isOfDisk({finding, evidence}: Node): boolean {
  const module = finding?.report?.module ?? moduleOfLine.exec(evidence[0]?.text ?? '')?.[1] ?? null;
  return module === null ? diskFunction.test(functionOf(finding)) : diskDriver.test(module);
}

function functionOf(finding: Node['finding']): string {
  return finding?.report?.function ?? finding?.captures['function'] ?? '';
}

function isFailingCard({finding}: Node, line: number): boolean {
  if (finding?.rule.id !== 'storage/mmc-card-failed' || finding.count < manyTimes) return false;
  return finding.firstLine < line && finding.lastLine >= line - nearLines;
}

/** The address that DMAR gives, `[04:00.0]`, and that of drivers, `0000:04:00.0`. */
const address = /(?:\b[0-9a-f]{4}:)?\b([0-9a-f]{2}:[0-9a-f]{2}\.[0-7])$/;
const soonUs = 60_000_000;
/** What NVMe drives are called, or disks on them. */
const nvme = /^(?:\/dev\/)?(nvme\d+)(?:(?:c\d+)?n\d+(?:p\d+)?)?$/;

function addressOf({finding}: Node, facts: Graph['facts']): string | undefined {
  const device = finding?.captures['device'] ?? '';
  const drive = nvme.exec(device)?.[1];
  const known = drive === undefined ? undefined : facts.find(({captures}) => captures['drive'] === drive);
  return address.exec(known?.captures['address'] ?? device)?.[1];
}

/** The device may complain before the IOMMU has told what it stopped. */
function explainDevice({findings, facts, explain}: Graph, fault: Node): void {
  const at = addressOf(fault, facts);
  if (at === undefined) return;
  for (const node of findings) {
    const device = addressOf(node, facts);
    if (device !== at || node.line < fault.line - nearLines) continue;
    const isSoon = node.timeUs === null || fault.timeUs === null || node.timeUs - fault.timeUs <= soonUs;
    if (isSoon) explain(fault, node);
  }
}
