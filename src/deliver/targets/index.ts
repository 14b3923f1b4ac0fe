import { parseArn } from '../../domain/arn.ts';
import type { QueueMessage, SqsTarget } from './sqs.ts';
import {
  type Invocation,
  type Outcome,
  permanent,
  retryable,
  type TargetKind,
  type TargetSettings,
} from './target-kind.ts';

interface Entry {
  /** For people: what a target's ARN looks like. */
  readonly looksLike: string;
  /** Loaded with the first delivery: an SDK client is not small. */
  readonly load: (settings: TargetSettings) => Promise<TargetKind>;
}

const http: Entry = {
  looksLike: 'an HTTP endpoint (https://… or http://…)',
  load: async (settings) => (await import('./http.ts')).createHttpTarget(settings),
};

const apiDestination: Entry = {
  looksLike: 'an API destination (arn:aws:events:REGION:ACCOUNT:api-destination/NAME/UUID)',
  load: async (settings) => (await import('./api-destination.ts')).createApiDestinationTarget(settings),
};

const sqs = {
  looksLike: 'an Amazon SQS queue (arn:aws:sqs:REGION:ACCOUNT:NAME)',
  load: async (settings: TargetSettings) => (await import('./sqs.ts')).createSqsTarget(settings),
} satisfies Entry;

const eventBus: Entry = {
  looksLike: 'an event bus (arn:aws:events:REGION:ACCOUNT:event-bus/NAME)',
  load: async (settings) => (await import('./event-bus.ts')).createEventBusTarget(settings),
};

/**
 * Every kind of target, by the service of its ARN (for EventBridge's own, and the kind of resource) or, for
 * Busbar's own, the scheme of its URL.
 */
const kinds: ReadonlyMap<string, Entry> = new Map([
  ['sqs', sqs],
  ['http', http],
  ['https', http],
  ['events api-destination', apiDestination],
  ['events event-bus', eventBus],
]);

function kindName(arn: string): string | undefined {
  const parsed = parseArn(arn);
  if (parsed !== undefined) {
    const own = `${parsed.service} ${parsed.resource.split('/')[0]}`;
    return kinds.has(own) ? own : parsed.service;
  }
  if (!/^https?:\/\//.test(arn) || !URL.canParse(arn)) return undefined;
  return new URL(arn).protocol.slice(0, -1);
}

/** Why nothing can be delivered to this ARN, in a sentence; undefined when it can. */
export function refuseTarget(arn: string): string | undefined {
  const name = kindName(arn);
  if (name === undefined)
    return `Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`;
  if (kinds.has(name)) return undefined;
  const supported = [...new Set(kinds.values())].map(({ looksLike }) => looksLike).join(', ');
  return `Parameter ${arn} is not valid. Reason: Busbar does not deliver to ${name} yet, only to ${supported}.`;
}

/** All targets that this process invokes: one instance of each kind, made when it is first needed. */
export class Targets {
  readonly #settings: TargetSettings;
  readonly #loaded = new Map<Entry, Promise<TargetKind>>();
  #queues: Promise<SqsTarget> | undefined;

  constructor(settings: TargetSettings) {
    this.#settings = settings;
  }

  /** Invokes a target. Never rejects. */
  invoke(invocation: Invocation): Promise<Outcome> {
    const { arn } = invocation.target;
    const entry = kinds.get(kindName(arn) ?? '');
    if (entry === undefined) {
      return Promise.resolve(permanent('NO_RESOURCE', refuseTarget(arn) ?? `Nothing is at ${arn}.`));
    }
    return this.#neverRejecting(async () => (await this.#kind(entry)).invoke(invocation));
  }

  /** Sends a message to a queue, as dead letters are. Never rejects. */
  sendToQueue(message: QueueMessage): Promise<Outcome> {
    return this.#neverRejecting(async () => (await this.#queueTarget()).send(message));
  }

  close(): void {
    for (const loading of this.#loaded.values()) {
      loading.then((kind) => kind.close()).catch(() => undefined); // it never loaded: nothing to let go of
    }
  }

  #kind(entry: Entry): Promise<TargetKind> {
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
