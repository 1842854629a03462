// Writes V8's code cache of the bundle (see bin/bundle.cjs) after a run, so that it holds the functions a run needs.
// node scripts/code-cache.cjs ARGUMENT…, the arguments of that run
const {writeFileSync} = require('node:fs');
const {join} = require('node:path');
const {cache, compile, evaluate} = require('../bin/bundle.cjs');

const script = compile();
evaluate(script)
  .main(process.argv.slice(2), join(__dirname, '..'))
  .then(() => {
    writeFileSync(cache, script.createCachedData());
    process.exitCode = 0;
  });
