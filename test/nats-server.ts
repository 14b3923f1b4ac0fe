import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { howToInstall, natsServerProgram } from '../scripts/nats-server-program.ts';

/** How a server is started; every port is one of 127.0.0.1. */
export interface NatsServerOptions {
  /** Where JetStream keeps its things; left out, a folder of its own that goes with `stop`. */
  readonly folder?: string;
  /** Left out: any free one. A server that is to come back after `kill` needs the one it had. */
  readonly port?: number;
  /** Whether it offers JetStream; left out, it does. */
  readonly jetStream?: boolean;
  /** More arguments of nats-server: `['--user', 'u', '--pass', 'p']`. */
  readonly args?: readonly string[];
}

/** A real nats-server with JetStream, on loopback, for as long as a test needs it. */
export class NatsServer {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly port: number;
  /** `nats://127.0.0.1:PORT`. */
  readonly url: string;
  /** Its folder, for another server after this one. */
  readonly folder: string;
  readonly #process: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #end: () => void;
  readonly #temporary: boolean;

  /** Resolves when the server takes connections; rejects with what it said when it ends instead. */
  static async start(options: NatsServerOptions = {}): Promise<NatsServer> {
    const program = natsServerProgram((process.env['PATH'] ?? '').split(delimiter));
    if (program === undefined) throw new Error(howToInstall);
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'busbar-nats-'));
    const args = ['-a', '127.0.0.1', '-p', String(options.port ?? -1), '-sd', folder];
    if (options.jetStream !== false) args.push('-js');
    const server = spawn(program, [...args, ...(options.args ?? [])], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const temporary = options.folder === undefined;
    try {
      const port = await portOf(server);
      return new NatsServer(server, { folder, port, temporary });
    } catch (error) {
      if (temporary) rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  private constructor(
    server: ChildProcess,
    { folder, port, temporary }: { folder: string; port: number; temporary: boolean },
  ) {
    this.#process = server;
    this.#exited = server.exitCode === null ? once(server, 'exit') : Promise.resolve();
    this.folder = folder;
    this.port = port;
    this.host = `127.0.0.1:${port}`;
    this.url = `nats://${this.host}`;
    this.#temporary = temporary;
    // A test file that ends early must not leave its server behind.
    this.#end = () => server.kill('SIGKILL');
    process.once('exit', this.#end);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Ends it as a crash would, at once. `start` with its folder and port brings it back. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exited;
    process.off('exit', this.#end);
  }

  /** Stands still (connections stay open, nothing is answered) until `resume`. */
  pause(): void {
    this.#process.kill('SIGSTOP');
  }

  resume(): void {
    this.#process.kill('SIGCONT');
  }

  /** Ends it, and removes its folder when that is one of its own. */
  async stop(): Promise<void> {
    await this.kill();
    if (this.#temporary) rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Reads what the server says of itself until it says that it is ready. */
async function portOf(server: ChildProcess): Promise<number> {
  let said = '';
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', () => reject(new Error(`nats-server ended:\n${said}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      // The pipe is read to its end, lest it fills up and holds the server.
      if (said.length < 65_536) said += text;
      const port = /Listening for client connections on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined && said.includes('Server is ready')) resolve(Number(port));
    });
  });
}
