import type { RuleState } from '../api-model/types.generated.ts';
import { rulePlace } from '../bus/configuration.ts';
import { type Rule, scheduledFrom } from '../domain/rule.ts';
import type { ActionContext } from './action.ts';
import { existingBus, existingRule } from './named.ts';
import { refuseManaged } from './refuse-managed.ts';

/** What EnableRule and DisableRule have in common. A rule that already is as wanted stays untouched. */
export async function setRuleState(
  request: { readonly name: string; readonly eventBusName?: string | undefined },
  state: RuleState,
  { scope, configuration, clock }: ActionContext,
): Promise<void> {
  const busName = existingBus(request.eventBusName, scope, configuration).name;
  await configuration.rules.change(rulePlace(scope, busName, request.name), (current): Rule => {
    const rule = existingRule(current, request.name, busName);
    refuseManaged(rule);
    if (rule.state === state) return rule;
    const changed = { ...rule, state };
    return { ...changed, scheduledFrom: scheduledFrom(changed, rule, clock.now()) };
  });
}
