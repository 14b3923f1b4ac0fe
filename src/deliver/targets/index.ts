import { sqs } from './aws-kinds.ts';
import type { KindEntry } from './kind-entry.ts';
import { kindOf } from './kind-table.ts';
import type { QueueMessage, SqsTarget } from './sqs.ts';
import {
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

  /** A kind that throws is a defect of ours; it is logged as one, and the delivery outlives it. */
  async #neverRejecting(work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await work();
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#settings.log.error('A kind of target threw.', { error: text });
      return retryable('INTERNAL_ERROR', error instanceof Error ? error.message : String(error));
    }
  }
}
