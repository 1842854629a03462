import type {Entry} from '../model/entry.js';
import type {Unit} from '../model/unit.js';
import {looksAbnormal, looksWrong} from './abnormal.js';

/** What the kernel's file systems put before their messages, as their sources have it (`EXT4-fs (sda1): `, `XFS (sda1): `). */
const fileSystem =
  /\b(?:EXT[234]-fs|JBD2|XFS|BTRFS|F2FS-fs|FAT-fs|NTFS(?:-fs)?|ntfs3|exFAT-fs|JFS|REISERFS|NILFS|SQUASHFS|erofs|overlayfs|ISOFS|UDF-fs|hfsplus|bcachefs|CIFS|NFS|ceph|libceph|GFS2|ocfs2|UBIFS|jffs2|9pnet|virtio-?fs)\b/;
/** mount(8): `mount: /srv: wrong fs type, …`. */
const mountTool = /^mount: (?<path>\/[^\s:]*)?/;
/** A mount that failed is told by the lines right before it; few come after. */
const linesBefore = 40;
const linesAfter = 3;

/** Mount units, and those that a console names by a description only. */
export function isMount({name, runs}: Unit): boolean {
  return name.endsWith('.mount') || (runs[0]?.evidence[0]?.text.includes('Failed to mount ') ?? false);
}

/** Whether a raw line, or one of many, may tell why a mount failed. */
export function mayTellOfMount(raw: string): boolean {
  return raw.includes('mount: ') || fileSystem.test(raw);
}

/** Others than the unit's processes say why a mount fails: the kernel's file system, and mount(8) for a unit without a name. */
export function complainsOfMount(entry: Entry, unit: Unit, failedLine: number): boolean {
  const {kernel, identifier, message, line} = entry;
  if (line < failedLine - linesBefore || line > failedLine + linesAfter) return false;
  if (!looksAbnormal(message) && !looksWrong(message)) return false;
  const tool = mountTool.exec(message);
  if (tool !== null) return isAbout(unit, tool.groups?.['path']);
  // A console may show the kernel's lines without stamps.
  return (kernel || identifier === null) && fileSystem.exec(message)?.index === 0;
}

/** A description often has the path in it. */
function isAbout({name, description}: Unit, path: string | undefined): boolean {
  const words = description ?? name;
  return path === undefined || !words.includes('/') || words.includes(path);
}
