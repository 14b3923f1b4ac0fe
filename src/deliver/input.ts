import type { Target } from '../api-model/types.generated.ts';
import type { DeliveryError, LeasedDelivery } from '../domain/delivery.ts';
import { MAX_INPUT_CHARACTERS, type TargetInput, targetInput } from '../domain/input/index.ts';

/** What a target receives for a delivery, by the target's configuration as it is now. */
export function inputFor(target: Target, { owner, event }: LeasedDelivery): TargetInput {
  return targetInput(target, { event: event.envelope, ruleArn: owner, ingestedAt: event.receivedAt });
}

/** Why an input is not delivered, in AWS's words where AWS has some. */
export function errorOfInput(kind: 'invalid' | 'too-long'): DeliveryError {
  return kind === 'invalid'
    ? { code: 'INVALID_JSON', message: 'Invalid input for target.' }
    : {
        code: 'INPUT_TOO_LONG',
        message: `The input would be longer than ${MAX_INPUT_CHARACTERS} characters.`,
      };
}
