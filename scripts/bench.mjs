// What a run costs, as ratios within one run of the bench, because machines differ: npm run bench [-- --quick]
import {spawnSync} from 'node:child_process';
import {closeSync, existsSync, openSync, readFileSync, statSync} from 'node:fs';
import {cpus} from 'node:os';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {
  bootsInChatter,
  largeJournal,
  longCapture,
  oneBoot,
  repeatedBoots,
  shortCapture,
  write,
} from './bench-inputs.mjs';
import {openPty} from './pty.mjs';

const {quick} = parseArgs({options: {quick: {type: 'boolean', default: false}}}).values;
const starts = quick ? 5 : 15;
const passes = quick ? 1 : 3;
const megabyte = 1e6;
const large = (quick ? 40 : 200) * megabyte;
const small = large / 10;

const root = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(`${root}dist/lib/index.js`)) {
  console.error('npm run build comes first');
  process.exit(2);
}
const {builtinRules} = await import('../dist/lib/index.js');
const {structuralLiterals} = await import('../dist/lib/boot/literals.js');

/** What the program looks for, one a line, as `grep -f` takes it. */
function literals() {
  const rules = builtinRules().filter(({role}) => role !== 'noise');
  const texts = [...structuralLiterals, ...rules.flatMap(({match}) => match.flatMap(variant => variant.literals))];
  return [...new Set(texts.map(text => text.replace(/^\n/, '')))].sort();
}

/** Runs a command with its output thrown away, or written to a file; milliseconds. */
function run(command, args, output = '/dev/null', env = process.env) {
  const file = openSync(output, 'w');
  const began = process.hrtime.bigint();
  const {error} = spawnSync(command, args, {cwd: root, env, stdio: ['ignore', file, 'ignore']});
  const took = Number(process.hrtime.bigint() - began) / 1e6;
  closeSync(file);
  if (error) throw error;
  return took;
}

const median = numbers => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** Every contestant once a round, so that what else the machine does falls on all alike; the medians. */
async function race(rounds, contestants) {
  const times = Object.fromEntries(Object.keys(contestants).map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, go] of Object.entries(contestants)) times[name].push(await go());
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

const node = process.execPath;
const whyboot = (file, output) => run(node, ['bin/run.js', '--format', 'json', file], output);

const openScreen = file => openPty({command: `${node} bin/run.js ${file}`, columns: 100, rows: 30, cwd: root});

/** Milliseconds until a terminal shows the cause and its line; what the terminal takes to start is counted, too. */
async function firstFrame(file) {
  const began = performance.now();
  const screen = openScreen(file);
  await screen.until(text => text.includes('What followed from it'));
  const took = performance.now() - began;
  screen.press('q');
  await screen.ended;
  return took;
}

/** Milliseconds from a key to the frame that shows it, in the log of a large file; and what that takes of memory. */
async function keysToFrames(file, keys) {
  const screen = openScreen(file);
  await screen.until(text => /[✖✔▲]/.test(text) && !text.includes('reading'));
  screen.press('4');
  await screen.until(text => text.includes('[4 Log]'));
  // It opens at the cause, which may be the end of the log, where no key moves it on.
  screen.press('g');
  await screen.until(text => / 1 │/.test(text));
  const times = [];
  for (let at = 0; at < keys; at++) {
    const before = screen.lines().join('\n');
    const began = performance.now();
    screen.press(['j', ' ', 'k', 'j', ' '][at % 5]);
    await screen.until(text => text !== before);
    times.push(performance.now() - began);
  }
  const began = performance.now();
  screen.press('/nowhere at all\r');
  await screen.until(text => text.includes('Nothing contains'));
  const search = performance.now() - began;
  const peakKb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${childOf(screen.pid)}/status`, 'utf8'))[1]);
  screen.press('q');
  await screen.ended;
  return {median: median(times), longest: Math.max(...times), search, mb: (peakKb * 1024) / megabyte};
}

function childOf(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
}

const countWithSplit2 = `
  const split2 = require('split2');
  let lines = 0;
  require('node:fs').createReadStream(process.argv[1], {highWaterMark: 1 << 20}).pipe(split2())
    .on('data', () => lines++).on('end', () => console.log(lines));`;
const split2 = file => run(node, ['-e', countWithSplit2, file]);

const literalsFile = write('literals', `${literals().join('\n')}\n`);
// Into a pipe: where the output is /dev/null, grep stops at the first match.
const grep = file => run('sh', ['-c', 'LC_ALL=C grep -a -c -F -f "$0" "$1" | cat', literalsFile, file]);

/** Peak resident memory of a run, MB, and how many boots it found. */
function peak(file) {
  const [reportFile, peakFile] = [write('report.json', ''), write('peak', '')];
  const note = `import {writeFileSync} from 'node:fs';
    process.on('exit', () => writeFileSync(${JSON.stringify(peakFile)}, String(process.resourceUsage().maxRSS)));`;
  const preload = `data:text/javascript,${encodeURIComponent(note)}`;
  run(node, ['--import', preload, 'bin/run.js', '--format', 'json', file], reportFile);
  const boots = JSON.parse(readFileSync(reportFile, 'utf8')).boots.length;
  return {mb: (Number(readFileSync(peakFile, 'utf8')) * 1024) / megabyte, boots};
}

const row = (...cells) => {
  const [name, value, ...rest] = cells;
  console.log(`  ${name.padEnd(44)}${value.padStart(12)}  ${rest.join('  ')}`.trimEnd());
};
const ratio = (value, sign, bar) => {
  const isMet = sign === '≤' ? value <= bar : value >= bar;
  return `${value.toFixed(2)} ×  ${sign} ${bar} ${isMet ? '✓' : '✗'}`;
};
const kb = file => `${Math.round(statSync(file).size / 1000)} KB`;
const mb = file => `${Math.round(statSync(file).size / megabyte)} MB`;

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
console.log(
  `${builtinRules().length} rules, ${literals().length} literals${quick ? '; quick: too few runs to rely on' : ''}`,
);

console.log(`\nStart to finish, medians of ${starts} interleaved runs, against node -e 0`);
{
  const long = longCapture();
  const times = await race(starts, {
    node: () => run(node, ['-e', '0']),
    version: () => run(node, ['bin/run.js', '--version']),
    short: () => whyboot(shortCapture),
    long: () => whyboot(long),
  });
  const ms = time => `${time.toFixed(1)} ms`;
  row('node -e 0', ms(times.node));
  row('whyboot --version', ms(times.version), `${(times.version / times.node).toFixed(2)} ×`);
  row(`whyboot, a capture of ${kb(shortCapture)}`, ms(times.short), ratio(times.short / times.node, '≤', 3));
  row(`whyboot, captures of ${kb(long)}`, ms(times.long), ratio(times.long / times.node, '≤', 4));
}

if (spawnSync('script', ['--version']).status === 0) {
  console.log(`\nThe screen, in a terminal of script(1); the first frame a median of ${starts} interleaved runs`);
  const times = await race(starts, {node: () => run(node, ['-e', '0']), screen: () => firstFrame(shortCapture)});
  const value = ratio(times.screen / times.node, '≤', 7);
  row(`first frame with the cause, ${kb(shortCapture)}`, `${times.screen.toFixed(1)} ms`, value);
  const file = bootsInChatter(large);
  const {median: usual, longest, search, mb: used} = await keysToFrames(file, quick ? 20 : 100);
  row(`key to frame in the log of ${mb(file)}`, `${usual.toFixed(1)} ms`, `longest ${longest.toFixed(0)} ms`);
  row('  a search through all of it', `${(search / 1000).toFixed(1)} s`);
  row('  peak memory', `${used.toFixed(0)} MB`);
}

for (const [name, make, bars] of [
  ['repeated boots', repeatedBoots, {split2: 0.5}],
  ['19 lines of chatter to a line of boots', bootsInChatter, {grep: 1}],
]) {
  const file = make(large);
  console.log(`\nThroughput, ${mb(file)}: ${name}; medians of ${passes} interleaved runs`);
  const times = await race(passes, {split2: () => split2(file), grep: () => grep(file), whyboot: () => whyboot(file)});
  const speed = time => `${Math.round(statSync(file).size / 1000 / time)} MB/s`;
  row('split2 alone, lines counted', speed(times.split2));
  row('grep -c -F -f with the same literals', speed(times.grep));
  row('whyboot', speed(times.whyboot));
  for (const rival of ['split2', 'grep']) {
    const value = times[rival] / times.whyboot;
    row(`  whyboot to ${rival}`, '', bars[rival] ? ratio(value, '≥', bars[rival]) : `${value.toFixed(2)} ×`);
  }
}

{
  const made = largeJournal(quick ? 40_000 : 200_000);
  console.log('\nA binary journal');
  if (made === null) console.log('  systemd-journal-remote is not installed: skipped');
  else {
    const {journal, entries} = made;
    console.log(`  ${entries} entries, ${mb(journal)}; medians of ${passes} interleaved runs`);
    const journalctl = form => run('journalctl', ['--file', journal, '-q', '-o', form]);
    const times = await race(passes, {
      whyboot: () => whyboot(journal),
      cat: () => journalctl('cat'),
      short: () => journalctl('short'),
      json: () => journalctl('json'),
      piped: () => run('sh', ['-c', 'journalctl --file "$0" -q -o short | node bin/run.js --format json', journal]),
    });
    row('whyboot', `${(times.whyboot / 1000).toFixed(2)} s`);
    for (const [name, words, bar] of [
      ['cat', 'journalctl -o cat'],
      ['short', 'journalctl -o short', 1],
      ['json', 'journalctl -o json'],
      ['piped', 'journalctl -o short | whyboot'],
    ]) {
      const value = times.whyboot / times[name];
      const told = bar === undefined ? `${value.toFixed(2)} ×` : ratio(value, '≤', bar);
      row(words, `${(times[name] / 1000).toFixed(2)} s`, `whyboot takes ${told}`);
    }
  }
}

console.log('\nPeak memory');
{
  const files = [oneBoot(small), oneBoot(large)];
  const [less, more] = files.map(peak);
  files.forEach((file, index) => row(`one boot with chatter, ${mb(file)}`, `${[less, more][index].mb.toFixed(0)} MB`));
  row('  the larger to the smaller', '', ratio(more.mb / less.mb, '≤', 1.5));
}
{
  const files = [repeatedBoots(small), repeatedBoots(large)];
  const [less, more] = files.map(peak);
  files.forEach((file, index) => {
    const {mb: size, boots} = [less, more][index];
    row(`repeated boots, ${mb(file)}, ${boots} boots`, `${size.toFixed(0)} MB`);
  });
  row('  for each finished boot', `${(((more.mb - less.mb) * 1000) / (more.boots - less.boots)).toFixed(1)} KB`);
}
