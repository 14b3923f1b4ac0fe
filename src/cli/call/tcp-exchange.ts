import type { Socket } from 'node:net';
import { type CommandError, generalError } from '../errors.ts';
import { closed, connectionError, connectTimeout, readTimeout } from './connection-errors.ts';
import { type HttpAnswer, HttpAnswerError, HttpAnswerReader } from './http-answer.ts';
import type { Connection, ExchangedRequest } from './http-exchange.ts';

/**
 * Sends one request to an `http:` URL over a connection of its own and reads the whole answer, without Node's HTTP
 * client: loading that would take longer than the call. Throws as `exchange` does.
 */
export async function exchangeOverTcp(
  url: URL,
  request: ExchangedRequest,
  connection: Connection,
): Promise<HttpAnswer> {
  const body = Buffer.from(request.body);
  const message = requestBytes(request.method ?? 'POST', url, {
    headers: request.headers,
    body,
    keepsAlive: false,
  });
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const socket = process.getBuiltinModule('node:net').connect({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 80),
    noDelay: true,
  });
  const timer = limitTime(socket, url, connection, reject);
  const reader = new HttpAnswerReader();
  const settle = (read: () => HttpAnswer | undefined) => {
    try {
      const answer = read();
      if (answer !== undefined) resolve(answer);
    } catch (error) {
      reject(error instanceof HttpAnswerError ? closed(url) : error);
    }
  };
  socket.on('error', (error) => reject(connectionError(error, url, {})));
  socket.on('data', (bytes) => settle(() => reader.push(bytes)));
  socket.on('close', () => settle(() => reader.close()));
  socket.write(message);
  try {
    const answer = await promise;
    // The server closes it. To destroy it would load standard error: Node looks whether that is the socket.
    socket.unref();
    return answer;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A request as it goes over the wire. Throws a CommandError for a header that can't be sent. */
export function requestBytes(
  method: 'GET' | 'POST',
  url: URL,
  {
    headers,
    body,
    keepsAlive,
  }: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
    readonly keepsAlive: boolean;
  },
): Buffer {
  let head = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n`;
  for (const [name, value] of Object.entries(headers)) {
    // A line break here would begin another header.
    if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) {
      throw generalError(`The header ${name} can't be sent: it holds characters that no header may hold.`);
    }
    head += `${name}: ${value}\r\n`;
  }
  head += `content-length: ${body.length}\r\nconnection: ${keepsAlive ? 'keep-alive' : 'close'}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

// One timer for the connection, then the socket's own for every silence after it.
function limitTime(
  socket: Socket,
  url: URL,
  { connectTimeoutMs, readTimeoutMs }: Connection,
  reject: (error: CommandError) => void,
): NodeJS.Timeout | undefined {
  const timer =
    connectTimeoutMs === 0 ? undefined : setTimeout(() => reject(connectTimeout(url)), connectTimeoutMs);
  socket.once('connect', () => {
    clearTimeout(timer);
    socket.setTimeout(readTimeoutMs, () => reject(readTimeout(url)));
  });
  return timer;
}
