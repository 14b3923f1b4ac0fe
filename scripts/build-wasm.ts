/**
 * Compiles what is written in AssemblyScript: an entry, and what it imports from the other `.as` files of its folder.
 * `--check` only says whether a source, the compiler or its options have changed since, and needs no compiler.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILER = 'assemblyscript@0.28.20';

interface WasmModule {
  /** Under `src/`, without its ending; `generated` too. */
  readonly entry: string;
  readonly generated: string;
  /** What the generated file exports. */
  readonly constant: string;
  readonly options: readonly string[];
}

const MODULES: readonly WasmModule[] = [
  {
    entry: 'match/scan/simd/scan',
    generated: 'match/scan/simd-scanner',
    constant: 'SIMD_SCANNER',
    // The pages of memory that the source divides up, and where its constants go.
    options: ['--enable=simd', ...memory(39, 0xc000)],
  },
  {
    entry: 'cli/call/sha256',
    generated: 'cli/call/sha256',
    constant: 'SHA_256',
    options: ['--shrinkLevel=2', ...memory(1, 0x200)],
  },
];

function memory(pages: number, base: number): readonly string[] {
  return [`--initialMemory=${pages}`, `--maximumMemory=${pages}`, `--memoryBase=${base}`];
}

function compile(entry: string, sources: readonly string[], options: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-wasm-'));
  try {
    const file = `${basename(entry)}.ts`;
    for (const path of sources) copyFileSync(path, join(folder, `${basename(path, '.as')}.ts`));
    const compiler = ['exec', '--yes', `--package=${COMPILER}`, '--', 'asc', file, '-o', 'out.wasm'];
    const all = ['--optimizeLevel=3', '--noAssert', '--runtime=stub', ...options];
    execFileSync('npm', [...compiler, ...all], { cwd: folder, stdio: 'inherit' });
    return readFileSync(join(folder, 'out.wasm'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The paths of the `.as` files in a folder, in an order that is the same everywhere. */
function sourcesIn(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.as'));
  return names.sort().map((name) => join(folder, name));
}

const src = fileURLToPath(new URL('../src', import.meta.url));
for (const { entry, generated, constant, options } of MODULES) {
  const path = join(src, `${generated}.generated.ts`);
  const name = `${relative(dirname(generated), entry)}.as`;
  const sources = sourcesIn(join(src, dirname(entry)));
  const digest = createHash('sha256');
  for (const source of sources) digest.update(readFileSync(source));
  const hash = digest.update([COMPILER, ...options].join(' ')).digest('hex');
  if (process.argv.includes('--check')) {
    if (readFileSync(path, 'utf8').includes(hash)) continue;
    console.error(`${basename(path)} is stale: run node scripts/build-wasm.ts`);
    process.exitCode = 1;
  } else {
    writeFileSync(
      path,
      `// Compiled by scripts/build-wasm.ts from ${name}; source, compiler and options have the SHA-256
// ${hash}.

/** A WebAssembly module, in base64. */
export const ${constant} =
  '${compile(entry, sources, options).toString('base64')}';
`,
    );
  }
}
