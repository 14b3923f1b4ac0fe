import type { PutPermissionRequest } from '../api-model/types.generated.ts';
import { busPlace } from '../bus/configuration.ts';
import { eventBusArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import type { EventBus } from '../domain/event-bus.ts';
import type { Action } from './action.ts';
import { existingBus } from './named.ts';
import {
  checkBusPolicy,
  type StatementDocument,
  statementsIn,
  withStatements,
} from './put-permission-policy.ts';

/**
 * Adds a statement to the resource policy of an event bus, in the place of one with the same id; or replaces
 * the whole policy.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
 */
export const putPermission: Action<'PutPermission'> = async (request, context) => {
  const { scope, configuration, clock, limits } = context;
  checkRequest(request);
  const { name } = existingBus(request.eventBusName, scope, configuration);
  const arn = eventBusArn(scope, name);
  const now = clock.now();
  await configuration.eventBuses.change(busPlace(scope, name), (current): EventBus => {
    const bus = current ?? existingBus(name, scope, configuration);
    const policy = request.policy ?? withStatement(bus.policy, statementOf(request, arn));
    if (policy.length > limits.policyCharacters) {
      throw new ServiceError(
        'PolicyLengthExceededException',
        'Policy size would be larger than the maximum allowed.',
      );
    }
    if (request.policy !== undefined) checkBusPolicy(policy, name);
    return { ...bus, policy, modifiedAt: now };
  });
  return undefined;
};

function checkRequest({ action, principal, statementId, condition, policy }: PutPermissionRequest): void {
  const single = [action, principal, statementId, condition];
  if (policy !== undefined) {
    if (single.every((member) => member === undefined)) return;
    throw invalid('Parameter Policy must not be combined with StatementId, Action, Principal, or Condition.');
  }
  if (action === undefined || principal === undefined || statementId === undefined) {
    throw invalid('Parameter(s) Action, Principal and StatementId must be specified.');
  }
  if (action !== 'events:PutEvents') throw invalid("Provided value in parameter 'action' is not supported.");
  if (condition === undefined) return;
  if (condition.type !== 'StringEquals' || condition.key !== 'aws:PrincipalOrgID') {
    throw invalid("Provided value in parameter 'condition' is not supported.");
  }
}

function statementOf(request: PutPermissionRequest, busArn: string): StatementDocument {
  const { principal, condition } = request;
  const statement = {
    Sid: request.statementId,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: request.action,
    Resource: busArn,
  };
  if (condition === undefined) return statement;
  return { ...statement, Condition: { [condition.type]: { [condition.key]: condition.value } } };
}

function withStatement(policy: string | undefined, statement: StatementDocument): string {
  const statements = [...statementsIn(policy)];
  const place = statements.findIndex(({ Sid }) => Sid === statement.Sid);
  if (place < 0) statements.push(statement);
  else statements[place] = statement;
  return withStatements(policy, statements);
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}
