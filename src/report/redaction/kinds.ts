/** What is hidden: how a report calls it, and what stands in its place, with a number behind it. */
export const kinds = {
  host: 'host name',
  domain: 'domain name',
  user: 'user name',
  ipv4: 'IPv4 address',
  ipv6: 'IPv6 address',
  mac: 'MAC address',
  uuid: 'UUID',
  id: 'machine, boot or invocation id',
  serial: 'serial number',
  email: 'e-mail address',
  wifi: 'Wi-Fi name',
  secret: 'password, token or key',
} as const;

export type Kind = keyof typeof kinds;

const placeholder = new RegExp(`^(?:${Object.keys(kinds).join('|')})(?:-|\\\\x2d)\\d+$`);

/** Something that stands in the place of something hidden. */
export function isPlaceholder(text: string): boolean {
  return placeholder.test(text);
}
