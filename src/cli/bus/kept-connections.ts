import type { Socket } from 'node:net';
import { closed, connectionError, connectTimeout, readTimeout } from '../call/connection-errors.ts';
import { type HttpAnswer, HttpAnswerError, HttpAnswerReader } from '../call/http-answer.ts';
import type { Connection } from '../call/http-exchange.ts';
import { requestBytes } from '../call/tcp-exchange.ts';

/**
 * Connections to an `http:` server that stay open, each with one request at a time: for commands that send thousands
 * of them, Node's own client costs more than all else that they do. Close it in the end.
 */
export class KeptConnections {
  readonly #url: URL;
  readonly #limits: Connection;
  readonly #idle: KeptConnection[] = [];
  readonly #all = new Set<KeptConnection>();

  constructor(url: URL, limits: Connection) {
    this.#url = url;
    this.#limits = limits;
  }

  /** Sends one POST and reads the whole answer. Rejects with a CommandError as `exchange` does. */
  async post(headers: Readonly<Record<string, string>>, body: Buffer): Promise<HttpAnswer> {
    const message = requestBytes('POST', this.#url, { headers, body, keepsAlive: true });
    for (;;) {
      const kept = this.#idle.pop();
      const connection = kept ?? new KeptConnection(this.#url, this.#limits);
      this.#all.add(connection);
      const answer = await connection.send(message);
      if (answer !== undefined) {
        if (connection.isOpen) this.#idle.push(connection);
        else this.#all.delete(connection);
        return answer;
      }
      // The server had closed it while it was idle: it has not seen the request.
      this.#all.delete(connection);
      if (kept === undefined) throw closed(this.#url);
    }
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }
}

interface Waiting {
  readonly reader: HttpAnswerReader;
  readonly resolve: (answer: HttpAnswer | undefined) => void;
  readonly reject: (error: unknown) => void;
  hasBegun: boolean;
}

class KeptConnection {
  readonly #url: URL;
  readonly #socket: Socket;
  #waiting: Waiting | undefined;
  #isOpen = true;

  constructor(url: URL, { connectTimeoutMs, readTimeoutMs }: Connection) {
    this.#url = url;
    this.#socket = process.getBuiltinModule('node:net').connect({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 80),
      noDelay: true,
    });
    const timer =
      connectTimeoutMs === 0
        ? undefined
        : setTimeout(() => this.#fail(connectTimeout(url)), connectTimeoutMs);
    this.#socket.once('connect', () => {
      clearTimeout(timer);
      // Of an idle connection nothing is expected.
      this.#socket.setTimeout(readTimeoutMs, () => {
        if (this.#waiting !== undefined) this.#fail(readTimeout(url));
      });
    });
    this.#socket.on('error', (error) => this.#fail(connectionError(error, url, {})));
    this.#socket.on('data', (bytes) => this.#read(bytes));
    this.#socket.on('close', () => {
      clearTimeout(timer);
      this.#end();
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The answer; undefined when the connection ended before any of it came. */
  send(message: Buffer): Promise<HttpAnswer | undefined> {
    return new Promise((resolve, reject) => {
      if (!this.#isOpen) {
        resolve(undefined);
        return;
      }
      this.#waiting = { reader: new HttpAnswerReader(), resolve, reject, hasBegun: false };
      this.#socket.write(message);
    });
  }

  close(): void {
    this.#isOpen = false;
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    waiting.hasBegun = true;
    try {
      const answer = waiting.reader.push(bytes);
      if (answer === undefined) return;
      this.#waiting = undefined;
      if (/\bclose\b/i.test(answer.headers['connection'] ?? '')) this.close();
      waiting.resolve(answer);
    } catch (error) {
      this.#fail(error instanceof HttpAnswerError ? closed(this.#url) : error);
    }
  }

  #fail(error: unknown): void {
    this.close();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }

  #end(): void {
    this.#isOpen = false;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    try {
      waiting.resolve(waiting.hasBegun ? waiting.reader.close() : undefined);
    } catch {
      waiting.reject(closed(this.#url));
    }
  }
}
