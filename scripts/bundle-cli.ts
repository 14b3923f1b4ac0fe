import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { cliModel } from './cli-model.ts';

const MODEL = 'src/api-model/events-2015-10-07.json';

/**
 * Makes the one file that the published command line is, dist/cli/busbar.cjs or another. What a command does not use is in
 * it too, but is not run before it is asked for. Rejects when the bundle can't be made.
 *
 * It is CommonJS, for Node loads that sooner than modules, and the modules of Node itself sooner from there.
 */
export async function bundleCli(
  root: string,
  file: string = join(root, 'dist', 'cli', 'busbar.cjs'),
): Promise<void> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, 'src', 'cli', 'run.ts')],
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
    plugins: [serverBeside, nodeLater, smallModel, versionAsText],
  });
  mkdirSync(dirname(file), { recursive: true });
  for (const output of outputFiles) replace(output.path, output.contents);
  const sources = Object.keys(metafile.inputs).filter((input) => input.startsWith('src/'));
  replace(`${file}.inputs`, [...sources, MODEL, 'package.json', 'package-lock.json'].join('\n'));
}

// The bus itself stays a file of its own, as the package's other doors load it.
const serverBeside: Plugin = {
  name: 'server beside',
  setup({ onResolve }) {
    onResolve({ filter: /\/main\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && path === '../main.ts' ? { path: '../main.js', external: true } : undefined,
    );
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
