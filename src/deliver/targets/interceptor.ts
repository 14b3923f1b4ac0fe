import type { QueueMessage } from './sqs.ts';
import type { Invocation, Outcome } from './target-kind.ts';

/**
 * Stands between deliveries and their targets, as a test does that looks on or takes the target's place. It may
 * call `next`, which does what would have been done without it, or answer itself.
 */
export interface Interceptor {
  invoke(invocation: Invocation, next: () => Promise<Outcome>): Promise<Outcome>;
  /** A dead letter. */
  sendToQueue(message: QueueMessage, next: () => Promise<Outcome>): Promise<Outcome>;
}
