import type { Action } from './action.ts';
import { setRuleState } from './set-rule-state.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EnableRule.html */
export const enableRule: Action<'EnableRule'> = async (request, context) => {
  await setRuleState(request, 'ENABLED', context);
  return undefined;
};
