// Loads a bundle, together with the code that V8 made of it when it was built: compiling it anew takes a fifth of a
// short run. V8 refuses a cache of another version or other flags, and then compiles as if there were none.
const {readFileSync} = require('node:fs');
const Module = require('node:module');
const {dirname, join} = require('node:path');
const vm = require('node:vm');

const fileOf = name => join(__dirname, `../dist/bin/${name}.cjs`);
const cacheOf = name => `${fileOf(name)}.${process.version}-${process.platform}-${process.arch}.cache`;

/** What a bundle exports: `whyboot`, the program; `tui`, its screen; or `formats`, the report formats it seldom needs. */
exports.load = name => {
  let cachedData;
  try {
    cachedData = readFileSync(cacheOf(name));
  } catch {
    // Built with another Node; from 22.1 on it keeps a cache by itself.
    Module.enableCompileCache?.();
    return require(fileOf(name));
  }
  return evaluate(name, compile(name, cachedData));
};

const compile = (name, cachedData) =>
  new vm.Script(Module.wrap(readFileSync(fileOf(name), 'utf8')), {
    filename: fileOf(name),
    cachedData,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });

/** Does what `require` does, so that a later `require` of the bundle, as oclif makes one, finds this instance. */
const evaluate = (name, script) => {
  const bundle = fileOf(name);
  const loaded = new Module(bundle, module);
  loaded.filename = bundle;
  require.cache[bundle] = loaded;
  const run = script.runInThisContext();
  run.call(loaded.exports, loaded.exports, Module.createRequire(bundle), loaded, bundle, dirname(bundle));
  loaded.loaded = true;
  return loaded.exports;
};

Object.assign(exports, {cacheOf, compile, evaluate});
