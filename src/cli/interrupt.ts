import type { CommandIo } from './command-io.ts';

const EXIT_INTERRUPTED = 130;

/**
 * Runs a command that Ctrl-C ends at once: a newline on standard output, so that the prompt does not follow `^C`,
 * and exit code 130.
 */
export async function interruptible<Result>(command: () => Promise<Result>, io: CommandIo): Promise<Result> {
  const onInterrupt = () => {
    io.stdout.write('\n');
    process.exit(EXIT_INTERRUPTED);
  };
  process.once('SIGINT', onInterrupt);
  try {
    return await command();
  } finally {
    process.removeListener('SIGINT', onInterrupt);
  }
}
