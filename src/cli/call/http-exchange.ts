import type { ClientRequest } from 'node:http';
import type { CommandIo } from '../command-io.ts';
import type { CommandError } from '../errors.ts';
import { closed, connectionError, connectTimeout, proxyOf, readTimeout } from './connection-errors.ts';
import type { HttpAnswer } from './http-answer.ts';
import { exchangeOverTcp } from './tcp-exchange.ts';

/** How to reach an endpoint. Times are milliseconds, 0 waits for ever. */
export interface Connection {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly verifySsl: boolean;
  /** The certificates to trust, as PEM; undefined for the machine's own. */
  readonly caBundle: string | undefined;
  /** Where HTTP_PROXY and its kin are looked up; empty for a direct connection. */
  readonly proxyEnv: CommandIo['env'];
}

/** A request as it is sent; its headers name the host. */
export interface ExchangedRequest {
  /** POST when left out. */
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends one request and reads the whole answer. Throws a CommandError (exit 255) with the AWS CLI's text when
 * there is no answer: refused, timed out, closed, or not trusted.
 */
export async function exchange(
  url: URL,
  request: ExchangedRequest,
  connection: Connection,
): Promise<HttpAnswer> {
  if (url.protocol === 'http:' && proxyOf(url, connection.proxyEnv) === undefined) {
    return exchangeOverTcp(url, request, connection);
  }
  // An import would read all that these modules export, and load a WebSocket client with it.
  const http = process.getBuiltinModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
  const agent = new http.Agent({
    proxyEnv: connection.proxyEnv,
    rejectUnauthorized: connection.verifySsl,
    ...(connection.caBundle === undefined ? {} : { ca: connection.caBundle }),
  });
  const body = Buffer.from(request.body);
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const sent = http.request(url, {
    method: request.method ?? 'POST',
    agent,
    headers: { ...request.headers, 'content-length': body.length },
  });
  const stopWaiting = giveUpInTime(sent, url, connection, reject);
  sent.on('error', (error) => reject(connectionError(error, url, connection.proxyEnv)));
  sent.on('response', (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', () => reject(closed(url)));
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? 0,
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: Buffer.concat(chunks).toString('utf8'),
      }),
    );
  });
  sent.end(body);
  try {
    return await promise;
  } finally {
    stopWaiting();
    sent.destroy();
    agent.destroy();
  }
}

// One timer for the connection, then the socket's own for every silence after it.
function giveUpInTime(
  sent: ClientRequest,
  url: URL,
  { connectTimeoutMs, readTimeoutMs }: Connection,
  reject: (error: CommandError) => void,
): () => void {
  const timer =
    connectTimeoutMs === 0 ? undefined : setTimeout(() => reject(connectTimeout(url)), connectTimeoutMs);
  const stop = () => clearTimeout(timer);
  sent.on('socket', (socket) => {
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      stop();
      socket.setTimeout(readTimeoutMs, () => {
        reject(readTimeout(url));
      });
    });
  });
  return stop;
}
