import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { main } from '../src/cli/main.ts';

/** A request as the server of a test received it. */
export interface Received {
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly url: string;
  readonly body: unknown;
}

/** What the server of a test answers. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A service that records what it is asked and gives the replies in turn, the last one for ever. */
export async function serve(
  t: TestContext,
  replies: readonly Reply[],
): Promise<{ readonly url: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const target = String(request.headers['x-amz-target']);
      received.push({ target, headers: request.headers, url: request.url ?? '', body: JSON.parse(text) });
      const reply = replies[Math.min(received.length, replies.length) - 1] ?? { body: '{}' };
      response.writeHead(reply.status ?? 200, reply.headers ?? {}).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** Credentials and a region, and a home without files of its own. */
export const CONFIGURED = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'eu-west-1',
  HOME: '/nonexistent',
};

/** What one run of the command line left behind. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function run(
  argv: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly stdin?: string;
    readonly random?: number;
    /** The terminal's width; without it standard output is none. */
    readonly columns?: number;
    readonly runPager?: (command: string, text: string) => Promise<boolean>;
    readonly askSecret?: (question: string) => Promise<string | undefined>;
  } = {},
): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const code = await main(argv, {
    stdout: {
      write: (text) => (stdout += text),
      ...(options.columns === undefined ? {} : { isTTY: true, columns: options.columns }),
    },
    stderr: { write: (text) => (stderr += text) },
    stdin: (async function* () {
      yield Buffer.from(options.stdin ?? '');
    })(),
    env: options.env ?? CONFIGURED,
    cwd: options.cwd ?? '/',
    random: () => options.random ?? 0,
    ...(options.runPager === undefined ? {} : { runPager: options.runPager }),
    ...(options.askSecret === undefined ? {} : { askSecret: options.askSecret }),
  });
  return { code, stdout, stderr };
}

/** A fresh folder with the given files. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), 'busbar-cli-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}
