import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { ActionContext } from '../actions/action.ts';
import { metadata } from '../api-model/api-model.ts';
import type { Clock } from '../domain/clock.ts';
import { type ErrorCode, ServiceError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { Log } from '../domain/log.ts';
import type { Scope } from '../domain/scope.ts';
import type { AccessPolicy } from './access-policy.ts';
import { claimedScope, isAccount } from './caller.ts';
import { dispatch } from './dispatch.ts';
import { errorTable } from './error-table.ts';
import { BrokenOff, RequestBodies } from './request-bodies.ts';
import type { CredentialSource } from './signature/credentials.ts';
import { verifySignature } from './signature/verify-signature.ts';

export interface HttpServerOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Who may call, and how their signatures are checked; undefined lets everybody in. */
  readonly credentials: CredentialSource | undefined;
  /** What each access key may do; undefined lets every known key do everything. */
  readonly accessPolicy: AccessPolicy | undefined;
  /** For requests that don't say whose they are. */
  readonly defaults: Scope;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly newRequestId: () => string;
  /** Signs the tokens of list operations; the same after a restart. */
  readonly pageTokenKey: Buffer;
  /** What actions work with, for a caller's account and region. */
  readonly contextFor: (scope: Scope) => ActionContext;
  /** What `GET /_busbar/health` answers. */
  readonly health: () => Promise<object>;
}

const JSON_TYPE = 'application/x-amz-json-1.1';
const TARGET_PREFIX = `${metadata.targetPrefix}.`;

// Longer than the pools of the SDKs keep theirs, so that it is never us who hang up first.
const KEEP_ALIVE_MS = 75_000;

/** The server of the API: AWS JSON 1.1 on `POST /`, Busbar's own under `/_busbar/`. */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #bodies: RequestBodies;
  readonly #server: Server;
  readonly #underWay = new Set<ServerResponse>();

  private constructor(options: HttpServerOptions) {
    this.#options = options;
    this.#bodies = new RequestBodies(options.limits);
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
      void this.#answer(request, response);
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
    const closed = new AbortController();
    const patience = clock.sleepUntil(clock.now() + limits.stopGraceMs, closed.signal);
    void patience.then(() => this.#server.closeAllConnections());
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      // A connection that stayed open after its answer would hold up the stop until it timed out.
      for (const response of this.#underWay) response.shouldKeepAlive = false;
      this.#server.closeIdleConnections();
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
      if (!(error instanceof BrokenOff)) this.#refuse(response, error, requestId);
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?', 1)[0] ?? '/';
    this.#refuseForeignPages(request);
    if (request.method === 'POST' && path === '/') {
      await this.#bodies.read(request, async (body) => {
        send(response, 200, await this.#call(request, body));
      });
    } else if (request.method === 'GET' && path === '/_busbar/health') {
      send(response, 200, await this.#options.health(), 'application/json');
    } else {
      request.resume();
      const message = `Nothing answers ${request.method} ${path} here: the EventBridge API is POST /, Busbar's own is under /_busbar/.`;
      send(response, 404, { message }, 'application/json');
    }
  }

  /**
   * Where everybody may call, everybody is whoever reaches a loopback address: not a page of another site
   * that a browser on this machine shows. Browsers name the page's origin with every POST; clients don't.
   */
  #refuseForeignPages({ headers }: IncomingMessage): void {
    if (this.#options.credentials !== undefined || headers.origin === undefined) return;
    const host = URL.canParse(headers.origin) ? new URL(headers.origin).hostname : '';
    if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host)) return;
    throw new ServiceError(
      'AccessDeniedException',
      `Pages of ${headers.origin} may not call this Busbar: it knows no credentials, and takes calls of this machine only.`,
    );
  }

  async #call(request: IncomingMessage, body: Buffer): Promise<unknown> {
    const target = request.headers['x-amz-target'];
    if (typeof target !== 'string' || !target.startsWith(TARGET_PREFIX)) {
      throw new ServiceError(
        'UnknownOperationException',
        `X-Amz-Target must be ${TARGET_PREFIX} followed by an operation, as in ${TARGET_PREFIX}PutEvents.`,
      );
    }
    const { scope, accessKeyId } = this.#identify(request, body);
    const { accessPolicy } = this.#options;
    const context = this.#options.contextFor(scope);
    return dispatch({
      operation: target.slice(TARGET_PREFIX.length),
      body: parseBody(decompress(body, request.headers['content-encoding'], this.#options.limits)),
      context,
      pageTokenKey: this.#options.pageTokenKey,
      authorize:
        accessPolicy === undefined
          ? undefined
          : (operation, decoded) =>
              accessPolicy.authorize({ accessKeyId, context, operation, request: decoded }),
    });
  }

  /** Whose request it is: by its signature where credentials are configured, else as it says. */
  #identify(request: IncomingMessage, body: Buffer): { scope: Scope; accessKeyId: string } {
    const { method = '', url = '', headers } = request;
    const { credentials, defaults, clock } = this.#options;
    if (credentials === undefined) {
      return { scope: claimedScope(headers.authorization, defaults), accessKeyId: '' };
    }
    const find = (id: string) => credentials.find(id);
    const { credential, region } = verifySignature({ method, url, headers, body }, find, clock.now());
    const { accessKeyId } = credential;
    const account = credential.account ?? (isAccount(accessKeyId) ? accessKeyId : defaults.account);
    return { scope: { account, region: region ?? defaults.region }, accessKeyId };
  }

  #refuse(response: ServerResponse, error: unknown, requestId: string): void {
    const known = error instanceof ServiceError;
    const code: ErrorCode = known ? error.code : 'InternalException';
    const { status, fault } = errorTable[code];
    if (fault === 'server') {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#options.log.error('A request failed for a reason of ours.', { requestId, error: text });
    }
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const message = known ? error.message : `Internal failure. The log tells more under ${requestId}.`;
    response.setHeader('x-amzn-ErrorType', code);
    // The rest of such a body is dropped, and the connection with it.
    if (code === 'RequestEntityTooLargeException') response.shouldKeepAlive = false;
    send(response, status, { __type: code, message });
  }
}

/** The body's text; it may have come compressed, and then is bounded after decompression as well. */
function decompress(body: Buffer, encoding: string | undefined, { requestBodyBytes }: Limits): string {
  if (encoding === undefined || encoding.trim().toLowerCase() !== 'gzip') return body.toString('utf8');
  try {
    return gunzipSync(body, { maxOutputLength: requestBodyBytes }).toString('utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError('SerializationException', `The request body is not valid gzip: ${reason}`);
  }
}

function parseBody(text: string): unknown {
  // Operations without parameters may be called with no body at all.
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError('SerializationException', `The request body is not valid JSON: ${reason}`);
  }
}

function send(response: ServerResponse, status: number, value: unknown, type = JSON_TYPE): void {
  const body = value === undefined ? '' : JSON.stringify(value);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
