import type { Action } from './action.ts';
import { existingBus, existingRule } from './named.ts';
import { page } from './page.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html */
export const listTargetsByRule: Action<'ListTargetsByRule'> = async (request, context) => {
  const { scope, configuration, limits } = context;
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  const rule = existingRule(configuration.rule(scope, busName, request.rule), request.rule, busName);
  // Targets are listed in the order in which they were put, so their place is their name here.
  const places = rule.targets.map((target, place) => ({ target, place: String(place).padStart(9, '0') }));
  const { items, nextToken } = page(places, request, {
    nameOf: ({ place }) => place,
    pageItems: limits.pageItems,
  });
  return { targets: items.map(({ target }) => target), nextToken };
};
