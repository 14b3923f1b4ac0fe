import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and what is around it, where it is missing: for its owner only, since configuration may hold the
 * secrets of connections, and durably, since what was just made is only on disk once the folder around it is. `folder`
 * is absolute. Throws the error of the file system.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  // One by one: where a file system refuses as /proc does, saying that what is around the folder is not there, Node's
  // own way to make all of them never ends.
  const around = dirname(folder);
  if (around !== folder) makeFolder(around);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  syncFolder(around);
}

/** Puts on disk which files and folders are in a folder. Throws the error of the file system. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
