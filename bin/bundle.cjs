// Loads the bundle, together with the code that V8 made of it when it was built: compiling it anew takes a fifth of a
// short run. V8 refuses a cache of another version or other flags, and then compiles as if there were none.
const {readFileSync} = require('node:fs');
const Module = require('node:module');
const {dirname, join} = require('node:path');
const vm = require('node:vm');

const bundle = join(__dirname, '../dist/bin/whyboot.cjs');
const cache = `${bundle}.${process.version}-${process.platform}-${process.arch}.cache`;

/** What the bundle exports. */
exports.load = () => {
  let cachedData;
  try {
    cachedData = readFileSync(cache);
  } catch {
    // Built with another Node; from 22.1 on it keeps a cache by itself.
    Module.enableCompileCache?.();
    return require(bundle);
  }
  return evaluate(compile(cachedData));
};

const compile = cachedData =>
  new vm.Script(Module.wrap(readFileSync(bundle, 'utf8')), {
    filename: bundle,
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });

/** Does what `require` does, so that a later `require` of the bundle, as oclif makes one, finds this instance. */
const evaluate = script => {
  const loaded = new Module(bundle, module);
  loaded.filename = bundle;
  require.cache[bundle] = loaded;
  const run = script.runInThisContext();
  run.call(loaded.exports, loaded.exports, Module.createRequire(bundle), loaded, bundle, dirname(bundle));
  loaded.loaded = true;
  return loaded.exports;
};

Object.assign(exports, {cache, compile, evaluate});
