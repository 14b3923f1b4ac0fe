import { requireNothingMissing } from './argument-parser.ts';
import type { CommandIo } from './command-io.ts';
import { ownCommands } from './commands/index.ts';
import { CommandError, generalError, PROGRAM } from './errors.ts';
import { checkGlobalOptions, type GlobalOptions, parseGlobalOptions } from './global-options.ts';
import { interruptible } from './interrupt.ts';
import { programHelp } from './program-help.ts';
import { readQuery } from './query-option.ts';
import { version } from './version.ts';

export type { CommandIo } from './command-io.ts';

const COMMANDS = ['events', 'start', 'help', ...Object.keys(ownCommands)];

/**
 * The command line: `busbar events …`, `busbar start`, `busbar help`. Answers the exit code (0, or as the AWS
 * CLI v2: 252 syntax, 253 configuration, 254 the service's error, 255 all else); never throws.
 */
export async function main(argv: readonly string[], io: CommandIo): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === 'help') return print(programHelp(), io);
  if (first === 'start') return (await import('./start.ts')).start(rest, io);
  let globals: GlobalOptions | undefined;
  try {
    const { words, behind } = cutCommand(argv);
    const { options, parsed } = parseGlobalOptions(words, COMMANDS);
    globals = options;
    if (options.version) return print(`${PROGRAM} ${version()}\n`, io);
    if (options.help && parsed.word === undefined) return print(programHelp(), io);
    requireNothingMissing(parsed);
    return await run(parsed.word, [...parsed.rest, ...behind], { options, io });
  } catch (error) {
    const shown = error instanceof CommandError ? error : unexpected(error, argv.includes('--debug'));
    io.stderr.write(await textOf(shown, globals, io));
    return shown.exitCode;
  }
}

async function run(
  command: string | undefined,
  rest: readonly string[],
  { options, io }: { readonly options: GlobalOptions; readonly io: CommandIo },
): Promise<number> {
  if (command === 'start') return (await import('./start.ts')).start(rest, io);
  if (command !== undefined && Object.hasOwn(ownCommands, command)) {
    const { runCommand } = await import('./commands/run-command.ts');
    return runCommand(command, rest, { options, io });
  }
  if (command !== 'events') return print(programHelp(), io);
  const query = await readQuery(options.query);
  checkGlobalOptions(options);
  const { runEvents } = await import('./events-command.ts');
  await interruptible(() => runEvents(rest, options, { io, query }), io);
  return 0;
}

// The formats are loaded when one is asked for.
async function textOf(
  error: CommandError,
  options: GlobalOptions | undefined,
  io: CommandIo,
): Promise<string> {
  const { errorFormat, formattedError } = await import('./error-format.ts');
  return formattedError(error, errorFormat(options, io));
}

// Behind `--` of one of Busbar's own commands nothing is an option of ours: it may be another program's.
function cutCommand(argv: readonly string[]): {
  readonly words: readonly string[];
  readonly behind: readonly string[];
} {
  const cut = Object.hasOwn(ownCommands, argv[0] ?? '') ? argv.indexOf('--') : -1;
  return cut < 0 ? { words: argv, behind: [] } : { words: argv.slice(0, cut), behind: argv.slice(cut) };
}

// Not one of the failures that are foreseen: with --debug it shows where it came from.
function unexpected(error: unknown, withStack: boolean): CommandError {
  if (!(error instanceof Error)) return generalError(String(error));
  return generalError((withStack ? error.stack : undefined) ?? error.message);
}

function print(text: string, io: CommandIo): number {
  io.stdout.write(text);
  return 0;
}
