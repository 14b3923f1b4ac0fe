import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tree } from './compare-rounds.ts';

/**
 * Checks refs out into a temporary folder for as long as `use` takes; whatever happens, nothing of them
 * stays behind. They share the dependencies of the tree at `root`. Throws when git doesn't know a ref.
 */
export async function withWorktrees<T>(
  root: string,
  refs: readonly string[],
  use: (trees: readonly Tree[]) => Promise<T>,
): Promise<T> {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const folder = mkdtempSync(join(tmpdir(), 'busbar-compare-'));
  const made: string[] = [];
  try {
    const trees = refs.map((ref, index) => {
      const commit = git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`);
      const path = join(folder, String(index));
      made.push(path);
      git('worktree', 'add', '--detach', path, commit);
      symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'), 'dir');
      return { label: `${ref} (${commit.slice(0, 7)})`, root: path };
    });
    return await use(trees);
  } finally {
    for (const path of made) {
      try {
        git('worktree', 'remove', '--force', path);
      } catch {
        // It was never added, or is half made: the folder goes below, and prune forgets it.
      }
    }
    rmSync(folder, { recursive: true, force: true });
    git('worktree', 'prune');
  }
}
