import type { CommandIo } from './command-io.ts';

const EXIT_INTERRUPTED = 130;
// Until then Ctrl-C ends the process as it ends any; to listen costs a short command more than it is worth.
const LISTEN_AFTER_MS = 100;

/**
 * Runs a command that Ctrl-C ends at once: a newline on standard output, so that the prompt does not follow `^C`,
 * and exit code 130.
 */
export async function interruptible<Result>(command: () => Promise<Result>, io: CommandIo): Promise<Result> {
  const onInterrupt = () => {
    io.stdout.write('\n');
    process.exit(EXIT_INTERRUPTED);
  };
  const timer = setTimeout(() => process.once('SIGINT', onInterrupt), LISTEN_AFTER_MS).unref();
  try {
    return await command();
  } finally {
    clearTimeout(timer);
    process.removeListener('SIGINT', onInterrupt);
  }
}
