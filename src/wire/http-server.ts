import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type ErrorCode, ServiceError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import { ADMIN_PREFIX, AdminApi } from './admin/admin-api.ts';
import type { AdminContext } from './admin/admin-context.ts';
import { sendText } from './answer.ts';
import { AwsApi, type AwsApiOptions } from './aws-api.ts';
import { Callers, type CallersOptions } from './callers.ts';
import { errorTable } from './error-table.ts';
import { BrokenOff, RequestBodies } from './request-bodies.ts';

// An import would read all that the module exports, and load a WebSocket client with it: a tenth of a second.
const { createServer } = process.getBuiltinModule('node:http');

export interface HttpServerOptions extends CallersOptions, Omit<AwsApiOptions, 'callers'> {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: Log;
  readonly newRequestId: () => string;
  /** Whether an error only says that nothing can be stored at the moment, which is told elsewhere. */
  readonly isStoreFailure: (error: unknown) => boolean;
  /** What Busbar's own API works with. */
  readonly admin: AdminContext;
}

const AWS_JSON = 'application/x-amz-json-1.1';

// Longer than the pools of the SDKs keep theirs, so that it is never us who hang up first.
const KEEP_ALIVE_MS = 75_000;

/** The server of the API: AWS JSON 1.1 on `POST /`, Busbar's own under `/_busbar/`. */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #callers: Callers;
  readonly #bodies: RequestBodies;
  readonly #awsApi: AwsApi;
  readonly #adminApi: AdminApi;
  readonly #server: Server;
  readonly #stopping = new AbortController();
  readonly #sockets = new Set<Socket>();
  readonly #underWay = new Set<ServerResponse>();

  private constructor(options: HttpServerOptions) {
    this.#options = options;
    const callers = new Callers(options);
    const bodies = new RequestBodies(options.limits);
    this.#callers = callers;
    this.#bodies = bodies;
    this.#awsApi = new AwsApi({ ...options, callers });
    const { signal: stopping } = this.#stopping;
    this.#adminApi = new AdminApi({ callers, bodies, context: options.admin, stopping });
    const { requestHeadMs, requestMs, idleConnectionMs } = options.limits;
    const settings = {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: requestHeadMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.ceil(Math.min(requestHeadMs, requestMs) / 4),
    };
    this.#server = createServer(settings, (request, response) => {
      void this.#answer(request, response);
    });
    // Who takes no answer, and sends nothing either, has gone.
    this.#server.timeout = idleConnectionMs;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Rejects when the address can't be listened on. */
  static async listen(options: HttpServerOptions): Promise<HttpServer> {
    const http = new HttpServer(options);
    await new Promise<void>((resolve, reject) => {
      http.#server.once('error', reject);
      http.#server.listen(options.port, options.host, () => {
        http.#server.off('error', reject);
        resolve();
      });
    });
    return http;
  }

  /** Where it listens, `http://127.0.0.1:4010`. */
  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  }

  /**
   * Takes no new connection, answers what is under way, then lets go of the port. Clients that leave their
   * request unfinished are waited for no longer than the limit.
   */
  async close(): Promise<void> {
    const { clock, limits } = this.#options;
    this.#stopping.abort();
    const closed = new AbortController();
    const patience = clock.sleepUntil(clock.now() + limits.stopGraceMs, closed.signal);
    void patience.then(() => this.#server.closeAllConnections());
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      // A connection that stayed open after its answer would hold up the stop until it timed out.
      for (const response of this.#underWay) response.shouldKeepAlive = false;
      this.#server.closeIdleConnections();
      // Those on which nothing was ever asked are not idle to Node, and would be waited for.
      for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
    });
    closed.abort();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = this.#options.newRequestId();
    response.setHeader('x-amzn-RequestId', requestId);
    if (!this.#server.listening) response.shouldKeepAlive = false;
    this.#underWay.add(response);
    response.once('close', () => this.#underWay.delete(response));
    try {
      await this.#route(request, response);
    } catch (error) {
      if (!(error instanceof BrokenOff)) this.#sendRefusal(response, error, requestId);
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?', 1)[0] ?? '/';
    if (path.startsWith(ADMIN_PREFIX)) return this.#adminApi.answer(request, response);
    this.#callers.checkOrigin(request);
    if (request.method === 'POST' && path === '/') {
      await this.#bodies.read(request, response, async (body) => {
        const answer = await this.#awsApi.answer(request, body);
        const text = answer === undefined ? '' : JSON.stringify(answer);
        return sendText(response, 200, { text, type: AWS_JSON });
      });
    } else {
      request.resume();
      const message = `Nothing answers ${request.method} ${path} here: the EventBridge API is POST /, Busbar's own is under ${ADMIN_PREFIX}.`;
      sendText(response, 404, { text: JSON.stringify({ message }), type: 'application/json' });
    }
  }

  #sendRefusal(response: ServerResponse, error: unknown, requestId: string): void {
    const known = error instanceof ServiceError;
    const code: ErrorCode = known ? error.code : 'InternalException';
    const { status, fault } = errorTable[code];
    const isStoreFailure = this.#options.isStoreFailure(error);
    if (fault === 'server' && !isStoreFailure) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#options.log.error('A request failed for a reason of ours.', { requestId, error: text });
    }
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const failure = isStoreFailure
      ? 'Internal failure: nothing can be stored at the moment. Try again later.'
      : `Internal failure. The log tells more under ${requestId}.`;
    const message = known ? error.message : failure;
    response.setHeader('x-amzn-ErrorType', code);
    // The rest of such a body is dropped, and the connection with it.
    if (code === 'RequestEntityTooLargeException') response.shouldKeepAlive = false;
    sendText(response, status, { text: JSON.stringify({ __type: code, message }), type: AWS_JSON });
  }
}
