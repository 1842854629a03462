/** What is known by its looks, wherever it stands. */
import {ipv4, ipv6, isIpv4, isIpv6, isMac, mac} from './addresses.js';
import {isPlaceholder} from './kinds.js';
import type {Shape} from './shape.js';

const hyphens = ['-', '\\x2d'];

/** In this order: a token may hold what looks like an address. */
export const shapes: readonly Shape[] = [
  // Credentials in a URL: https://user:password@host/
  {kind: 'secret', near: ['://'], find: /\b[a-z][a-z\d+.-]{1,20}:\/\/([^\s/@'"<>]{1,200})(?=@)/giu},
  // Tokens that say by their beginning what they are: AWS, GitHub, GitLab, Google, Slack, npm, PyPI, Stripe, JWT.
  {
    kind: 'secret',
    near: ['akia', 'asia', 'gh', 'gl', 'aiza', 'xox', 'npm_', 'pypi-', 'k_live', 'k_test', 'sk-', 'eyj'],
    find: /\b(?:(?:AKIA|ASIA)[A-Z\d]{16}|gh[pousr]_\w{20,255}|github_pat_\w{20,255}|gl(?:pat|rt|dt|ptt)-[\w-]{20,64}|AIza[\w-]{35}|xox[abeprs]-[\w-]{10,250}|npm_\w{36}|pypi-[\w-]{16,250}|[sr]k_(?:live|test)_\w{16,128}|sk-[\w-]{20,200}|eyJ[\w-]{8,2000}\.[\w-]{4,4000}(?:\.[\w-]{0,1000})?)/gu,
  },
  // crypt(5); ssh keys and their fingerprints; what a private key or a certificate is made of.
  {kind: 'secret', near: ['$'], find: /(?<![\p{L}\p{N}])\$(?:1|2[abxy]|5|6|7|y|gy)\$[^\s:'"]{8,300}/gu},
  {kind: 'secret', near: ['aaaa'], find: /\bAAAA[A-Za-z\d+/]{20,4000}={0,3}/gu},
  {kind: 'secret', near: ['sha256:'], find: /\bSHA256:([A-Za-z\d+/]{43}=?)/gu},
  {kind: 'secret', near: ['private key-----'], find: /PRIVATE KEY-----([^-]{1,4000})/gu},
  {
    kind: 'secret',
    near: [''],
    find: /(?<![\p{L}\p{N}_+/.-])[A-Za-z\d+][A-Za-z\d+/]{59,4000}={0,2}(?![\p{L}\p{N}_+/.-])/gu,
    holds: isBase64,
  },
  // systemd-cryptenroll(1), recovery keys: eight groups of the letters of modhex.
  {kind: 'secret', near: ['-'], find: /\b[cbdefghijklnrtuv]{8}(?:-[cbdefghijklnrtuv]{8}){7}\b/gu},
  {
    kind: 'email',
    near: ['@'],
    find: /(?<![\p{L}\p{N}_.+%@-])[\w.+%-]{1,64}@(?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24}(?![\p{L}\p{N}_@-])/giu,
    holds: isEmail,
  },
  {
    kind: 'uuid',
    near: hyphens,
    find: /(?<![\p{L}\p{N}])[\da-f]{8}(?:(?:-|\\x2d)[\da-f]{4}){3}(?:-|\\x2d)[\da-f]{12}(?![\p{L}\p{N}])/giu,
  },
  // LVM, mdadm.
  {
    kind: 'uuid',
    near: hyphens,
    find: /(?<![\p{L}\p{N}])[A-Za-z\d]{6}(?:(?:-|\\x2d)[A-Za-z\d]{4}){5}(?:-|\\x2d)[A-Za-z\d]{6}(?![\p{L}\p{N}])/gu,
  },
  {kind: 'uuid', near: [':'], find: /(?<![\p{L}\p{N}:])[\da-f]{8}(?::[\da-f]{8}){3}(?![\p{L}\p{N}:])/giu},
  // The short ones of FAT, NTFS and DOS partitions, where it says that they are UUIDs.
  {
    kind: 'uuid',
    near: ['uuid'],
    find: /uuid(?:=|\/|-|"|'|\\x2d|: ?){1,2}([\dA-F]{4}(?:-|\\x2d)[\dA-F]{4}|[\dA-F]{16}|[\da-f]{8}(?:-|\\x2d)\d\d)(?![\p{L}\p{N}])/giu,
  },
  // Yocto's kernels have a checksum in their name.
  {kind: 'id', near: [''], find: /(?<![\p{L}\p{N}]|yocto-[a-z]{1,20}-)[\da-f]{32}(?![\p{L}\p{N}])/giu},
  {kind: 'mac', near: [':', '-'], find: mac, holds: isMac},
  // Interfaces that are called after it; PXELINUX.
  {kind: 'mac', near: ['enx', 'wlx', 'wwx'], find: /\b(?:enx|wlx|wwx)([\da-f]{12})\b/giu},
  {kind: 'mac', near: ['bootif='], find: /\bBOOTIF=(?:[\da-f]{2}-)?([\da-f]{2}(?:-[\da-f]{2}){5})\b/giu},
  {kind: 'ipv6', near: ['::', ':'], find: ipv6, holds: isIpv6},
  {kind: 'ipv4', near: ['.'], find: ipv4, holds: isIpv4},
  // Hosts of Amazon's cloud are called after their address.
  {kind: 'host', near: ['ip-'], find: /\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b/gu},
];

/** A hash is written in hexadecimal; a path begins with a slash and is mostly small letters. */
function isBase64(found: string): boolean {
  return /[A-Z]/.test(found) && /[a-z]/.test(found) && /\d/.test(found) && !/(?:\/[a-z]+){3}/.test(found);
}

/** An instance of a unit (`getty@tty1.service`) is none, nor a node of a device tree (`mmc@0.blk`). */
function isEmail(found: string): boolean {
  return !isUnitName(found) && !isPlaceholder(found.slice(0, found.indexOf('@'))) && !/@\d{1,2}\.[a-z]+$/i.test(found);
}

export function isUnitName(found: string): boolean {
  return /\.(?:service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/.test(found);
}
