import type { PutRuleRequest } from '../api-model/types.generated.ts';
import { rulePlace } from '../bus/configuration.ts';
import { ruleArn } from '../domain/arn.ts';
import { ServiceError } from '../domain/errors.ts';
import { DEFAULT_BUS } from '../domain/event-bus.ts';
import type { Limits } from '../domain/limits.ts';
import { type Rule, scheduledFrom } from '../domain/rule.ts';
import { parseSchedule } from '../domain/schedule/schedule.ts';
import type { Action } from './action.ts';
import { compileRulePattern } from './compile-pattern.ts';
import { mergeTags } from './merge-tags.ts';
import { existingBus } from './named.ts';
import { checkQuota } from './quota.ts';
import { refuseManaged } from './refuse-managed.ts';

const WITH_MANAGEMENT_EVENTS = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

/**
 * Creates a rule, or replaces all of an existing one but its targets and tags.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 */
export const putRule: Action<'PutRule'> = async (request, context) => {
  const { caller, scope, configuration, limits, clock } = context;
  const { name, eventPattern, scheduleExpression, state = 'ENABLED', description, roleArn } = request;
  refuseExpressions(request, limits);
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  refuseScheduleOf(request, busName);
  await configuration.rules.change(rulePlace(scope, busName, name), (current): Rule => {
    // Asked again in its turn: the bus may have been deleted since.
    existingBus(request.eventBusName, scope, configuration);
    if (current !== undefined) refuseManaged(current);
    else checkQuota(configuration.listRules(scope, busName).length + 1, limits.rulesPerEventBus);
    return {
      name,
      busName,
      eventPattern,
      scheduleExpression,
      scheduledFrom: scheduledFrom({ scheduleExpression, state }, current, clock.now()),
      state,
      description,
      roleArn,
      createdBy: current?.createdBy ?? caller.account,
      tags: current?.tags ?? mergeTags([], request.tags ?? [], limits),
      targets: current?.targets ?? [],
    };
  });
  return { ruleArn: ruleArn(scope, busName, name) };
};

function refuseExpressions({ eventPattern, scheduleExpression }: PutRuleRequest, limits: Limits): void {
  if (!eventPattern && !scheduleExpression) {
    throw new ServiceError(
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  }
  if (eventPattern) compileRulePattern(eventPattern, limits);
  if (scheduleExpression && parseSchedule(scheduleExpression) === undefined) {
    throw new ServiceError('ValidationException', 'Parameter ScheduleExpression is not valid.');
  }
}

/** Where a rule can't have a schedule: an empty one, too, is refused off the default event bus. */
function refuseScheduleOf({ scheduleExpression, state }: PutRuleRequest, busName: string): void {
  if (scheduleExpression !== undefined && busName !== DEFAULT_BUS) {
    throw new ServiceError(
      'ValidationException',
      'ScheduleExpression is supported only on the default event bus.',
    );
  }
  if (scheduleExpression && state === WITH_MANAGEMENT_EVENTS) {
    throw new ServiceError(
      'ValidationException',
      `${WITH_MANAGEMENT_EVENTS} rule state is not supported with scheduled rule expressions.`,
    );
  }
}
