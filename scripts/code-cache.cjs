// Writes V8's code cache of the bundles (see bin/bundle.cjs) after a run, so that it holds the functions a run needs.
// node scripts/code-cache.cjs FILE, a log to read
const {writeFileSync} = require('node:fs');
const {join} = require('node:path');
const {cacheOf, compile, evaluate} = require('../bin/bundle.cjs');

const [file] = process.argv.slice(2);
const root = join(__dirname, '..');

/** Writes the cache of a bundle once `run` has gone through it. */
async function fill(name, run) {
  const script = compile(name);
  const bundle = evaluate(name, script);
  await run(bundle);
  writeFileSync(cacheOf(name), script.createCachedData());
  return bundle;
}

async function fillAll() {
  const {openSource, startAnalysis} = await fill('whyboot', ({main}) => main([file], root));
  const source = await openSource([file], process.stdin);
  await fill('tui', ({rehearse}) =>
    rehearse({
      source,
      total: null,
      start: (counted, onEntry) => startAnalysis(counted, {onEntry}),
      ticket: () => '',
      redaction: null,
      color: true,
    }),
  );
  process.exitCode = 0;
}

fillAll();
