import type { Target } from '../api-model/types.generated.ts';
import { rulePlace } from '../bus/configuration.ts';
import type { Rule } from '../domain/rule.ts';
import type { Action } from './action.ts';
import { checkTarget } from './check-target.ts';
import { existingBus, existingRule, namedBus } from './named.ts';
import { checkQuota } from './quota.ts';
import { refuseManaged } from './refuse-managed.ts';

/**
 * Adds targets to a rule; one with the Id of an existing target takes its place. All of the call or nothing.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html
 */
export const putTargets: Action<'PutTargets'> = async (request, context) => {
  const { scope, configuration, limits } = context;
  const named = namedBus(request.eventBusName, scope).name;
  for (const target of request.targets) checkTarget(target, named, context);
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  await configuration.rules.change(rulePlace(scope, busName, request.rule), (current): Rule => {
    const rule = existingRule(current, request.rule, busName);
    refuseManaged(rule);
    // A Map keeps a replaced target where it was: targets are listed in the order of their first putting.
    const targets = new Map<string, Target>(rule.targets.map((target) => [target.id, target]));
    for (const target of request.targets) targets.set(target.id, target);
    checkQuota(targets.size, limits.targetsPerRule);
    return { ...rule, targets: [...targets.values()] };
  });
  return { failedEntryCount: 0, failedEntries: [] };
};
