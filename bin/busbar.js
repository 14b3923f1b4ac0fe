#!/usr/bin/env node
// Short, and for any Node: it is compiled anew each time, and an old Node gets a sentence, not a syntax error.
'use strict';
const fs = require('node:fs');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Busbar needs Node 22.18 or newer, and this is Node ${process.versions.node}.\n` +
      'Install a newer Node; in a clone of Busbar, `npm ci` brings one, and `npx busbar` uses it.\n',
  );
  process.exit(1);
}
if (process.argv.length === 3 && process.argv[2] === '--version') {
  try {
    fs.writeSync(1, `busbar ${require('../package.json').version}\n`);
  } catch {
    // Nobody reads it.
  }
  process.exit(0);
}
if (fs.existsSync(`${__dirname}/../src/cli/run.ts`)) require('./clone.js');
else require('./code-cache.js').runBundle(`${__dirname}/../dist/cli`);
