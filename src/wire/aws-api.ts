import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { ActionContext } from '../actions/action.ts';
import { metadata } from '../api-model/api-model.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { Scope } from '../domain/scope.ts';
import type { Callers } from './callers.ts';
import { dispatch } from './dispatch.ts';

export interface AwsApiOptions {
  readonly callers: Callers;
  readonly limits: Limits;
  /** Signs the tokens of list operations; the same after a restart. */
  readonly pageTokenKey: Buffer;
  /** What actions work with, for a caller's account and region. */
  readonly contextFor: (scope: Scope) => ActionContext;
}

const TARGET_PREFIX = `${metadata.targetPrefix}.`;

/** The EventBridge API: AWS JSON 1.1 on `POST /`. */
export class AwsApi {
  readonly #options: AwsApiOptions;

  constructor(options: AwsApiOptions) {
    this.#options = options;
  }

  /** Wire JSON of the answer; undefined for an operation without output. Rejects with what refuses the request. */
  async answer(request: IncomingMessage, body: Buffer): Promise<unknown> {
    const { callers, limits, contextFor, pageTokenKey } = this.#options;
    const target = request.headers['x-amz-target'];
    if (typeof target !== 'string' || !target.startsWith(TARGET_PREFIX)) {
      throw new ServiceError(
        'UnknownOperationException',
        `X-Amz-Target must be ${TARGET_PREFIX} followed by an operation, as in ${TARGET_PREFIX}PutEvents.`,
      );
    }
    const { scope, accessKeyId } = callers.identify(request, body);
    const { accessPolicy } = callers;
    const context = contextFor(scope);
    return dispatch({
      operation: target.slice(TARGET_PREFIX.length),
      body: parseBody(bodyText(body, request.headers['content-encoding'], limits)),
      context,
      pageTokenKey,
      authorize:
        accessPolicy === undefined || accessKeyId === undefined
          ? undefined
          : (operation, decoded) =>
              accessPolicy.authorize({ accessKeyId, context, operation, request: decoded }),
    });
  }
}

/** A body as text; it may have come compressed, and then is bounded after decompression as well. */
export function bodyText(body: Buffer, encoding: string | undefined, { requestBodyBytes }: Limits): string {
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
