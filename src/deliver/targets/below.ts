import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';

/** Whether a path is one of these, or lies below one. Both are absolute and without `.` and `..`. */
export function isBelow(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep));
}

/**
 * The same for what is really there, once symbolic links are followed on both sides. Rejects when there is nothing
 * at the path.
 */
export async function isReallyBelow(path: string, roots: readonly string[]): Promise<boolean> {
  const real = await realpath(path);
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => undefined)));
  return isBelow(
    real,
    realRoots.filter((root) => root !== undefined),
  );
}
