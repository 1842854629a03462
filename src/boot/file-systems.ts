import type {Entry} from '../model/entry.js';
import type {Unit} from '../model/unit.js';
import {looksAbnormal} from './abnormal.js';

/** What the kernel's file systems put before their messages, as their sources have it (`EXT4-fs (sda1): `, `XFS (sda1): `). */
const fileSystem =
  /\b(?:EXT[234]-fs|JBD2|XFS|BTRFS|F2FS-fs|FAT-fs|NTFS(?:-fs)?|ntfs3|exFAT-fs|JFS|REISERFS|NILFS|SQUASHFS|erofs|overlayfs|ISOFS|UDF-fs|hfsplus|bcachefs|CIFS|NFS|ceph|libceph|GFS2|ocfs2|UBIFS|jffs2|9pnet|virtio-?fs)\b/;
/** A mount that failed is told by the lines right before it. */
const linesBefore = 40;

/** Mount units, and the words by which a console names them. */
export function isMount({name}: Unit): boolean {
  return name.endsWith('.mount') || /^\/(?!dev\/)/.test(name);
}

/** Whether a raw line, or one of many, may be of a file system. */
export function mayBeOfFileSystem(raw: string): boolean {
  return fileSystem.test(raw);
}

/** The kernel says why a mount fails: what a file system complains of shortly before. */
export function complainsOfMount({kernel, identifier, message, line}: Entry, failedLine: number): boolean {
  const isNear = line < failedLine && failedLine - line <= linesBefore;
  // A console may show the kernel's lines without stamps.
  const mayBeKernel = kernel || identifier === null;
  return isNear && mayBeKernel && fileSystem.exec(message)?.index === 0 && looksAbnormal(message);
}
