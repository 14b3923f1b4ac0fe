import type { Action } from './action.ts';
import { existingBus } from './named.ts';
import { page } from './page.ts';

/**
 * The rules of one event bus that have a target with that ARN; none for a target that nobody knows.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRuleNamesByTarget.html
 */
export const listRuleNamesByTarget: Action<'ListRuleNamesByTarget'> = async (request, context) => {
  const { scope, configuration, limits } = context;
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  const names = configuration
    .listRules(scope, busName)
    .filter(({ targets }) => targets.some(({ arn }) => arn === request.targetArn))
    .map(({ name }) => name);
  const { items, nextToken } = page(names, request, {
    nameOf: (name) => name,
    pageItems: limits.pageItems,
  });
  return { ruleNames: items, nextToken };
};
