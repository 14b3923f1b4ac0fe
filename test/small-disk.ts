import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { withFolder } from './store-suite.ts';

const DISK_BYTES = 6 * 1_024 * 1_024;

/** Mounts a disk of 6 MiB for the test; skips the test where this process may not. */
export async function withSmallDisk(
  context: TestContext,
  run: (disk: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      const options = ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'busbar-test', disk];
      execFileSync('mount', options, { stdio: 'ignore' });
    } catch {
      context.skip('needs a disk of its own, and mounting one needs root on Linux');
      return;
    }
    try {
      await run(disk);
    } finally {
      // Lazily: after a failure the store still has its file open.
      execFileSync('umount', ['-l', disk]);
    }
  });
}

/** Writes a file that takes all the room there is. */
export function fillDisk(path: string): void {
  const descriptor = openSync(path, 'w');
  try {
    const block = Buffer.alloc(4_096, 1);
    for (;;) writeSync(descriptor, block);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  } finally {
    closeSync(descriptor);
  }
}
