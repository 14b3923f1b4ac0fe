import { Targets } from '../deliver/targets/index.ts';
import type { QueueMessage } from '../deliver/targets/sqs.ts';
import { type Invocation, type Outcome, retryable } from '../deliver/targets/target-kind.ts';

const MESSAGE = 'Busbar was stopped before there was an answer.';

/**
 * Targets that a stop need not wait for: what is under way when the time for it is over is aborted and counts as no
 * attempt, so that the delivery stays owed as it was and is attempted again after the next start.
 */
export class StoppableTargets extends Targets {
  readonly #underWay = new Set<() => void>();
  #stopped = false;

  override invoke(invocation: Invocation): Promise<Outcome> {
    return this.#untilStopped(
      invocation,
      (stoppable) => super.invoke(stoppable),
      () => postponed(invocation),
    );
  }

  override invokeBatch(invocations: readonly Invocation[]): Promise<readonly Outcome[]> {
    const [first] = invocations;
    if (first === undefined) return super.invokeBatch(invocations);
    return this.#untilStopped(
      first,
      ({ signal }) => super.invokeBatch(invocations.map((each) => ({ ...each, signal }))),
      () => invocations.map(postponed),
    );
  }

  override sendToQueue(message: QueueMessage): Promise<Outcome> {
    return this.#untilStopped(
      message,
      (stoppable) => super.sendToQueue(stoppable),
      () => retryable('TIMEOUT', MESSAGE),
    );
  }

  /** Aborts what is under way, and from now on whatever would begin. */
  stop(): void {
    this.#stopped = true;
    for (const stop of this.#underWay) stop();
  }

  #untilStopped<Request extends { readonly signal: AbortSignal }, T>(
    request: Request,
    work: (stoppable: Request) => Promise<T>,
    stopped: () => T,
  ): Promise<T> {
    if (this.#stopped) return Promise.resolve(stopped());
    return new Promise((resolve, reject) => {
      const abort = new AbortController();
      const onTimeout = () => abort.abort(request.signal.reason);
      request.signal.addEventListener('abort', onTimeout, { once: true });
      const stop = () => {
        resolve(stopped());
        abort.abort();
      };
      this.#underWay.add(stop);
      const ended = () => {
        this.#underWay.delete(stop);
        request.signal.removeEventListener('abort', onTimeout);
      };
      work({ ...request, signal: abort.signal })
        .finally(ended)
        .then(resolve, reject);
    });
  }
}

// Due at once: that can't be too late for what was not too late for its attempt.
function postponed({ delivery }: Pick<Invocation, 'delivery'>): Outcome {
  return {
    kind: 'postponed',
    dueAt: delivery.event.receivedAt,
    error: { code: 'TIMEOUT', message: MESSAGE },
  };
}
