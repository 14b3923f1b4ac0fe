import type { Target } from '../api-model/types.generated.ts';
import type { DeliveryError, LeasedDelivery } from '../domain/delivery.ts';
import { JsonSyntaxError, targetInput } from '../domain/input/index.ts';
import type { Limits } from '../domain/limits.ts';

/** What a target receives for a delivery. */
export type DeliveryInput =
  | { readonly kind: 'text'; readonly text: string }
  /** There is nothing to deliver. */
  | { readonly kind: 'nothing' }
  /** There is no input, and there will be none until somebody changes the target. */
  | {
      readonly kind: 'none';
      /** Why, in AWS's words where AWS has some. */
      readonly error: DeliveryError;
      /** What the target's template made, where that is not JSON. */
      readonly invalidInput?: string;
    };

/** What a target receives for a delivery, by the target's configuration as it is now. */
export function inputFor(
  target: Target,
  { owner, event }: LeasedDelivery,
  limits: Pick<Limits, 'targetInputCharacters'>,
): DeliveryInput {
  try {
    const source = { event: event.envelope, ruleArn: owner, ingestedAt: event.receivedAt };
    const input = targetInput(target, source, limits);
    switch (input.kind) {
      case 'invalid': {
        const error = { code: 'INVALID_JSON', message: 'Invalid input for target.' };
        return { kind: 'none', error, invalidInput: input.text };
      }
      case 'too-long': {
        const message = `The input would be longer than ${limits.targetInputCharacters} characters.`;
        return { kind: 'none', error: { code: 'INPUT_TOO_LONG', message } };
      }
      default:
        return input;
    }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const message = `The event is not JSON, so there is no input to be made of it: ${error.message}`;
    return { kind: 'none', error: { code: 'INVALID_JSON', message } };
  }
}
