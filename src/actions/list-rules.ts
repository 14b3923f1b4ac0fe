import { ruleArn } from '../domain/arn.ts';
import type { Action } from './action.ts';
import { existingBus } from './named.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
export const listRules: Action<'ListRules'> = async (request, { scope, configuration, limits }) => {
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  const { namePrefix = '' } = request;
  const rules = configuration.listRules(scope, busName).filter((rule) => rule.name.startsWith(namePrefix));
  const { items, nextToken } = page(rules, request, {
    nameOf: (rule) => rule.name,
    pageItems: limits.pageItems,
  });
  return {
    rules: items.map((rule) => ({
      name: rule.name,
      arn: ruleArn(scope, busName, rule.name),
      eventPattern: rule.eventPattern,
      state: rule.state,
      description: rule.description,
      scheduleExpression: rule.scheduleExpression,
      roleArn: rule.roleArn,
      managedBy: rule.managedBy,
      eventBusName: busName,
    })),
    nextToken,
  };
};
