import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import type { CommandLine } from './command-line.ts';

/** The event pattern that `--pattern` gives as JSON or as `file://PATH`. Throws the usage error for anything else. */
export function patternOption(line: CommandLine, io: CommandIo): string | undefined {
  const given = line.text('pattern');
  return given === undefined ? undefined : patternText(given, line, io);
}

/** The same for a text that stands elsewhere. */
export function patternText(given: string, line: CommandLine, io: CommandIo): string {
  const text = given.startsWith('file://') ? fileText(given.slice(7), line, io) : given;
  try {
    JSON.parse(text);
  } catch (error) {
    throw line.error(`the pattern is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return text;
}

function fileText(path: string, line: CommandLine, io: CommandIo): string {
  try {
    return readFileSync(resolve(io.cwd, path), 'utf8');
  } catch (error) {
    throw line.error(`the pattern can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
