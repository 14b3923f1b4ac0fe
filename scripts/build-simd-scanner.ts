/**
 * Compiles src/match/scan/simd-scanner.as, which is AssemblyScript, into src/match/scan/simd-scanner.generated.ts.
 * `--check` only says whether the source has changed since, and needs no compiler.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMPILER = 'assemblyscript@0.28.20';
const OPTIONS = [
  '--optimizeLevel=3',
  '--noAssert',
  '--runtime=stub',
  '--enable=simd',
  // The pages of memory that the source divides up, and where its constants go.
  '--initialMemory=39',
  '--maximumMemory=39',
  `--memoryBase=${0xc000}`,
];

const sourcePath = new URL('../src/match/scan/simd-scanner.as', import.meta.url);
const generatedPath = new URL('../src/match/scan/simd-scanner.generated.ts', import.meta.url);
const hash = createHash('sha256').update(readFileSync(sourcePath)).digest('hex');

function compile(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'simd-scanner-'));
  try {
    copyFileSync(sourcePath, join(folder, 'scanner.ts'));
    const args = ['exec', '--yes', `--package=${COMPILER}`, '--', 'asc', 'scanner.ts', '-o', 'scanner.wasm'];
    execFileSync('npm', [...args, ...OPTIONS], { cwd: folder, stdio: 'inherit' });
    return readFileSync(join(folder, 'scanner.wasm'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv.includes('--check')) {
  if (!readFileSync(generatedPath, 'utf8').includes(hash)) {
    console.error('simd-scanner.generated.ts is stale: run node scripts/build-simd-scanner.ts');
    process.exitCode = 1;
  }
} else {
  writeFileSync(
    generatedPath,
    `// Compiled by scripts/build-simd-scanner.ts from simd-scanner.as with the SHA-256
// ${hash}.

/** A WebAssembly module, in base64. */
export const SIMD_SCANNER =
  '${compile().toString('base64')}';
`,
  );
}
