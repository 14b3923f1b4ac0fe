import type { Action } from './action.ts';
import { setRuleState } from './set-rule-state.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html */
export const disableRule: Action<'DisableRule'> = async (request, context) => {
  await setRuleState(request, 'DISABLED', context);
  return undefined;
};
