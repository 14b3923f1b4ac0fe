import { requireNothingMissing } from './argument-parser.ts';
import type { CommandIo } from './command-io.ts';
import { CommandError, generalError, PROGRAM } from './errors.ts';
import { type GlobalOptions, parseGlobalOptions } from './global-options.ts';
import { version } from './version.ts';

/** What a command is run with. */
export interface CommandContext {
  readonly options: GlobalOptions;
  readonly io: CommandIo;
}

/** The commands of a program. */
export interface Program {
  /** Their names, as messages list them. */
  readonly commands: readonly string[];
  /** Runs one with the words that the global options left; undefined when only help is asked for. Throws CommandError. */
  readonly run: (
    command: string | undefined,
    words: readonly string[],
    context: CommandContext,
  ) => Promise<number>;
}

/**
 * Reads the global options of a command line, runs its command and shows the error that it throws. Words of `behind`
 * are the command's, whatever they look like. Answers the exit code; never throws.
 */
export async function runProgram(
  { words, behind }: { readonly words: readonly string[]; readonly behind: readonly string[] },
  io: CommandIo,
  { commands, run }: Program,
): Promise<number> {
  let globals: GlobalOptions | undefined;
  try {
    const { options, parsed } = parseGlobalOptions(words, commands);
    globals = options;
    if (options.version) {
      io.stdout.write(`${PROGRAM} ${version()}\n`);
      return 0;
    }
    if (!options.help || parsed.word !== undefined) requireNothingMissing(parsed);
    return await run(parsed.word, [...parsed.rest, ...behind], { options, io });
  } catch (error) {
    const shown = error instanceof CommandError ? error : unexpected(error, words.includes('--debug'));
    io.stderr.write(await textOf(shown, globals, io));
    return shown.exitCode;
  }
}

// The formats are loaded when one is asked for.
async function textOf(
  error: CommandError,
  options: GlobalOptions | undefined,
  io: CommandIo,
): Promise<string> {
  const { errorFormat, formattedError } = await import('./output/error-format.ts');
  return formattedError(error, errorFormat(options, io));
}

// Not one of the failures that are foreseen: with --debug it shows where it came from.
function unexpected(error: unknown, withStack: boolean): CommandError {
  if (!(error instanceof Error)) return generalError(String(error));
  return generalError((withStack ? error.stack : undefined) ?? error.message);
}
