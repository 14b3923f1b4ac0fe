import type { ActionContext } from '../actions/action.ts';
import { actions } from '../actions/index.ts';
import { operations } from '../api-model/api-model.ts';
import type { OperationName } from '../api-model/types.generated.ts';
import { ServiceError } from '../domain/errors.ts';
import { codecOf } from './codec.ts';
import { validate } from './validation.ts';

/** An action whose request type is settled by the model, as the dispatcher sees it. */
type AnyAction = (request: unknown, context: ActionContext) => Promise<unknown>;

/**
 * Runs one operation: request in wire JSON, answer in wire JSON, undefined for an operation without output.
 * Throws ServiceError for everything that is the caller's to mend.
 */
export async function dispatch(
  operationName: string,
  body: unknown,
  context: ActionContext,
): Promise<unknown> {
  const operation = operations.get(operationName);
  if (operation === undefined) {
    throw new ServiceError('UnknownOperationException', `There is no operation ${operationName}.`);
  }
  // The one cast between the model, which knows names, and the actions, which know types.
  const action = actions[operation.name as OperationName] as AnyAction | undefined;
  if (action === undefined) {
    throw new ServiceError(
      'NotImplementedException',
      `Busbar does not implement ${operationName} yet. docs/compatibility.md lists what it does.`,
    );
  }
  const request = codecOf(operation.input).decode(body);
  validate(operation.input, request);
  const response = await action(request, context);
  return operation.output === undefined ? undefined : codecOf(operation.output).encode(response);
}
