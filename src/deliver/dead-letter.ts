import type { Target } from '../api-model/types.generated.ts';
import type { DeliveryError, LeasedDelivery } from '../domain/delivery.ts';
import { compactJson } from '../domain/input/index.ts';
import type { ExhaustedRetryCondition } from './retry-policy.ts';
import type { Targets } from './targets/index.ts';
import type { Outcome } from './targets/target-kind.ts';

/** A delivery that was given up and has a dead-letter queue to go to. */
export interface GivenUp {
  readonly delivery: LeasedDelivery;
  readonly target: Target;
  readonly queueArn: string;
  /** Attempts in all; 0 when the target's turn never came. */
  readonly attempts: number;
  readonly error: DeliveryError;
  /** What ran out; undefined when the error was permanent. */
  readonly exhausted: ExhaustedRetryCondition | undefined;
  /** The input that was not JSON, where that is why; its target was never invoked. */
  readonly invalidInput?: string | undefined;
  /** Aborted when sending takes too long. */
  readonly signal: AbortSignal;
}

// SQS counts attributes with the body; an error's text may be of any length.
const ERROR_MESSAGE_CHARACTERS = 1000;

// All that SQS takes; a lone half of a surrogate pair is not among it.
const NOT_FOR_SQS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * Sends the original event to the target's dead-letter queue, with AWS's attributes; in place of the event the
 * input that was not JSON, as AWS does. Never rejects.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function sendToDeadLetterQueue(givenUp: GivenUp, targets: Targets): Promise<Outcome> {
  const { delivery, target, queueArn, attempts, error, exhausted, invalidInput, signal } = givenUp;
  const attributes = {
    RULE_ARN: delivery.owner,
    TARGET_ARN: target.arn,
    ERROR_CODE: error.code,
    ERROR_MESSAGE: error.message.slice(0, ERROR_MESSAGE_CHARACTERS).replace(NOT_FOR_SQS, '\u{FFFD}'),
    ...(exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
    ...(invalidInput === undefined ? { RETRY_ATTEMPTS: String(Math.max(0, attempts - 1)) } : {}),
  };
  const body = invalidInput ?? compactJson(delivery.event.envelope);
  return targets.sendToQueue({ queueArn, body, attributes, signal });
}
