// Runs a bundle with the code that V8 made of it in earlier runs. Node's own compile cache keeps what is compiled
// before a script runs; nearly all of a command's functions are compiled while it runs, and doing that each time is a
// third of what a short command takes. So the code is kept when a command ends, with all that it made V8 compile.
'use strict';
const fs = require('node:fs');
const vm = require('node:vm');

const MAXIMUM_COMMANDS = 80;

/** Which bundle runs a command line. */
function bundleOf(argv) {
  return argv[2] === 'events' ? 'events' : 'busbar';
}

/** Runs this process's command line with its bundle, which is in `folder`. */
function runBundle(folder) {
  // The server is loaded by the bundle, as modules, and those are Node's to keep.
  if (process.argv[2] === 'start') require('node:module').enableCompileCache();
  const name = bundleOf(process.argv);
  const command = process.argv[name === 'events' ? 3 : 2];
  const filename = `${folder}/${name}.cjs`;
  const source = fs.readFileSync(filename, 'latin1');
  // Each bundle ends with a hash of itself: V8 compares nothing but its length.
  const hash = source.slice(source.lastIndexOf('/') + 1).trim();
  const file = cacheFile(name, process.env);
  const known = file === undefined ? undefined : read(file, hash);
  const script = new vm.Script(`(function (exports, require, module) {${source}\n})`, {
    filename,
    cachedData: known?.code,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const commands = script.cachedDataRejected === false ? known.commands : [];
  const isNew = /^[a-z-]{1,40}$/.test(command ?? '') && !commands.includes(command);
  if (file !== undefined && (commands.length === 0 || (isNew && commands.length < MAXIMUM_COMMANDS))) {
    process.once('exit', () => write(file, [hash, ...commands, command], script.createCachedData()));
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module);
}

// A user's own folder, for what is in there is run. One file for each bundle and Node.
function cacheFile(name, env) {
  const folder = env.NODE_DISABLE_COMPILE_CACHE ? undefined : (env.NODE_COMPILE_CACHE ?? caches(env));
  return folder ? `${folder}/busbar/${name}-${process.version}-${process.arch}` : undefined;
}

function caches(env) {
  if (process.platform === 'win32') return env.LOCALAPPDATA;
  return (
    env.XDG_CACHE_HOME ||
    (env.HOME && `${env.HOME}/${process.platform === 'darwin' ? 'Library/Caches' : '.cache'}`)
  );
}

// One line with the bundle's hash and the commands that were run, then the code. Whatever is wrong with it, the
// command runs without.
function read(file, hash) {
  try {
    const bytes = fs.readFileSync(file);
    const end = bytes.indexOf('\n');
    const [of, ...commands] = bytes.latin1Slice(0, end).split(' ');
    if (of !== hash || fs.statSync(file).uid !== (process.geteuid?.() ?? 0)) return undefined;
    return { commands, code: bytes.subarray(end + 1) };
  } catch {
    return undefined;
  }
}

// Whole or not at all: V8 trusts what it reads.
function write(file, words, code) {
  const temporary = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(file.slice(0, file.lastIndexOf('/')), { recursive: true, mode: 0o700 });
    const line = Buffer.from(`${words.filter(Boolean).join(' ')}\n`);
    fs.writeFileSync(temporary, Buffer.concat([line, code]), { mode: 0o600, flag: 'wx', flush: true });
    fs.renameSync(temporary, file);
  } catch {
    remove(temporary);
  }
}

function remove(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Where it can't be, it isn't.
  }
}

module.exports = { bundleOf, runBundle };
