import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tree } from './compare-rounds.ts';

/**
 * Hands over the tree at `root` for undefined, and for a git ref what is checked out of it into a temporary
 * folder for as long as `use` takes: whatever happens, nothing of that stays behind. All share the dependencies
 * of the tree at `root`. Throws when git doesn't know a ref.
 */
export async function withTrees<T>(
  root: string,
  refs: readonly (string | undefined)[],
  use: (trees: readonly Tree[]) => Promise<T>,
): Promise<T> {
  if (refs.every((ref) => ref === undefined)) return use(refs.map(() => workingTree(root)));
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const folder = mkdtempSync(join(tmpdir(), 'busbar-compare-'));
  const made: string[] = [];
  try {
    const trees = refs.map((ref, index) => {
      if (ref === undefined) return workingTree(root);
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

function workingTree(root: string): Tree {
  return { label: 'working tree', root };
}
