import type { ClientRequest, IncomingMessage } from 'node:http';
import type { CommandIo } from './command-io.ts';
import { type CommandError, generalError } from './errors.ts';

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

/** An answer as it came. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/**
 * Sends one POST and reads the whole answer. Throws a CommandError (exit 255) with the AWS CLI's text when
 * there is no answer: refused, timed out, closed, or not trusted.
 */
export async function exchange(
  url: URL,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  connection: Connection,
): Promise<HttpAnswer> {
  // One of the two is loaded, and only for commands that send something.
  const http = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const agent = new http.Agent({
    proxyEnv: connection.proxyEnv,
    rejectUnauthorized: connection.verifySsl,
    ...(connection.caBundle === undefined ? {} : { ca: connection.caBundle }),
  });
  const body = Buffer.from(request.body);
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const sent = http.request(url, {
    method: 'POST',
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
        headers: response.headers,
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
    connectTimeoutMs === 0
      ? undefined
      : setTimeout(
          () => reject(generalError(`Connect timeout on endpoint URL: "${url.href}"`)),
          connectTimeoutMs,
        );
  const stop = () => clearTimeout(timer);
  sent.on('socket', (socket) => {
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      stop();
      socket.setTimeout(readTimeoutMs, () => {
        reject(generalError(`Read timeout on endpoint URL: "${url.href}"`));
      });
    });
  });
  return stop;
}

const NO_CONNECTION =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/;
const NOT_TRUSTED = /CERT|SIGNATURE|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/;

function connectionError(error: NodeJS.ErrnoException, url: URL, env: CommandIo['env']): CommandError {
  const code = error.code ?? '';
  const proxy = proxyOf(url, env);
  if (proxy !== undefined && (code.startsWith('ERR_PROXY') || sameAddress(error, proxy))) {
    return generalError(`Failed to connect to proxy URL: "${proxy.href}"`, 'ProxyConnection');
  }
  if (NO_CONNECTION.test(code)) {
    return generalError(`Could not connect to the endpoint URL: "${url.href}"`, 'EndpointConnection');
  }
  if (NOT_TRUSTED.test(code)) {
    return generalError(`SSL validation failed for ${url.href} ${error.message}`, 'SSLError');
  }
  return closed(url);
}

function closed(url: URL): CommandError {
  return generalError(
    `Connection was closed before we received a valid response from endpoint URL: "${url.href}".`,
    'ConnectionClosed',
  );
}

function proxyOf(url: URL, env: CommandIo['env']): URL | undefined {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const text = env[name] || env[name.toUpperCase()];
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

function sameAddress(error: NodeJS.ErrnoException, proxy: URL): boolean {
  return NO_CONNECTION.test(error.code ?? '') && 'port' in error && String(error.port) === proxy.port;
}
