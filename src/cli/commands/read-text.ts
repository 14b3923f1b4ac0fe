import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import type { CommandLine } from './command-line.ts';

/** JSON that is given as itself, as a file (with or without `file://`), or on standard input as `-`. */
export async function readText(given: string, line: CommandLine, io: CommandIo): Promise<string> {
  if (/^\s*[[{]/.test(given)) return given;
  if (given === '-') {
    let text = '';
    const decoder = new TextDecoder();
    for await (const piece of io.stdin) {
      text += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    }
    return text;
  }
  try {
    return readFileSync(resolve(io.cwd, given.replace(/^file:\/\//, '')), 'utf8');
  } catch (error) {
    throw line.error(`${given} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
