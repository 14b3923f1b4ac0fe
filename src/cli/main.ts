import type { CommandIo } from './command-io.ts';
import { ownCommands } from './commands/index.ts';
import { programHelp } from './help/program-help.ts';
import { type CommandContext, runProgram } from './program.ts';

export type { CommandIo } from './command-io.ts';

const COMMANDS = ['events', 'start', 'help', ...Object.keys(ownCommands)];

/**
 * The command line: `busbar events …`, `busbar start`, `busbar help`. Answers the exit code (0, or as the AWS
 * CLI v2: 252 syntax, 253 configuration, 254 the service's error, 255 all else); never throws.
 */
export async function main(argv: readonly string[], io: CommandIo): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === 'help') return help(io);
  if (first === 'start') return (await import('./start.ts')).start(rest, io);
  return runProgram(cutCommand(argv), io, { commands: COMMANDS, run });
}

async function run(
  command: string | undefined,
  words: readonly string[],
  context: CommandContext,
): Promise<number> {
  if (command === 'events') return (await import('./events-main.ts')).events(words, context);
  if (command === 'start') return (await import('./start.ts')).start(words, context.io);
  if (command === undefined || !Object.hasOwn(ownCommands, command)) return help(context.io);
  const { runCommand } = await import('./commands/run-command.ts');
  return runCommand(command, words, context);
}

// Behind `--` of one of Busbar's own commands nothing is an option of ours: it may be another program's.
function cutCommand(argv: readonly string[]): {
  readonly words: readonly string[];
  readonly behind: readonly string[];
} {
  const cut = Object.hasOwn(ownCommands, argv[0] ?? '') ? argv.indexOf('--') : -1;
  return cut < 0 ? { words: argv, behind: [] } : { words: argv.slice(0, cut), behind: argv.slice(cut) };
}

function help(io: CommandIo): number {
  io.stdout.write(programHelp());
  return 0;
}
