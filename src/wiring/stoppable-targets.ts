import { Targets } from '../deliver/targets/index.ts';
import type { QueueMessage } from '../deliver/targets/sqs.ts';
import { type Invocation, type Outcome, retryable } from '../deliver/targets/target-kind.ts';

const MESSAGE = 'Busbar was stopped before there was an answer.';

/**
 * Targets that a stop need not wait for: what is under way when the time for it is over counts as no attempt, so that
 * the delivery stays owed as it was and is attempted again after the next start.
 */
export class StoppableTargets extends Targets {
  readonly #underWay = new Set<() => void>();
  #stopped = false;

  override invoke(invocation: Invocation): Promise<Outcome> {
    return this.#untilStopped(
      () => super.invoke(invocation),
      () => postponed(invocation),
    );
  }

  override invokeBatch(invocations: readonly Invocation[]): Promise<readonly Outcome[]> {
    return this.#untilStopped(
      () => super.invokeBatch(invocations),
      () => invocations.map(postponed),
    );
  }

  override sendToQueue(message: QueueMessage): Promise<Outcome> {
    return this.#untilStopped(
      () => super.sendToQueue(message),
      () => retryable('TIMEOUT', MESSAGE),
    );
  }

  /** Waits for nothing that is under way any more, and begins nothing. What becomes of it is ignored from now on. */
  stop(): void {
    this.#stopped = true;
    for (const stop of this.#underWay) stop();
  }

  #untilStopped<T>(work: () => Promise<T>, stopped: () => T): Promise<T> {
    if (this.#stopped) return Promise.resolve(stopped());
    return new Promise((resolve, reject) => {
      const stop = () => resolve(stopped());
      this.#underWay.add(stop);
      work()
        .then(resolve, reject)
        .then(() => this.#underWay.delete(stop));
    });
  }
}

// Due at once, as it was before.
function postponed({ delivery }: Invocation): Outcome {
  return {
    kind: 'postponed',
    dueAt: delivery.event.receivedAt,
    error: { code: 'TIMEOUT', message: MESSAGE },
  };
}
