import type { TextSink } from '../command-io.ts';

const ENTER = '\r\n\u0004';
const INTERRUPT = '\u0003';
const ERASE = '\b\u007f';

/**
 * Asks on the terminal for a line that is not shown while it is typed. Undefined when there is no terminal. Ctrl-C
 * ends the process as it would anywhere else.
 */
export async function askSecret(
  question: string,
  input: NodeJS.ReadStream,
  output: TextSink,
): Promise<string | undefined> {
  if (!input.isTTY) return undefined;
  // First, for what is typed from now on is not to be shown.
  input.setRawMode(true);
  output.write(question);
  input.setEncoding('utf8');
  let typed = '';
  try {
    return await new Promise((resolve) => {
      input.on('data', (keys: string) => {
        for (const key of keys) {
          if (key === INTERRUPT) process.kill(process.pid, 'SIGINT');
          else if (ENTER.includes(key)) resolve(typed);
          else typed = ERASE.includes(key) ? typed.slice(0, -1) : typed + key;
        }
      });
      input.on('end', () => resolve(typed));
    });
  } finally {
    input.setRawMode(false);
    input.removeAllListeners('data');
    input.pause();
    output.write('\n');
  }
}
