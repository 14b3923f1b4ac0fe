import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A request that the endpoint received. */
export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Endpoint {
  readonly url: string;
  readonly received: readonly Received[];
  /** Resolves when `count` requests have come in all; the test's own timeout bounds it. */
  arrived(count: number): Promise<void>;
}

/** How the endpoint answers the nth request, counted from 0; 'hang' never answers it. */
export type Behaviour = (
  n: number,
) => { status: number; headers?: Record<string, string>; body?: string } | 'hang' | 'reset';

/** A real HTTP server on a free port that keeps what it receives, and stops with the test. */
export async function startEndpoint(
  t: TestContext,
  behaviour: Behaviour = () => ({ status: 200 }),
): Promise<Endpoint> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const answer = behaviour(received.length);
    const { method = '', url: path = '', headers } = request;
    received.push({ method, path, body, headers });
    if (answer === 'reset') request.socket.destroy();
    else if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end(answer.body);
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    arrived: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
