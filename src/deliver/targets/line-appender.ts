import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Waiting {
  readonly line: string;
  readonly signal: AbortSignal;
  resolve(): void;
  reject(error: unknown): void;
}

// A link in place of the file could lead out of its folder, and a pipe without a reader would not open.
const FLAGS =
  constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const OWNER_ONLY = 0o600;
const NEWLINE = 0x0a;

/** Something other than a plain file is where lines should go. */
export class NotAFileError extends Error {
  override readonly name = 'NotAFileError';
}

/**
 * Appends lines to files. The file is opened for each write, so that one that was moved away or deleted is made
 * anew; what arrives for a file while it is written to shares the next write and its sync.
 */
export class LineAppender {
  readonly #waiting = new Map<string, Waiting[]>();

  /**
   * Appends one line, which has no line break in it. When it resolves, the line is on disk. Rejects with what the
   * system says; the line may be there all the same, in part or whole. One that still waits when the signal is
   * aborted is not written.
   */
  append(path: string, line: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry: Waiting = { line, signal, resolve, reject };
      const waiting = this.#waiting.get(path);
      if (waiting !== undefined) {
        waiting.push(entry);
        return;
      }
      this.#waiting.set(path, [entry]);
      void this.#writeAll(path);
    });
  }

  async #writeAll(path: string): Promise<void> {
    for (;;) {
      const all = this.#waiting.get(path) ?? [];
      if (all.length === 0) break;
      this.#waiting.set(path, []);
      const group = all.filter(({ signal }) => !signal.aborted);
      for (const { signal, reject } of all) if (signal.aborted) reject(signal.reason);
      if (group.length === 0) continue;
      try {
        await writeLines(
          path,
          group.map(({ line }) => line),
        );
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#waiting.delete(path);
  }
}

async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  let isNew = false;
  const file = await open(path, FLAGS, OWNER_ONLY);
  try {
    const found = await file.stat();
    if (!found.isFile()) throw new NotAFileError(`${path} is not a plain file.`);
    isNew = found.size === 0;
    // What a full disk cut off must not swallow the next line.
    const start = (await endsTorn(file, found.size)) ? '\n' : '';
    const bytes = Buffer.from(`${start}${lines.join('\n')}\n`);
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) {
      throw new Error(`Only ${bytesWritten} of ${bytes.length} bytes were written to ${path}.`);
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  if (isNew) await syncFolder(dirname(path));
}

async function endsTorn(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last[0] !== NEWLINE;
}

/** A file's name is on disk only when its folder is; Windows has no way to ask for that. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
