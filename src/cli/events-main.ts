import type { CommandIo } from './command-io.ts';
import { runEvents } from './events-command.ts';
import { checkGlobalOptions } from './global-options.ts';
import { interruptible } from './interrupt.ts';
import { type CommandContext, runProgram } from './program.ts';
import { readQuery } from './query-option.ts';

/** `main` for command lines that begin with `events`: it is published in a file of its own, which loads sooner. */
export function eventsMain(argv: readonly string[], io: CommandIo): Promise<number> {
  const program = {
    commands: ['events'],
    run: (_command: string | undefined, words: readonly string[], context: CommandContext) =>
      events(words, context),
  };
  return runProgram({ words: argv, behind: [] }, io, program);
}

/** Runs `busbar events …`. Answers its exit code; throws the CommandError to show. */
export async function events(words: readonly string[], { options, io }: CommandContext): Promise<number> {
  const query = await readQuery(options.query);
  checkGlobalOptions(options);
  await interruptible(() => runEvents(words, options, { io, query }), io);
  return 0;
}
