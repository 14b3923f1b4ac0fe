import { rulePlace } from '../bus/configuration.ts';
import { ruleArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { DEFAULT_BUS } from '../domain/event-bus.ts';
import type { Rule } from '../domain/rule.ts';
import type { Action } from './action.ts';
import { compileRulePattern } from './compile-pattern.ts';
import { mergeTags } from './merge-tags.ts';
import { existingBus } from './named.ts';
import { refuseManaged } from './refuse-managed.ts';

/**
 * Creates a rule, or replaces all of an existing one but its targets and tags.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 */
export const putRule: Action<'PutRule'> = async (request, context) => {
  const { caller, scope, configuration, limits } = context;
  const { name, eventPattern, scheduleExpression, description, roleArn } = request;
  if (!eventPattern && !scheduleExpression) {
    throw new ServiceError(
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  }
  if (eventPattern) compileRulePattern(eventPattern, limits);
  if (scheduleExpression) {
    throw new ServiceError(
      'NotImplementedException',
      'Busbar does not implement scheduled rules yet: leave ScheduleExpression out.',
    );
  }
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  if (scheduleExpression !== undefined && busName !== DEFAULT_BUS) {
    throw new ServiceError(
      'ValidationException',
      'ScheduleExpression is supported only on the default event bus.',
    );
  }
  await configuration.rules.change(rulePlace(scope, busName, name), (current): Rule => {
    if (current !== undefined) refuseManaged(current);
    else if (configuration.listRules(scope, busName).length >= limits.rulesPerEventBus) {
      throw new ServiceError(
        'LimitExceededException',
        'The requested resource exceeds the maximum number allowed.',
      );
    }
    return {
      name,
      busName,
      eventPattern,
      scheduleExpression,
      state: request.state ?? 'ENABLED',
      description,
      roleArn,
      createdBy: current?.createdBy ?? caller.account,
      tags: current?.tags ?? mergeTags([], request.tags ?? [], limits),
      targets: current?.targets ?? [],
    };
  });
  return { ruleArn: ruleArn(scope, busName, name) };
};
