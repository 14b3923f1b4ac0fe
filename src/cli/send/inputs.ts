import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import { jsonItems } from './json-items.ts';

/** Where items come from: files one after the other, or standard input. */
export class Inputs {
  /** Undefined when it is not known, as for standard input. */
  readonly totalBytes: number | undefined;
  /** Names what is read: other content has another name. */
  readonly identity: string;
  readonly #paths: readonly string[];
  readonly #io: CommandIo;
  #readBytes = 0;

  /** Throws the system's error for a file that can't be looked at. `-` is standard input. */
  constructor(paths: readonly string[], io: CommandIo) {
    this.#paths = paths.map((path) => (path === '-' ? path : resolve(io.cwd, path)));
    this.#io = io;
    const files = this.#paths.map((path) => (path === '-' ? undefined : statSync(path)));
    this.totalBytes = files.reduce<number | undefined>(
      (sum, file) =>
        sum === undefined || file === undefined || !file.isFile() ? undefined : sum + file.size,
      0,
    );
    this.identity = this.#paths
      .map((path, index) => `${path}:${files[index]?.size ?? 0}:${files[index]?.mtimeMs ?? 0}`)
      .join('\n');
  }

  /** How much has been read, between 0 and 1. */
  get share(): number | undefined {
    if (this.totalBytes === undefined) return undefined;
    return this.totalBytes === 0 ? 1 : this.#readBytes / this.totalBytes;
  }

  /** The items as texts, in order. Throws ItemsError, and the system's error for what can't be read. */
  async *items(): AsyncGenerator<string, void> {
    for (const path of this.#paths) {
      const source = path === '-' ? this.#io.stdin : createReadStream(path, { highWaterMark: 1024 * 1024 });
      yield* jsonItems(this.#counted(source));
    }
  }

  async *#counted(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array | string, void> {
    for await (const piece of source) {
      this.#readBytes += piece.length;
      yield piece;
    }
  }
}
