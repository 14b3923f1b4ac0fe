import type { ActionContext } from '../actions/action.ts';
import { actions } from '../actions/index.ts';
import { operations } from '../api-model/api-model.ts';
import type { OperationName } from '../api-model/types.generated.ts';
import { ServiceError } from '../domain/errors.ts';
import { codecOf } from './codec.ts';
import { openPageToken, sealPageToken } from './page-token.ts';
import { validate } from './validation.ts';

/** An action whose request type is settled by the model, as the dispatcher sees it. */
type AnyAction = (request: unknown, context: ActionContext) => Promise<unknown>;

interface Paged {
  readonly nextToken?: string | undefined;
}

/** One call of the API, before anything is known to be right about it. */
export interface Call {
  readonly operation: string;
  /** Wire JSON. */
  readonly body: unknown;
  readonly context: ActionContext;
  /** Signs the tokens of list operations. */
  readonly pageTokenKey: Buffer;
  /** Throws when the caller may not do this; undefined where everybody may do everything. */
  readonly authorize: ((operation: OperationName, request: DecodedRequest) => void) | undefined;
}

/** A request in Busbar's own spelling, valid by the model. */
export type DecodedRequest = Readonly<Record<string, unknown>>;

/**
 * Runs one operation; answers wire JSON, undefined for an operation without output. Throws ServiceError for
 * everything that is the caller's to mend.
 */
export async function dispatch(call: Call): Promise<unknown> {
  const { operation: operationName, body, context } = call;
  const operation = operations.get(operationName);
  if (operation === undefined) {
    throw new ServiceError('UnknownOperationException', `There is no operation ${operationName}.`);
  }
  // The one cast between the model, which knows names, and the actions, which know types.
  const action = actions[operation.name] as AnyAction;
  const request = codecOf(operation.input).decode(body);
  validate(operation.input, request);
  call.authorize?.(operation.name, request as DecodedRequest);
  const response = await action(openToken(request as Paged, call), context);
  if (operation.output === undefined) return undefined;
  return codecOf(operation.output).encode(sealToken(response as Paged, call));
}

/** Actions see the place where their last page ended; clients see a token that only we can make. */
function openToken(request: Paged, { operation, context, pageTokenKey }: Call): Paged {
  if (request.nextToken === undefined) return request;
  const owner = { operation, scope: context.scope };
  return { ...request, nextToken: openPageToken(request.nextToken, owner, pageTokenKey) };
}

function sealToken(response: Paged, { operation, context, pageTokenKey }: Call): Paged {
  if (response.nextToken === undefined) return response;
  const owner = { operation, scope: context.scope };
  return { ...response, nextToken: sealPageToken(response.nextToken, owner, pageTokenKey) };
}
