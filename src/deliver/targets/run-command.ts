import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Command } from './exec-url.ts';

/** How a command ended. */
export interface CommandEnd {
  /** Its exit code; undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** The beginning of what it wrote to standard error, else of standard output. */
  readonly said: string;
}

export interface CommandRun {
  /** What the command reads on standard input. */
  readonly input: string;
  readonly env: Readonly<Record<string, string>>;
  /** Aborted when it has run for too long: then it is killed, with all that it started. */
  readonly signal: AbortSignal;
}

// What a command says is read to its end, lest it wait for somebody to; only this much is kept.
const OUTPUT_BYTES = 16 * 1024;

// Busbar's own environment stays with Busbar: it may hold secrets.
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs a command, without a shell, until it ends. Rejects when it can't be started (`code` says why), and when the
 * signal is aborted.
 */
export function runCommand({ path, args }: Command, { input, env, signal }: CommandRun): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    // In a process group of its own, which can be ended as a whole.
    const child = spawn(path, args, { cwd: '/', env: { PATH, ...env }, detached: true, stdio: 'pipe' });
    const said = beginningOf(child.stdout);
    const complained = beginningOf(child.stderr);
    let exit: Omit<CommandEnd, 'said'> | undefined;
    const finish = () => {
      signal.removeEventListener('abort', stop);
      if (exit === undefined) return reject(signal.reason);
      resolve({ ...exit, said: complained() || said() });
    };
    const stop = () => {
      killGroup(child);
      for (const stream of child.stdio) stream?.destroy();
      finish();
    };
    signal.addEventListener('abort', stop, { once: true });
    child.on('error', (error) => {
      signal.removeEventListener('abort', stop);
      reject(error);
    });
    child.on('exit', (code, name) => {
      exit = { code: code ?? undefined, signal: name ?? undefined };
      if (code !== 0) return;
      // What it has started may hold its output open for long; nobody has to wait for that.
      for (const stream of child.stdio) stream?.destroy();
      finish();
    });
    child.on('close', finish);
    // A command need not read what it is given.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function beginningOf(stream: Readable): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < OUTPUT_BYTES) chunks.push(chunk.subarray(0, OUTPUT_BYTES - bytes));
    bytes += chunk.length;
  });
  stream.on('error', () => undefined);
  return () => Buffer.concat(chunks).toString('utf8').trim();
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended by itself.
  }
}
