/** What is known by what stands around it. */
import type {Shape} from './shape.js';
import {isUnitName} from './shapes.js';

const name = '[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_.-]{0,252}[\\p{L}\\p{N}_])?';
const login = '[\\p{L}_][\\p{L}\\p{N}_.-]{0,62}[\\p{L}\\p{N}_$]';

/** Matches what stands between `before` and `after`, two regular expressions. */
function between(before: string, what: string, after = ''): RegExp {
  const source = `${before}(${what})${after === '' ? '' : `(?=${after})`}`;
  // V8 sees that ^ matches in one place only where it is not asked for more.
  return new RegExp(source, before.startsWith('^') ? 'u' : 'gu');
}

const date = '\\p{L}{3,5}\\.? {1,2}\\d{1,2} \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})? ';
const isoDate = '(?:\\p{L}{2,4}\\.? )?\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\S{0,16} (?:[A-Z+][\\w+-]{1,5} )?';
/** Who wrote a line: `identifier[pid]: `, `identifier: `. */
const writer = ' (?:\\w{3,9}\\.\\w{3,9} )?(?:[\\p{L}(@][^\\s\\[\\]:]{0,63}|\\(\\S{1,40}\\)?)(?:\\[\\d{1,7}\\])?: ?';
const processWriter = ' (?:kernel|[\\p{L}(@][^\\s\\[\\]:]{0,63}\\[\\d{1,7}\\]): ?';

const host = (near: readonly string[], find: RegExp, more: Partial<Shape> = {}): Shape => ({
  kind: 'host',
  near,
  find,
  holds: isHost,
  ...more,
});
const user = (near: readonly string[], find: RegExp, more: Partial<Shape> = {}): Shape => ({
  kind: 'user',
  near,
  find,
  holds: isUser,
  ...more,
});

/** What says that a password, a token or a key follows. */
const secretWords =
  '(?:passw(?:or)?d|passphrase|passcode|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|\\bpsk|\\bpass|\\bpwd|credential|cookie)s?["\']?\\]?';
const nearSecrets = ['pass', 'pwd', 'secret', 'token', 'key', 'psk', 'credential', 'cookie'];

/** What is found in one place is hidden wherever it stands. */
export const places: readonly Shape[] = [
  {
    kind: 'secret',
    near: nearSecrets,
    find: new RegExp(`${secretWords} {0,2}= {0,2}["']?([^\\s"',;&]{1,500})`, 'giu'),
    holds: isSecret,
  },
  {
    kind: 'secret',
    near: nearSecrets,
    find: new RegExp(`${secretWords}: {0,2}["']?([^\\s"',;&]{4,500})`, 'giu'),
    loose: true,
    holds: looksSecret,
  },
  {
    kind: 'secret',
    near: ['set_credential'],
    find: /systemd\.set_credential(?:_binary)?=[\w.@-]{1,64}:(\S{1,2000})/gu,
  },
  {
    kind: 'secret',
    near: ['authorization'],
    find: /\bauthorization["']? {0,2}[:=] {0,2}["']?(?:(?:Bearer|Basic|Token|Digest|Negotiate) )?([\w.~+/=-]{6,2000})/giu,
    holds: found => !/^(?:Bearer|Basic|Token|Digest|Negotiate)$/i.test(found),
  },
  {kind: 'secret', near: ['bearer '], find: /\bBearer ([\w.~+/=-]{12,2000})/gu},

  {
    kind: 'serial',
    near: ['/by-id/'],
    find: between(
      '/by-id/[a-z\\d]{2,16}-',
      '[^\\s\'":,;()<>]{4,200}?',
      '(?:-part\\d{1,3})?(?:[\\s\'":,;()<>]|\\.{1,3}(?:\\s|$)|$)',
    ),
  },
  {
    kind: 'serial',
    near: ['by\\x2did'],
    find: between(
      'by\\\\x2did-[a-z\\d]{2,16}\\\\x2d',
      '[^\\s\'":,;()<>]{4,300}?',
      '(?:\\\\x2dpart\\d{1,3})?\\.(?:device|mount|swap|service)',
    ),
  },
  {
    kind: 'serial',
    near: ['serial'],
    find: /\bserial ?number["']?(?: {0,2}[:=]|) {0,3}["']?([\w.+-]{6,64})(?![\w:])/giu,
    holds: isSerial,
  },
  {
    kind: 'serial',
    near: ['serial'],
    find: /\bserial (?:no\.?|#) {0,2}[:=]? {0,2}([\w.+-]{5,64})(?![\w:])/giu,
    holds: isSerial,
  },
  {
    kind: 'serial',
    near: ['s/n', 'serial', 'id_wwn'],
    find: /\b(?:S\/N:|S\/N=|ID_SERIAL(?:_SHORT)?=|ID_WWN\w{0,20}=|serial=) ?["']?([\w.+-]{5,100})(?![\w:])/gu,
    holds: isSerial,
  },
  {kind: 'serial', near: ['wwn'], find: /\bWWN[:=] ?([\da-f-]{9,36})/giu},
  {kind: 'serial', near: ['wwn-', 'naa.', 'eui.'], find: /\b(?:wwn-|naa\.|eui\.)(?:0x)?([\da-f]{12,32})\b/giu},
  {kind: 'serial', near: ['iqn.', 'nqn.'], find: /\b[in]qn\.\d{4}-\d\d\.[\p{L}\p{N}.:_-]{4,220}/gu},

  // The host column of journalctl and syslog.
  host([': '], between(`^(?:<\\d{1,3}>)?(?:${date}|${isoDate}|\\d{9,10}\\.\\d{6} )`, name, writer)),
  host([': '], between('^\\[ {0,8}\\d{1,9}\\.\\d{6}\\] ', name, processWriter)),
  // systemd: Hostname set to <x>; NetworkManager, hostnamed, resolved: … hostname … "x".
  host(['hostname', 'host name'], between('[Hh]ost ?name\\b[^\\n<>]{0,60}?["\'<]', name, '["\'>]')),
  host(
    ['hostname', 'host name', 'host_name', 'host-name', 'nodename', 'node name'],
    between('(?:[Hh]ost[ _-]?[Nn]ame|HOSTNAME|[Nn]ode ?name)["\']?(?: {0,2}(?:[:=]|=>) {0,2}| is )["\']?', name),
    {loose: true},
  ),
  // A login prompt, with and without the issue before it; a shell's prompt.
  host([' login:'], between('(?:^|\\] )', name, ' login: ?')),
  host(
    ['tty', 'hvc', 'console'],
    between('(?:Linux|Ubuntu|Fedora|release|LTS)\\b[^\\n]{0,40}? ', name, ' (?:tty|hvc|console)\\S{0,8}\\s*$'),
  ),
  host(['@'], between('[\\w-]@', name, ':[~/]\\S{0,80}[#$]')),
  // Who built the kernel.
  host(['linux version'], between('Linux version \\S{1,80} \\([\\w.-]{1,64}@', name, '\\)'), {local: true}),
  user(['linux version'], between('Linux version \\S{1,80} \\(', login, '@'), {local: true}),
  // ip=client:server:gateway:netmask:HOST:…, nfsroot=HOST:/, NFS and CIFS servers.
  host(['ip='], between('\\bip=(?:[^:\\s]{0,64}:){4}', name, ':')),
  host(['nfs'], between('\\b(?:nfsroot=|nfs: server )', name, '[: ]')),
  host(['cifs', 'smb'], between('(?:[Cc][Ii][Ff][Ss]|smb)[^\\n]{0,80}?//', name, '/')),
  host([':/'], between('(?:^|[\\s\'"=])', '[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,8}', ':/(?!/)')),

  user(['/home/', '/users/'], between('/(?:home|Users)/', '[^\\s/\'":;,()<>\\[\\]]{0,63}[^\\s/\'":;,.()<>\\[\\]]')),
  user(['home-'], between('(?:^|[\\s\'"/(])(?:var-)?home-', '[\\p{L}\\p{N}_]{1,64}', '[-.]')),
  user(
    ['user '],
    between('\\b(?:for|of|by|[Ii]nvalid|illegal|authenticating) user [\'"]?', login, '(?:[\\s\'".,:;(]|$)'),
    {loose: true},
  ),
  user(['session '], between('\\b[Ss]ession \\S{1,16} of [Uu]ser ', login)),
  user(['opened for user', 'closed for user'], between('session (?:opened|closed) for user ', login)),
  user(
    ['user=', 'user_name=', 'username=', 'logname=', 'acct=', 'auid='],
    between('\\b(?:user|USER|r?user_?name|r?logname|ruser|acct|auid)=["\']?', login),
  ),
  user(
    ['user: ', 'username: ', 'name: '],
    between('\\b[Uu]ser(?:name)?(?: name)?: {1,2}["\']?', login, '["\']?(?:[\\s,;]|$)'),
    {
      loose: true,
    },
  ),
  user(['sudo'], between('\\bsudo(?:\\[\\d{1,7}\\])?: {1,12}', login, ' : ')),
  user([' for '], between('\\b(?:Accepted|Failed) [\\w/-]{1,40} for (?:invalid user )?', login, ' from\\b')),
  user(['uid='], between('\\b[ug]id=\\d{1,10}\\(', login, '\\)')),
  user(['(uid='], between('(?<![\\p{L}\\p{N}])', login, '\\(uid=\\d{1,10}\\)')),
  user(['(to '], between('\\(to [\\w.-]{1,64}\\) ', login)),
  user(
    [') cmd', ') reload', ') list', ') replace', ') orphan'],
    between('\\(', login, '\\) (?:CMD|CMDOUT|RELOAD|LIST|REPLACE|ORPHAN)\\b'),
  ),
  user(['login on '], between('\\bLOGIN ON \\S{1,20} BY ', login)),
  user([' login: '], between(' login: ', login, '\\s*$')),

  {
    kind: 'wifi',
    near: ['ssid'],
    find: /\be?ssid(?:["']? {0,2}(?:[:=]|value|is) {0,2}| )["'“]([^"'”\n]{1,64})(?=["'”])/giu,
  },
  {kind: 'wifi', near: ['ssid'], find: /\be?ssid ?[:=] ?([^\s"',;&)]{1,32})/giu, loose: true},
  {
    kind: 'wifi',
    near: ['access point', 'network ', 'wlan '],
    find: /\b(?:access point|(?:wi-?fi|wireless) network|WLAN) ["'“]([^"'”\n]{1,64})(?=["'”])/giu,
  },
  {
    kind: 'wifi',
    near: ['connection '],
    find: /(?:NetworkManager|policy: |Activation: )[^\n]{0,160}?connection ["']([^"'\n]{1,64})(?=["'])/gu,
    holds: isWifi,
  },
];

const noHost =
  /^(?:localhost|none|null|unknown|hostname|static|transient|pretty|using|set|changed|default|from|not|policy|n\/a)(?:$|\.)/i;

/** Not the name of one machine. */
function isHost(found: string): boolean {
  return !/^[\d.]+$/.test(found) && !noHost.test(found) && !isUnitName(found);
}

/** What follows the word user and is no name, and the accounts that systems come with. */
const noUser =
  /^(?:root|nobody|daemon|bin|sys|sync|games|man|lp|mail|news|uucp|proxy|www-data|backup|list|irc|messagebus|dbus|polkitd|sshd|chrony|ntp|tss|avahi|rtkit|colord|geoclue|gdm|sddm|lightdm|Debian-gdm|systemd-[\w-]+|_\w+|mysql|postgres|redis|nginx|apache|named|bind|unbound|dnsmasq|LOGIN|unset|unknown|none|null|user|users|username|space|namespaces?|process|processes|mode|data|sessions?|accounts?|slice|manager|memory|login|input|interaction|programs?|pages?|pointer|copy|name|and|or|with|in|is|on|the|id|uid|lost\+found|buildd?|builder|mockbuild|kbuild)$/;

function isUser(found: string): boolean {
  return !noUser.test(found) && !/^\d+$/.test(found);
}

/** The names that NetworkManager gives by itself. */
function isWifi(found: string): boolean {
  return !/^(?:Wired [Cc]onnection.*|System \w+|lo|docker\d+|virbr\d+|br-\w+|veth\w+|e(?:n|th)\w+|wl\w+)$/.test(found);
}

/** The serial number of a host controller is its address or driver, and zeros are none. */
function isSerial(found: string): boolean {
  return /\d/.test(found) && !/^(?:0x)?0*\d?$|\.|(?:^|[-_])(?:hcd|hdrc)(?:$|[-_])/i.test(found);
}

const settings =
  /^(?:yes|no|none|null|\(null\)|true|false|on|off|\d|\*+|<[^>]*>?|required|optional|prompt|ask|hidden|disabled|enabled|unset|empty|\[\w+\]?)$/i;

function isSecret(found: string): boolean {
  return !settings.test(found) && !found.startsWith('/');
}

/** After a colon stands a sentence as well. */
function looksSecret(found: string): boolean {
  return isSecret(found) && (/\d/.test(found) || /[a-z][A-Z]|[^\p{L}\p{N}.:)]/u.test(found));
}
