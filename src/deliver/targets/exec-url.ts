import { isAbsolute, normalize } from 'node:path';
import { isBelow } from './below.ts';

/** A command of this machine and its arguments. */
export interface Command {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
}

/** The command of an `exec:/PATH?arg=…&arg=…` target; undefined when the URL is not of that form. */
export function commandOf(text: string): Command | undefined {
  if (!text.startsWith('exec:/') || !URL.canParse(text)) return undefined;
  const { host, pathname, searchParams, hash } = new URL(text);
  if (host !== '' || hash !== '' || [...searchParams.keys()].some((name) => name !== 'arg')) return undefined;
  const path = decoded(pathname);
  const args = searchParams.getAll('arg');
  if (path === undefined || !isAbsolute(path) || path !== normalize(path)) return undefined;
  return [path, ...args].some((part) => part.includes('\0')) ? undefined : { path, args };
}

/** Why this command is not run, in a sentence; undefined when it may be. */
export function refusalOfCommand(text: string, commands: readonly string[]): string | undefined {
  const command = commandOf(text);
  if (command === undefined)
    return 'A command is an absolute path: exec:/FOLDER/COMMAND?arg=FIRST&arg=SECOND.';
  if (isBelow(command.path, commands)) return undefined;
  return commands.length === 0
    ? 'Commands are no targets unless --exec-targets (BUSBAR_EXEC_TARGETS) names them or their folders.'
    : `It is not among what --exec-targets (BUSBAR_EXEC_TARGETS) names: ${commands.join(', ')}.`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
