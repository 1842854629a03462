// The inputs of the bench, made of samples/ in a temporary folder.
import {spawnSync} from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const samples = fileURLToPath(new URL('../samples', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'whyboot-bench-'));
process.once('exit', () => rmSync(folder, {recursive: true, force: true}));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

/** One capture as it is; about 66 KB. */
export const shortCapture = join(samples, 'ostree-ms-move-restart/console.log');

/** About 600 KB of consoles one after the other; the last one fails. */
export function longCapture() {
  const ids = ['debug-log', 'ostree-readonly', 'cascade', 'ostree-ms-move-restart'];
  return write('long.log', ids.map(id => read(id, 'console.log')).join(''));
}

/** Every sample's console and short journal, again and again. */
export function repeatedBoots(bytes) {
  return repeat(`boots-${bytes}.log`, bytes, () => allBoots());
}

/** 5 of 100 lines are those of the boots above, the others application chatter. */
export function bootsInChatter(bytes) {
  const next = chatter(1);
  const lines = allBoots().trimEnd().split('\n');
  return repeat(`chatter-${bytes}.log`, bytes, () =>
    lines.map(line => `${line}\n${Array.from({length: 19}, next).join('')}`).join(''),
  );
}

/** One boot, and from then on chatter. */
export function oneBoot(bytes) {
  const next = chatter(2);
  const boot = read('healthy-bookworm', 'journal.short');
  return repeat(`one-boot-${bytes}.log`, bytes, isFirst =>
    isFirst ? boot : Array.from({length: 10_000}, next).join(''),
  );
}

/**
 * A binary journal of boots from the samples' exports, made with systemd-journal-remote(8); null where that is not
 * installed. Every boot has an id of its own, and its messages have other numbers than those of the boot before.
 */
export function largeJournal(entries) {
  const remote = ['/usr/lib/systemd/systemd-journal-remote', '/lib/systemd/systemd-journal-remote'].find(existsSync);
  if (remote === undefined) return null;
  const boots = ['healthy-bookworm', 'ostree-ms-move-restart', 'fstab-missing-device'].map(id =>
    exportedEntries(readFileSync(join(samples, id, 'journal.export'))),
  );
  const exported = join(folder, 'exported');
  const file = openSync(exported, 'w');
  let written = 0;
  for (let round = 0, beginUs = 1_795_000_000_000_000; written < entries; round++) {
    const boot = boots[round % boots.length];
    const firstUs = Number(boot[0].__REALTIME_TIMESTAMP);
    writeSync(file, Buffer.concat(boot.map(fields => reexported(fields, round, beginUs - firstUs))));
    written += boot.length;
    beginUs += 600_000_000;
  }
  closeSync(file);
  const journal = join(folder, 'large.journal');
  const {status, stderr} = spawnSync(remote, ['-o', journal, exported], {encoding: 'utf8'});
  rmSync(exported);
  if (status !== 0) throw new Error(`systemd-journal-remote: ${stderr.trimEnd().split('\n').at(-1)}`);
  return {journal, entries: written};
}

/** The entries of a journal export, their values as bytes; https://systemd.io/JOURNAL_EXPORT_FORMATS */
function exportedEntries(bytes) {
  const entries = [];
  let fields = {};
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const equals = bytes.indexOf(61, at);
    if (end === at) {
      if (Object.keys(fields).length > 0) entries.push(fields);
      fields = {};
      at = end + 1;
    } else if (equals > 0 && equals < end) {
      fields[bytes.toString('latin1', at, equals)] = bytes.subarray(equals + 1, end);
      at = end + 1;
    } else {
      const length = Number(bytes.readBigUInt64LE(end + 1));
      fields[bytes.toString('latin1', at, end)] = bytes.subarray(end + 9, end + 9 + length);
      at = end + 10 + length;
    }
  }
  return entries;
}

function reexported(fields, round, laterUs) {
  const parts = [];
  for (const [name, value] of Object.entries(fields)) {
    if (name === '__CURSOR') continue;
    let bytes = value;
    if (name === '__REALTIME_TIMESTAMP') bytes = Buffer.from(String(Number(value) + laterUs));
    else if (name === '_BOOT_ID') bytes = Buffer.from(round.toString(16).padStart(32, 'b'));
    else if (name === 'MESSAGE') bytes = Buffer.from(withOtherNumbers(value.toString('latin1'), round), 'latin1');
    if (bytes.every(byte => byte >= 32 || byte === 9)) parts.push(Buffer.from(`${name}=`), bytes, lineEnd);
    else {
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(bytes.length));
      parts.push(Buffer.from(`${name}\n`), length, bytes, lineEnd);
    }
  }
  return Buffer.concat([...parts, lineEnd]);
}

const lineEnd = Buffer.from('\n');

/** Of two boots of a machine many messages are alike, and those with ids, sizes and times in them are not. */
function withOtherNumbers(message, round) {
  return message.replace(/\d{4,9}/g, digits => String((Number(digits) + round) % 10 ** digits.length));
}

export function write(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function allBoots() {
  const ids = readdirSync(samples, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
  return ids.map(id => read(id, 'console.log') + read(id, 'journal.short')).join('');
}

/** A sample's text, its last line ended; nothing where it has no such form. */
function read(id, form) {
  if (!readdirSync(join(samples, id)).includes(form)) return '';
  const text = readFileSync(join(samples, id, form), 'latin1');
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** Blocks until there are as many bytes; whole blocks, so that no boot is cut in two. */
function repeat(name, bytes, block) {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  for (let written = 0; written < bytes; ) written += writeSync(file, block(written === 0), null, 'latin1');
  closeSync(file);
  return path;
}

/** Lines as servers write them all day, always the same ones for the same seed. */
function chatter(seed) {
  let state = seed;
  const random = below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const hex = length => Array.from({length}, () => random(16).toString(16)).join('');
  const address = () => `10.${random(256)}.${random(256)}.${random(254) + 1}`;
  const writers = [
    () =>
      `nginx[812]: ${address()} - - "GET /api/v2/items/${random(1e6)} HTTP/1.1" 200 ${random(9e4)} "-" "Mozilla/5.0"`,
    () => `nginx[812]: ${address()} - - "POST /login HTTP/1.1" 302 0 "https://shop.example/login" "curl/8.5.0"`,
    () =>
      `sshd[${random(3e4)}]: Accepted publickey for deploy from ${address()} port ${random(6e4)} ssh2: ED25519 SHA256:${hex(43)}`,
    () =>
      `postgres[${random(3e4)}]: [${random(900)}-1] LOG:  duration: ${random(900)}.${random(999)} ms  statement: SELECT id, name FROM orders WHERE id = ${random(1e6)}`,
    () =>
      `api[1204]: {"level":"info","ts":17${random(1e8)},"caller":"http/server.go:${random(400)}","msg":"request completed","request_id":"${hex(32)}","took":"${random(500)}ms"}`,
    () =>
      `kubelet[1377]: I1122 ${random(24)}:${random(60)}:00.${random(999999)}    1377 kubelet.go:${random(3000)}] "SyncLoop (PLEG): event for pod" pod="shop/web-${hex(10)}" event={"ID":"${hex(8)}","Type":"ContainerStarted"}`,
    () => `dhclient[640]: DHCPREQUEST for ${address()} on eth0 to ${address()} port 67`,
    () => `CRON[${random(3e4)}]: (root) CMD (test -x /usr/sbin/anacron || run-parts --report /etc/cron.hourly)`,
    () => `worker[${random(3e4)}]: job ${hex(8)} done in ${random(9000)} ms, ${random(40)} left in the queue`,
    () =>
      `java[2210]: 2026-11-22 21:${10 + random(50)}:01.${random(999)}  INFO 2210 --- [nio-8080-exec-${random(10)}] c.e.shop.CartController : cart ${hex(12)} has ${random(9)} lines`,
  ];
  return () => {
    const time = `${String(random(24)).padStart(2, '0')}:${10 + random(50)}:${10 + random(50)}`;
    return `Nov 22 ${time} web-1 ${writers[random(writers.length)]()}\n`;
  };
}
