// A clone of the repository runs its TypeScript as it is. Where `npm run build` has left the bundle that is
// published, and nothing that went into it has changed since, it runs that, which starts sooner.
'use strict';
const fs = require('node:fs');
const { bundleOf, runBundle } = require('./code-cache.js');

const root = `${__dirname}/..`;
const folder = `${root}/dist/cli`;
// The server's files in dist/ have no such list, so the server always runs from its source.
if (process.argv[2] !== 'start' && isFresh(`${folder}/${bundleOf(process.argv)}.cjs`)) runBundle(folder);
else {
  require('node:module').enableCompileCache();
  import('../src/cli/run.ts');
}

function isFresh(bundle) {
  try {
    const built = fs.statSync(bundle).mtimeMs;
    const inputs = fs.readFileSync(`${bundle}.inputs`, 'utf8').split('\n');
    return inputs.every((input) => fs.statSync(`${root}/${input}`).mtimeMs < built);
  } catch {
    return false;
  }
}
