/**
 * Builds what is published: JavaScript and declarations in dist/, with the SQL beside the code that reads it, and
 * the command line in one file.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCli } from './bundle-cli.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
for (const path of globSync('**/*.sql', { cwd: join(root, 'src') })) {
  mkdirSync(dirname(join(dist, path)), { recursive: true });
  copyFileSync(join(root, 'src', path), join(dist, path));
}
await bundleCli(root);
