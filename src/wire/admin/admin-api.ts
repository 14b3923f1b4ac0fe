import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError } from '../../domain/errors.ts';
import { sendText } from '../answer.ts';
import { bodyText } from '../aws-api.ts';
import type { Callers, Identity } from '../callers.ts';
import type { RequestBodies } from '../request-bodies.ts';
import type { AdminContext } from './admin-context.ts';
import { AdminError } from './admin-error.ts';
import type { AdminAnswer, AdminRequest, AdminRoute } from './admin-route.ts';
import { sendStream } from './answer-stream.ts';
import { jsonText } from './json-answer.ts';
import { matchPath } from './path-match.ts';
import { refuseUnknownParameters } from './query-parameters.ts';
import { adminRoutes } from './routes.ts';

export const ADMIN_PREFIX = '/_busbar/';

const JSON_TYPE = 'application/json';

/** Where a ServiceError, as callers are refused with, stands in HTTP's own words. */
const STATUS_OF_REFUSALS: Readonly<Record<string, number>> = {
  LimitExceededException: 429,
  RequestEntityTooLargeException: 413,
  ResourceAlreadyExistsException: 409,
  ResourceNotFoundException: 404,
  SerializationException: 400,
  ThrottlingException: 429,
  ValidationException: 400,
};
const FORBIDDEN = 403;

export interface AdminApiOptions {
  readonly callers: Callers;
  readonly bodies: RequestBodies;
  readonly context: AdminContext;
  /** Aborted when the server stops: answers that go on then end. */
  readonly stopping: AbortSignal;
}

interface Found {
  readonly route: AdminRoute;
  readonly parameters: AdminRequest['parameters'];
}

/** Busbar's own API under `/_busbar/`: JSON in camelCase, errors as `{ "message": … }`. */
export class AdminApi {
  readonly #options: AdminApiOptions;

  constructor(options: AdminApiOptions) {
    this.#options = options;
  }

  /** Answers a request. Rejects with what is not the caller's fault, and with BrokenOff. */
  async answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { bodies, callers } = this.#options;
    try {
      callers.checkOrigin(message);
      callers.checkHost(message);
      const { path, query } = partsOf(message.url ?? '/');
      const found = find(message.method ?? '', path);
      await bodies.read(message, response, async (body) => {
        const answer = await this.#answerOf(message, { body, query, found });
        return this.#send(answer, response);
      });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      message.resume();
      if (refusal.status === 413) response.shouldKeepAlive = false;
      const text = JSON.stringify({ message: refusal.message });
      sendText(response, refusal.status, { text, type: JSON_TYPE });
    }
  }

  /** Answers how many bytes were sent, for what is sent at once. */
  async #send(answer: AdminAnswer, response: ServerResponse): Promise<number> {
    switch (answer.kind) {
      case 'stream':
        await sendStream(response, answer, this.#options.stopping);
        return 0;
      case 'text':
        return sendText(response, 200, answer);
      case 'json': {
        const text = jsonText(answer.value);
        return sendText(response, answer.status ?? 200, { text, type: JSON_TYPE });
      }
    }
  }

  async #answerOf(
    message: IncomingMessage,
    { body, query, found }: { readonly body: Buffer; readonly query: string; readonly found: Found },
  ): Promise<AdminAnswer> {
    const { callers, context } = this.#options;
    const { route, parameters } = found;
    const identity = this.#identify(message, body, route);
    const request: AdminRequest = {
      parameters,
      query: new URLSearchParams(query),
      headers: message.headers,
      body: bodyText(body, message.headers['content-encoding'], context.limits),
      scope: identity.scope,
      seesAllAccounts: !callers.areKnown,
    };
    this.#authorize(identity, route, request);
    refuseUnknownParameters(request.query, route);
    // Some routes take their time (a clock that is moved by a day), and nothing moves on the connection meanwhile.
    message.socket.setTimeout(0);
    try {
      return await route.answer(request, context);
    } finally {
      message.socket.setTimeout(context.limits.idleConnectionMs);
    }
  }

  #identify(message: IncomingMessage, body: Buffer, { action }: AdminRoute): Identity {
    const { callers } = this.#options;
    if (action === undefined) return callers.identityOfNobody;
    return callers.identify(message, body);
  }

  #authorize({ accessKeyId, scope }: Identity, route: AdminRoute, request: AdminRequest): void {
    const { accessPolicy } = this.#options.callers;
    if (accessPolicy === undefined || accessKeyId === undefined || route.action === undefined) return;
    const resource = route.resourceOf?.(request) ?? '*';
    accessPolicy.check({ accessKeyId, scope }, `busbar:${route.action}`, [{ resource, keys: {} }]);
  }
}

function partsOf(url: string): { readonly path: string; readonly query: string } {
  const cut = url.indexOf('?');
  return cut === -1 ? { path: url, query: '' } : { path: url.slice(0, cut), query: url.slice(cut + 1) };
}

function find(method: string, path: string): Found {
  const fitting = adminRoutes.flatMap((route): readonly Found[] => {
    const parameters = matchPath(route.path, path);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  const found = fitting.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  if (fitting.length > 0) {
    const methods = fitting.map(({ route }) => route.method).join(' or ');
    throw new AdminError(405, `${path} takes ${methods}, not ${method}.`);
  }
  throw new AdminError(404, `Nothing answers ${method} ${path}: Busbar's own API has ${addresses()}.`);
}

function addresses(): string {
  return adminRoutes.map(({ method, path }) => `${method} ${path}`).join(', ');
}

function refusalOf(error: unknown): { readonly status: number; readonly message: string } | undefined {
  if (error instanceof AdminError) return error;
  if (!(error instanceof ServiceError) || error.code === 'InternalException') return undefined;
  return { status: STATUS_OF_REFUSALS[error.code] ?? FORBIDDEN, message: error.message };
}
