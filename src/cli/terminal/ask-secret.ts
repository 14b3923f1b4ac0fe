import type { TextSink } from '../command-io.ts';

const ENTER = '\r\n\u0004';
const INTERRUPT = '\u0003';
const ERASE = '\b\u007f';

/**
 * Where somebody can be asked: standard input, or where that is something else the terminal that the process belongs
 * to. Undefined when there is none.
 */
export function terminalInput(): NodeJS.ReadStream | undefined {
  if (process.stdin.isTTY) return process.stdin;
  try {
    const { ReadStream } = process.getBuiltinModule('node:tty');
    return new ReadStream(process.getBuiltinModule('node:fs').openSync('/dev/tty', 'r'));
  } catch {
    return undefined;
  }
}

/**
 * Asks on the terminal for a line that is not shown while it is typed. Ctrl-C ends the
 * process as it would anywhere else.
 */
export async function askSecret(
  question: string,
  input: NodeJS.ReadStream,
  output: TextSink,
): Promise<string> {
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
    // Else it would keep the process from ending.
    if (input === process.stdin) input.pause();
    else input.destroy();
    output.write('\n');
  }
}
