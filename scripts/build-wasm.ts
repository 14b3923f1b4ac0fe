/**
 * Compiles what is written in AssemblyScript, each `.as` file into a `.generated.ts` beside it. `--check` only says
 * whether a source, the compiler or its options have changed since, and needs no compiler.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILER = 'assemblyscript@0.28.20';

interface WasmModule {
  /** Under `src/`, without its ending. */
  readonly source: string;
  /** What the generated file exports. */
  readonly constant: string;
  readonly options: readonly string[];
}

const MODULES: readonly WasmModule[] = [
  {
    source: 'match/scan/simd-scanner',
    constant: 'SIMD_SCANNER',
    // The pages of memory that the source divides up, and where its constants go.
    options: ['--enable=simd', ...memory(39, 0xc000)],
  },
  { source: 'cli/call/sha256', constant: 'SHA_256', options: ['--shrinkLevel=2', ...memory(1, 0x200)] },
];

function memory(pages: number, base: number): readonly string[] {
  return [`--initialMemory=${pages}`, `--maximumMemory=${pages}`, `--memoryBase=${base}`];
}

function compile(path: string, options: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'busbar-wasm-'));
  try {
    copyFileSync(path, join(folder, 'source.ts'));
    const compiler = ['exec', '--yes', `--package=${COMPILER}`, '--', 'asc', 'source.ts', '-o', 'out.wasm'];
    const all = ['--optimizeLevel=3', '--noAssert', '--runtime=stub', ...options];
    execFileSync('npm', [...compiler, ...all], { cwd: folder, stdio: 'inherit' });
    return readFileSync(join(folder, 'out.wasm'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const { source, constant, options } of MODULES) {
  const path = fileURLToPath(new URL(`../src/${source}`, import.meta.url));
  const hash = createHash('sha256')
    .update(readFileSync(`${path}.as`))
    .update([COMPILER, ...options].join(' '))
    .digest('hex');
  if (process.argv.includes('--check')) {
    if (readFileSync(`${path}.generated.ts`, 'utf8').includes(hash)) continue;
    console.error(`${basename(path)}.generated.ts is stale: run node scripts/build-wasm.ts`);
    process.exitCode = 1;
  } else {
    writeFileSync(
      `${path}.generated.ts`,
      `// Compiled by scripts/build-wasm.ts from ${basename(path)}.as; source, compiler and options have the SHA-256
// ${hash}.

/** A WebAssembly module, in base64. */
export const ${constant} =
  '${compile(`${path}.as`, options).toString('base64')}';
`,
    );
  }
}
