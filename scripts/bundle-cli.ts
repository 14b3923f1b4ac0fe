import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { cliModel } from './cli-model.ts';

const MODEL = 'src/api-model/events-2015-10-07.json';

// What each file of the published command line begins with.
const BUNDLES = {
  // The whole program.
  'busbar.cjs': 'run.ts',
  // `busbar events …` alone, for the shortest way to an answer.
  'events.cjs': 'run-events.ts',
  // What both of them load when help is asked for.
  'help.cjs': 'help/help.ts',
};

/**
 * Makes the files that the published command line is, in dist/cli or another folder. What a command does not use is in
 * its file too, but is not run before it is asked for. Rejects when a bundle can't be made.
 *
 * They are CommonJS, for Node loads that sooner than modules, and the modules of Node itself sooner from there.
 */
export async function bundleCli(root: string, folder: string = join(root, 'dist', 'cli')): Promise<void> {
  for (const [name, entry] of Object.entries(BUNDLES)) await bundle(root, entry, join(folder, name));
}

async function bundle(root: string, entry: string, file: string): Promise<void> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, 'src', 'cli', entry)],
    absWorkingDir: root,
    outfile: file,
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // The signer comes as modules too, and what is not used of them is left out.
    mainFields: ['module', 'main'],
    conditions: ['module'],
    minify: true,
    external: ['yaml', '@aws-sdk/credential-provider-node', '@smithy/signature-v4a'],
    // The signer's package asks for the global `crypto`, for ids that no signature has: that would load it.
    define: { crypto: 'undefined' },
    plugins: [filesBeside, nodeLater, smallModel, versionAsText],
  });
  mkdirSync(dirname(file), { recursive: true });
  for (const { path, text } of outputFiles) {
    // bin/code-cache.js tells one bundle from another by it.
    replace(path, `${text}//${createHash('sha256').update(text).digest('hex')}\n`);
  }
  const sources = Object.keys(metafile.inputs).filter((input) => input.startsWith('src/'));
  replace(`${file}.inputs`, [...sources, MODEL, 'package.json', 'package-lock.json'].join('\n'));
}

// What is loaded from a file of its own: the bus, as the package's other doors load it, and help.
const BESIDE = new Map([
  ['../main.ts', '../main.js'],
  ['./help/help.ts', './help.cjs'],
]);

const filesBeside: Plugin = {
  name: 'files beside',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path, kind }) => {
      const beside = kind === 'dynamic-import' ? BESIDE.get(path) : undefined;
      return beside === undefined ? undefined : { path: beside, external: true };
    });
  },
};

// What these modules of Node hold is called seldom, or by code that is never reached, and loading them is slow.
const LATER = ['node:crypto', 'node:os', 'node:util'];

const nodeLater: Plugin = {
  name: 'node later',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) =>
      LATER.includes(path) ? { path, namespace: 'later', sideEffects: false } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'later' }, async ({ path }) => {
      const functions = Object.entries(await import(path)).flatMap(([name, value]) =>
        typeof value === 'function' && name !== 'default' ? [name] : [],
      );
      const forwarded = functions.map(
        (name) =>
          `export function ${name}(...given) { return process.getBuiltinModule('${path}').${name}(...given); }`,
      );
      return { contents: forwarded.join('\n') };
    });
  },
};

const smallModel: Plugin = {
  name: 'small model',
  setup({ initialOptions, onLoad }) {
    onLoad({ filter: /src\/api-model\/api-model\.ts$/ }, async () => ({
      contents: await cliModel(join(initialOptions.absWorkingDir ?? '', MODEL)),
    }));
  },
};

const versionAsText: Plugin = {
  name: 'version as text',
  setup({ initialOptions, onLoad }) {
    onLoad({ filter: /src\/cli\/version\.ts$/ }, async () => {
      const text = await readFile(join(initialOptions.absWorkingDir ?? '', 'package.json'), 'utf8');
      const { version } = JSON.parse(text) as { version: string };
      return { contents: `export function version() { return ${JSON.stringify(version)}; }` };
    });
  },
};

// At once, for a command that runs meanwhile.
function replace(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}
