import type { Target } from '../api-model/types.generated.ts';
import type { Action } from './action.ts';
import { existingBus, existingRule } from './named.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html */
export const listTargetsByRule: Action<'ListTargetsByRule'> = async (request, context) => {
  const { scope, configuration, limits } = context;
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  const rule = existingRule(configuration.rule(scope, busName, request.rule), request.rule, busName);
  const { nextToken } = request;
  const first = nextToken === undefined ? 0 : placeAfter(rule.targets, nextToken);
  const last = first + (request.limit ?? limits.pageItems);
  const targets = rule.targets.slice(first, last);
  const end = targets.at(-1);
  return {
    targets,
    nextToken: end !== undefined && last < rule.targets.length ? `${last}:${end.id}` : undefined,
  };
};

/**
 * Targets are listed in the order in which they were put. A page goes on after the target that ended the one
 * before; should that be gone, at the place where it stood.
 */
function placeAfter(targets: readonly Target[], token: string): number {
  const [place = '', id = ''] = token.split(':');
  const found = targets.findIndex((target) => target.id === id);
  return found === -1 ? Math.max(0, Number(place) - 1) : found + 1;
}
