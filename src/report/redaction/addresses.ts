/** Addresses by their shape, and what only looks like one. */

/** Four numbers with dots between, not part of a longer number or of a USB port's path (`1-1.2.3.4`). */
export const ipv4 =
  /(?<![\p{L}\p{N}_.]|\d-|[+~])(?:\d{1,3}\.){3}\d{1,3}(?![\p{L}\p{N}_]|\.\d|-(?:k\b|rc\d|alpha|beta|dev\b|g[\da-f]{7}|\d+\.(?:el|fc|amzn))|\.(?:rpm|deb|so|tar|tgz|ko|img)\b)/gu;

/** What stands before four numbers that are a version. */
const versionBefore =
  /(?:version|(?<![a-z])ver\.?|(?<![a-z])v|(?<![a-z])rev(?:ision)?|firmware|(?<![a-z])fw|bios|driver|(?<![a-z])pkg|ucode|microcode|package|binutils)[\s:=(["')-]*$/i;

/** Whether four numbers are the address of somebody: no version, mask, loopback or address of everybody. */
export function isIpv4(address: string, before: string): boolean {
  const numbers = address.split('.');
  if (numbers.some(number => Number(number) > 255 || (number.length > 1 && number.startsWith('0')))) return false;
  // Linux 2.6.35.4 and other kernels of its time say so at the end of the line.
  if (/^(?:0|127|255|2\.6)\./.test(address) || address === '169.254.169.254') return false;
  return !versionBefore.test(before.slice(-40));
}

const group = '[\\da-f]{1,4}';
const groups = `${group}(?::${group}){0,6}`;

/** RFC 4291, section 2.2; not a part of a path like `core::fmt`. */
export const ipv6 = new RegExp(
  `(?<![\\p{L}\\p{N}_.]|::)(?:(?:${group}:){7}${group}|(?:${groups})?::(?:(?:${group}:){0,5}(?:\\d{1,3}\\.){3}\\d{1,3}|${groups})?)(?![\\p{L}\\p{N}_]|:[\\p{L}\\p{N}:])`,
  'giu',
);

/** No loopback address, and not without a digit: `dead::beef` may be a name. */
export function isIpv6(address: string): boolean {
  if (/^[:0]*1?$/.test(address) || !/\d/.test(address)) return false;
  return !address.includes('::') || address.split(/::?/).filter(part => part !== '').length < 8;
}

/** Six, eight (EUI-64) or twenty (InfiniBand) bytes; with dashes only where a letter tells it from a date. ATA commands have slashes. */
export const mac =
  /(?<![\p{L}\p{N}_:/-])(?:[\da-f]{2}(?::[\da-f]{2}){5}(?:(?::[\da-f]{2}){2})?(?:(?::[\da-f]{2}){12})?|(?=[\d-]{0,16}[a-f])[\da-f]{2}(?:-[\da-f]{2}){5})(?![\p{L}\p{N}_:/-])/giu;

export function isMac(address: string): boolean {
  return !/^(?:00[:-]?|ff[:-]?)+$/i.test(address);
}
