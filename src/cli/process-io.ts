import { fstatSync, writeSync } from 'node:fs';
import type { CommandIo, TextSink } from './command-io.ts';

/** Runs a command with the arguments of this process, and ends it with the exit code that the command answers. */
export async function runProcess(
  main: (argv: readonly string[], io: CommandIo) => Promise<number>,
): Promise<void> {
  const { io, isFlushed } = processIo();
  process.exitCode = await main(process.argv.slice(2), io);
  // Taking down what is left takes longer than leaving it.
  if (isFlushed()) process.exit();
}

/** This process as a command sees it; `isFlushed` tells whether all that was written has gone out. */
function processIo(): { readonly io: CommandIo; readonly isFlushed: () => boolean } {
  // Who stops reading, as `| head` does, is told nothing more. A server goes on: neither its greeting nor its log
  // is worth an event.
  const isServer = process.argv[2] === 'start';
  const stdout = new StandardOutput((error) => {
    if (isServer) return;
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  if (isServer) process.stderr.on('error', () => undefined);
  let usesStderr = false;
  const io: CommandIo = {
    // Node's streams are loaded by those who use them.
    get stdin() {
      return process.stdin;
    },
    get stderr() {
      usesStderr = true;
      if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => undefined);
      return process.stderr;
    },
    stdout,
    runPager,
    askSecret: async (question) => {
      const { askSecret, terminalInput } = await import('./terminal/ask-secret.ts');
      const input = terminalInput();
      return input === undefined ? undefined : askSecret(question, input, io.stderr);
    },
    env: process.env,
    cwd: process.cwd(),
  };
  return { io, isFlushed: () => !stdout.usesStream && !usesStderr && !isServer };
}

// Text is written as it comes: Node's stream takes longer to load than a short answer takes to print.
class StandardOutput implements TextSink {
  readonly #onError: (error: NodeJS.ErrnoException) => void;
  #stream: NodeJS.WriteStream | undefined;

  constructor(onError: (error: NodeJS.ErrnoException) => void) {
    this.#onError = onError;
  }

  get usesStream(): boolean {
    return this.#stream !== undefined;
  }

  // What is no device is no terminal, and that is known without the stream. /dev/null is a device.
  get isTTY(): boolean {
    return fstatSync(1).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(1);
  }

  get columns(): number {
    return this.#startStream().columns;
  }

  write(text: string): void {
    if (this.#stream !== undefined) {
      this.#stream.write(text);
      return;
    }
    let rest: Uint8Array = Buffer.from(text);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      const failure = error as NodeJS.ErrnoException;
      // The pipe is full, and who made it wants nobody to wait for it: the stream writes on when it can.
      if (failure.code === 'EAGAIN') this.#startStream().write(rest);
      else this.#onError(failure);
    }
  }

  #startStream(): NodeJS.WriteStream {
    if (this.#stream === undefined) {
      this.#stream = process.stdout;
      this.#stream.on('error', this.#onError);
    }
    return this.#stream;
  }
}

// A shell says that there is no such command by this code.
const NOT_FOUND = 127;

async function runPager(command: string, text: string): Promise<boolean> {
  const { spawn } = await import('node:child_process');
  // As the AWS CLI sets it: quit at once when all fits, keep colours, leave the text on the screen.
  const env = { LESS: 'FRX', ...process.env };
  const pager = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'pipe'], env });
  // Ctrl-C is the pager's while it runs.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  const said: Buffer[] = [];
  pager.stderr.on('data', (bytes: Buffer) => said.push(bytes));
  // The reader may quit before the end.
  pager.stdin.on('error', ignore);
  pager.stdin.end(text);
  try {
    return await new Promise((resolve) => {
      pager.on('error', () => resolve(false));
      pager.on('close', (code) => {
        if (code !== NOT_FOUND) process.stderr.write(Buffer.concat(said));
        resolve(code !== NOT_FOUND);
      });
    });
  } finally {
    process.removeListener('SIGINT', ignore);
  }
}
