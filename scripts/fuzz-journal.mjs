// Flips and cuts bytes of real journal files and reads what is left:
//   node scripts/fuzz-journal.mjs [--runs 2000] [--seed 1] [FILE.journal[.gz] …]
// Fails when the reader throws anything but InputError, reads a byte that is not the file's, gives more than the file
// can hold, or takes longer than a minute over one file. `--seed S --runs 1` repeats the run that it names.
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {isMainThread, Worker, workerData} from 'node:worker_threads';
import {gunzipSync} from 'node:zlib';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const reader = `${root}dist/scripts/journal-file.mjs`;
const fixtures = `${root}test/fixtures/journal/`;
const patience = 60_000;
/** Stands before and after the file in memory, and must not be read. */
const guard = Buffer.alloc(4096, 'PAST-THE-END-');

if (isMainThread) await main();
else await fuzz(workerData);

/** The reading runs beside this thread, which can still tell when it does not end. */
async function main() {
  const {values, positionals} = parseArgs({
    options: {runs: {type: 'string', default: '2000'}, seed: {type: 'string', default: '1'}},
    allowPositionals: true,
  });
  await build({
    absWorkingDir: root,
    entryPoints: ['src/intake/journal-file/index.ts'],
    outfile: reader,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const files = positionals.length > 0 ? positionals : journalsIn(fixtures);
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  const state = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(import.meta.url), {workerData: {files, runs, seed, state}});
  let last = -1;
  const watch = setInterval(() => {
    if (state[0] === last) {
      console.error(`seed ${seed + last}: no end within ${patience / 1000} s`);
      process.exit(1);
    }
    last = state[0];
  }, patience);
  worker.on('error', error => {
    console.error(error);
    process.exit(1);
  });
  worker.on('exit', status => {
    clearInterval(watch);
    process.exitCode = status;
  });
}

function journalsIn(folder) {
  const files = readdirSync(folder).filter(file => file.endsWith('.journal.gz'));
  return files.map(file => `${folder}${file}`);
}

async function fuzz({files, runs, seed, state}) {
  const {openJournalFile, mergeJournals, listBoots} = await import(pathToFileURL(reader).href);
  const originals = files.map(open);
  const whole = await openJournalFile(originals[0].bytes, 'whole');
  const tally = {refused: 0, damaged: 0, quiet: 0, entries: 0, values: 0, longest: 0};
  for (let run = 0; run < runs; run++) {
    state[0] = run;
    const random = createRandom(seed + run);
    const original = originals[random(originals.length)];
    const began = performance.now();
    const undo = mutate(original, random);
    try {
      const cut = random(8) === 0 ? random(original.bytes.length) : original.bytes.length;
      await read(original.bytes.subarray(0, cut));
    } catch (error) {
      if (error.name === 'InputError') tally.refused++;
      else {
        console.error(`seed ${seed + run}, ${original.name}`);
        throw error;
      }
    } finally {
      undo();
    }
    tally.longest = Math.max(tally.longest, Math.round(performance.now() - began));
  }
  console.log(`${runs} runs from seed ${seed}: ${JSON.stringify(tally)} (longest in ms)`);

  async function read(bytes) {
    const file = await openJournalFile(bytes, 'damaged');
    // An entry is at least 64 bytes, an item of one 4, a value 65.
    const limit = {entries: bytes.length / 64, items: bytes.length / 4, values: bytes.length / 65};
    const count = (kind, text) => {
      if (--limit[kind] < -1) throw new Error(`more ${kind} than the file can hold`);
      if (text.includes('PAST-THE-END-')) throw new Error('read past the end');
    };
    const some = file.objectSet();
    for (const entry of file.entries()) {
      tally.entries++;
      count('entries', `${JSON.stringify(entry.fields())}${entry.xorHash}`);
      for (const {name, value} of entry.items()) count('items', name + value.toString('latin1', 0, 4096));
    }
    let listed = 0;
    for (const name of file.fieldNames()) {
      for (const value of file.values(name)) {
        tally.values++;
        count('values', `${name}${value.text()}`);
        const offsets = value.entryOffsets();
        listed += offsets.length;
        if (listed > bytes.length) throw new Error('more references than the file can hold');
        for (const offset of offsets.slice(0, 3)) count('items', file.entryAt(offset).bootId);
        some.add(value.offset);
      }
    }
    for (const {offset} of file.entries(some)) if (offset > bytes.length) throw new Error('entry outside of the file');
    for (const {bootId} of mergeJournals([whole, file])) count('items', bootId);
    listBoots([file]);
    if (file.notices().length > 0) tally.damaged++;
    else tally.quiet++;
  }
}

/** A file between two guards, without the empty part at its end. */
function open(name) {
  const packed = readFileSync(name);
  const all = name.endsWith('.gz') ? gunzipSync(packed) : packed;
  let end = all.length;
  while (end > 0 && all[end - 1] === 0) end--;
  end = Math.ceil(end / 8) * 8 + 64;
  all.writeBigUInt64LE(BigInt(end) - all.readBigUInt64LE(88), 96);
  const bytes = Buffer.concat([guard, all.subarray(0, end), guard]).subarray(guard.length, guard.length + end);
  // Most of a file is empty tables: damage goes where something stands.
  const words = [];
  for (let at = 0; at + 8 <= end; at += 8) if (bytes.readBigUInt64LE(at) !== 0n) words.push(at);
  return {name, bytes, words};
}

/** Damages a file in place; gives what takes it back. */
function mutate({bytes, words}, random) {
  const undo = [];
  const write = (at, data) => {
    const length = Math.min(data.length, bytes.length - at);
    const before = Buffer.from(bytes.subarray(at, at + length));
    undo.push(() => before.copy(bytes, at));
    data.copy(bytes, at, 0, length);
  };
  // The header and what its tables hold come first in a file, and are hit more often than their share.
  const place = () => words[random(4) === 0 ? random(Math.min(words.length, 60)) : random(words.length)];
  const number = value => {
    const data = Buffer.alloc(8);
    data.writeBigUInt64LE(BigInt.asUintN(64, value));
    return data;
  };
  for (let left = 1 + random(6); left > 0; left--) {
    const at = place();
    const kind = random(8);
    if (kind === 0) write(at + random(8), Buffer.from([bytes[at] ^ (1 << random(8))]));
    else if (kind === 1) write(at + random(8), Buffer.from([random(256)]));
    else if (kind === 2) write(at, number(BigInt(place())));
    else if (kind === 3) write(at, number([0n, 1n, 8n, 2n ** 32n - 1n, 2n ** 53n, -1n, 2n ** 63n][random(7)]));
    else if (kind === 4) write(at, number(bytes.readBigUInt64LE(at) + BigInt(random(129) - 64)));
    else if (kind === 5) write(at, Buffer.alloc(8 << random(8)));
    else if (kind === 6) write(at, Buffer.from(bytes.subarray(place()).subarray(0, 8 << random(8))));
    else write(at, number(BigInt(at)));
  }
  return () => {
    while (undo.length > 0) undo.pop()();
  };
}

/** Whole numbers below a bound; mulberry32. */
function createRandom(seed) {
  let state = Math.imul(seed, 0x9e3779b9) >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
