import { ruleArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { existingBus, existingRule } from './named.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html */
export const describeRule: Action<'DescribeRule'> = async (request, { scope, configuration }) => {
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  const rule = existingRule(configuration.rule(scope, busName, request.name), request.name, busName);
  return {
    name: rule.name,
    arn: ruleArn(scope, busName, rule.name),
    eventPattern: rule.eventPattern,
    scheduleExpression: rule.scheduleExpression,
    state: rule.state,
    description: rule.description,
    roleArn: rule.roleArn,
    managedBy: rule.managedBy,
    eventBusName: busName,
    createdBy: rule.createdBy,
  };
};
