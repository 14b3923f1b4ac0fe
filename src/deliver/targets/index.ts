import type { Target } from '../../api-model/types.generated.ts';
import { sqs } from './aws-kinds.ts';
import type { KindEntry } from './kind-entry.ts';
import { kindOf } from './kind-table.ts';
import type { QueueMessage, SqsTarget } from './sqs.ts';
import {
  type BatchLimits,
  type Invocation,
  type Outcome,
  permanent,
  retryable,
  type TargetKind,
  type TargetSettings,
} from './target-kind.ts';

export type { TargetRules } from './kind-entry.ts';
export { refuseTarget } from './kind-table.ts';

/** All targets that this process invokes: one instance of each kind, made when it is first needed. */
export class Targets {
  readonly #settings: TargetSettings;
  readonly #loaded = new Map<KindEntry, Promise<TargetKind>>();
  #queues: Promise<SqsTarget> | undefined;

  constructor(settings: TargetSettings) {
    this.#settings = settings;
  }

  /** Invokes a target. Never rejects. */
  invoke(invocation: Invocation): Promise<Outcome> {
    const { interceptor } = this.#settings;
    if (interceptor === undefined) return this.#invoke(invocation);
    return this.#neverRejecting(() => interceptor.invoke(invocation, () => this.#invoke(invocation)));
  }

  /** What can be sent to a target in one call; undefined when each of its deliveries goes on its own. */
  async batchLimits(target: Target): Promise<BatchLimits | undefined> {
    const entry = kindOf(target.arn);
    // Who stands before the targets sees each invocation.
    if (entry === undefined || this.#settings.interceptor !== undefined) return undefined;
    try {
      const { batch, invokeBatch } = await this.#kind(entry);
      return invokeBatch === undefined ? undefined : batch;
    } catch {
      return undefined; // it doesn't load, which is told with every invocation
    }
  }

  /** Invokes one target many times in one call; an outcome for each. Never rejects. */
  async invokeBatch(invocations: readonly Invocation[]): Promise<readonly Outcome[]> {
    const entry = kindOf(invocations[0]?.target.arn ?? '');
    try {
      if (entry === undefined) throw new Error('There is no such target.');
      const outcomes = await (await this.#kind(entry)).invokeBatch?.(invocations);
      return invocations.map((_, index) => outcomes?.[index] ?? unanswered);
    } catch (error) {
      const outcome = this.#defect(error);
      return invocations.map(() => outcome);
    }
  }

  /** Whether attempts at a target must follow one another. */
  isOrdered(target: Target): boolean {
    return kindOf(target.arn)?.isOrdered?.(target) ?? false;
  }

  /** Sends a message to a queue, as dead letters are. Never rejects. */
  sendToQueue(message: QueueMessage): Promise<Outcome> {
    const send = async () => (await this.#queueTarget()).send(message);
    const { interceptor } = this.#settings;
    return this.#neverRejecting(
      interceptor === undefined ? send : () => interceptor.sendToQueue(message, send),
    );
  }

  close(): void {
    for (const loading of this.#loaded.values()) {
      loading.then((kind) => kind.close()).catch(() => undefined); // it never loaded: nothing to let go of
    }
  }

  #invoke(invocation: Invocation): Promise<Outcome> {
    const { arn } = invocation.target;
    const entry = kindOf(arn);
    if (entry === undefined) {
      return Promise.resolve(permanent('NO_RESOURCE', `Nothing can be delivered to ${arn}.`));
    }
    return this.#neverRejecting(async () => (await this.#kind(entry)).invoke(invocation));
  }

  #kind(entry: KindEntry): Promise<TargetKind> {
    if (entry === sqs) return this.#queueTarget();
    let kind = this.#loaded.get(entry);
    if (kind === undefined) {
      kind = entry.load(this.#settings);
      this.#loaded.set(entry, kind);
      // What failed to load is tried again with the next delivery.
      kind.catch(() => this.#loaded.delete(entry));
    }
    return kind;
  }

  /** Queues take dead letters beside deliveries: one client serves both. */
  #queueTarget(): Promise<SqsTarget> {
    if (this.#queues === undefined) {
      this.#queues = sqs.load(this.#settings);
      this.#loaded.set(sqs, this.#queues);
    }
    return this.#queues;
  }

  async #neverRejecting(work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await work();
    } catch (error) {
      return this.#defect(error);
    }
  }

  /** A kind that throws is a defect of ours; it is logged as one, and the delivery outlives it. */
  #defect(error: unknown): Outcome {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#settings.log.error('A kind of target threw.', { error: text });
    return retryable('INTERNAL_ERROR', error instanceof Error ? error.message : String(error));
  }
}

const unanswered = retryable('INTERNAL_ERROR', 'Nothing was said of what became of the delivery.');
