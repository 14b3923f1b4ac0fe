import { Readable } from 'node:stream';
import { type Connection, exchange } from '../call/http-exchange.ts';
import { CommandError } from '../errors.ts';

/** A request as the SDK's clients hand it to what sends it. */
interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Sends what the SDK's clients ask for as the command line sends its own requests: with its timeouts, certificates
 * and proxy, and with its words for connections that fail. Remembers what was sent last, for messages.
 */
export class ExchangeHandler {
  readonly #connection: Connection;
  #operation = '';
  #failure: CommandError | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The operation of the last request to a query API such as STS; empty for other APIs. */
  get operation(): string {
    return this.#operation;
  }

  /** Why the last request got no answer; undefined when it got one. */
  get failure(): CommandError | undefined {
    return this.#failure;
  }

  async handle(request: SdkRequest) {
    const body = textOf(request.body);
    this.#operation = /(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? '';
    this.#failure = undefined;
    const { 'content-length': _, ...headers } = request.headers;
    const method = request.method === 'GET' ? 'GET' : 'POST';
    try {
      const answer = await exchange(urlOf(request), { method, headers, body }, this.#connection);
      const { status, headers: answered } = answer;
      return {
        response: { statusCode: status, headers: answered, body: Readable.from([Buffer.from(answer.body)]) },
      };
    } catch (error) {
      if (error instanceof CommandError) this.#failure = error;
      // Lost connections are worth another attempt.
      throw error instanceof CommandError ? Object.assign(error, { $retryable: {} }) : error;
    }
  }

  // What the interface of the SDK asks for besides; there is nothing to do.
  destroy(): void {}
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): Readonly<Record<string, unknown>> {
    return {};
  }
}

function urlOf({ protocol, hostname, port, path, query = {} }: SdkRequest): URL {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  const url = new URL(`${protocol}//${host}${port === undefined ? '' : `:${port}`}${path}`);
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one ?? '')}`),
  );
  if (pairs.length > 0) url.search = pairs.join('&');
  return url;
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  if (!(body instanceof Uint8Array)) return '';
  // By its memory: the SDK's bytes complain when they are taken for text.
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
