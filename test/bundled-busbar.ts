import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCli } from '../scripts/bundle-cli.ts';

/** The command line as it is published, as a program that shells find. */
export interface BundledBusbar {
  /** A PATH on which `busbar` is, before all else. */
  readonly path: string;
  readonly remove: () => void;
}

/** Makes it, in a folder of its own. Not for Windows, whose programs are other files. */
export async function bundledBusbar(): Promise<BundledBusbar> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'busbar-bundle-'));
  for (const name of ['bin', 'package.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  await bundleCli(root, join(folder, 'dist', 'cli'));
  const script = `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'bin', 'busbar.js')}' "$@"\n`;
  writeFileSync(join(folder, 'busbar'), script, { mode: 0o755 });
  return {
    path: [folder, process.env['PATH'] ?? ''].join(delimiter),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
