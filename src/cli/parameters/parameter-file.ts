import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { CommandIo } from '../command-io.ts';

/** A file that a parameter names and that can't be read or decoded. The message is the AWS CLI's. */
export class ParameterFileError extends Error {}

/**
 * The files that parameters name: `file://PATH` and `fileb://PATH`. Relative paths start at the working
 * folder; `~` and `$VAR` are expanded here, for no shell looks behind `file://`. Standard input can be named
 * more than once.
 * AWS page: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
 */
export class ParameterFiles {
  readonly #io: CommandIo;
  #standardInput: Promise<Uint8Array> | undefined;

  constructor(io: CommandIo) {
    this.#io = io;
  }

  /** Standard input for a parameter that is given as `-`, where that can't be its value; undefined when it is empty. */
  async readDash(given: string): Promise<string | undefined> {
    if (given !== '-') return undefined;
    this.#standardInput ??= readAll(this.#io.stdin);
    return this.#decode(await this.#standardInput, '-', this.#encoding()) || undefined;
  }

  /**
   * The text of the file that `uri` names, undefined when `uri` names none (the prefix is case-sensitive).
   * Throws ParameterFileError.
   */
  async read(uri: string): Promise<string | undefined> {
    const prefix = ['file://', 'fileb://'].find((known) => uri.startsWith(known));
    if (prefix === undefined) return undefined;
    const path = expandPath(uri.slice(prefix.length), this.#io.env);
    const bytes = await this.#bytes(path, uri);
    // The API has no binary parameters: fileb:// differs in nothing but the encoding.
    return this.#decode(bytes, path, prefix === 'fileb://' ? 'utf-8' : this.#encoding());
  }

  #encoding(): string {
    return this.#io.env['AWS_CLI_FILE_ENCODING'] ?? 'utf-8';
  }

  async #bytes(path: string, uri: string): Promise<Uint8Array> {
    if (path === '/dev/stdin' || path === '/dev/fd/0') {
      this.#standardInput ??= readAll(this.#io.stdin);
      return this.#standardInput;
    }
    try {
      // Without a path there is no file; it is not the working folder.
      return readFileSync(path === '' ? '' : resolve(this.#io.cwd, path));
    } catch (error) {
      throw new ParameterFileError(`Unable to load paramfile ${uri}: ${systemError(error, path)}`);
    }
  }

  #decode(bytes: Uint8Array, path: string, encoding: string): string {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      if (error instanceof RangeError) throw new ParameterFileError(`unknown encoding: ${encoding}`);
      throw new ParameterFileError(
        `Unable to load paramfile (${path}), text contents could not be decoded.  If this is a binary file, ` +
          'please use the fileb:// prefix instead of the file:// prefix.',
      );
    }
  }
}

/** `~`, `$VAR` and `${VAR}` replaced; a variable that is not set stays as it was written. */
export function expandPath(path: string, env: CommandIo['env']): string {
  return path
    .replace(/^~(?=\/|$)/, () => env['HOME'] ?? homedir())
    .replace(/\$(?:(\w+)|\{([^}]*)\})/g, (written, plain, braced) => env[plain ?? braced] ?? written);
}

async function readAll(stream: CommandIo['stdin']): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ENAMETOOLONG: 'File name too long',
};

/** What Python says of a file that can't be read. */
export function systemError(error: unknown, path: string): string {
  if (!(error instanceof Error)) return String(error);
  const { code, errno } = error as NodeJS.ErrnoException;
  const text = code === undefined ? undefined : SYSTEM_ERRORS[code];
  return text === undefined ? error.message : `[Errno ${Math.abs(errno ?? 0)}] ${text}: '${path}'`;
}
