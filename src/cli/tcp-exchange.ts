import type { Socket } from 'node:net';
import { closed, connectionError, connectTimeout, readTimeout } from './connection-errors.ts';
import { type CommandError, generalError } from './errors.ts';
import { type HttpAnswer, HttpAnswerError, HttpAnswerReader } from './http-answer.ts';
import type { Connection } from './http-exchange.ts';

/**
 * Sends one POST to an `http:` URL over a connection of its own and reads the whole answer, without Node's HTTP
 * client: loading that would take longer than the call. Throws as `exchange` does.
 */
export async function exchangeOverTcp(
  url: URL,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  connection: Connection,
): Promise<HttpAnswer> {
  const message = requestMessage(url, request);
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
    return await promise;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

function requestMessage(
  url: URL,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries(headers).map(([name, value]) => {
    // A line break here would begin another header.
    if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(value)) {
      throw generalError(`The header ${name} can't be sent: it holds characters that no header may hold.`);
    }
    return `${name}: ${value}\r\n`;
  });
  const head = `POST ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}content-length: ${bytes.length}\r\nconnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
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
