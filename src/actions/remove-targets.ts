import { rulePlace } from '../bus/configuration.ts';
import type { Rule } from '../domain/rule.ts';
import type { Action } from './action.ts';
import { existingBus, existingRule } from './named.ts';
import { refuseManagedUnlessForced } from './refuse-managed.ts';

/**
 * Removing a target that the rule doesn't have succeeds. Deliveries that are still owed to a removed target
 * end as failed, where they can be seen.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemoveTargets.html
 */
export const removeTargets: Action<'RemoveTargets'> = async (request, { scope, configuration }) => {
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  await configuration.rules.change(rulePlace(scope, busName, request.rule), (current): Rule => {
    const rule = existingRule(current, request.rule, busName);
    refuseManagedUnlessForced(rule, request.force);
    const targets = rule.targets.filter((target) => !request.ids.includes(target.id));
    return targets.length === rule.targets.length ? rule : { ...rule, targets };
  });
  return { failedEntryCount: 0, failedEntries: [] };
};
