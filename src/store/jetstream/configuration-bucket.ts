import { randomUUID } from 'node:crypto';
import { JetStreamApiError, StorageType } from '@nats-io/jetstream';
import { type KV, Kvm, type KvWatchEntry } from '@nats-io/kv';
import { headers, type QueuedIterator } from '@nats-io/transport-node';
import {
  type ConfigurationChange,
  type ConfigurationEvent,
  type ConfigurationRecord,
  RevisionConflict,
} from '../store.ts';
import { Watchers } from '../watchers.ts';
import { bucketKey, recordName } from './bucket-key.ts';
import { type NatsLink, REQUEST_TIMEOUT_MS } from './nats-link.ts';

const WRONG_LAST_SEQUENCE = 10_071;
const ID_HEADER = 'Busbar-Id';
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What the bucket holds under a key: JSON text, or nothing since it was deleted. */
interface Held {
  readonly kind: string;
  readonly key: string;
  readonly json: string | undefined;
  readonly revision: number;
}

/**
 * Configuration in a key-value bucket of NATS. A mirror in memory is read from; it follows the bucket, so that changes
 * of other processes are seen and told too. Whether a change is the next one is for NATS to say.
 */
export class ConfigurationBucket {
  readonly #link: NatsLink;
  readonly #bucket: string;
  readonly #mirror = new Map<string, Held>();
  readonly #watchers = new Watchers<ConfigurationEvent>();
  readonly #watch: QueuedIterator<KvWatchEntry>;
  #lastSeen = 0;
  #whenSeen: (() => void)[] = [];

  /** Makes the bucket where it is missing, and resolves when the mirror holds all that is in it. */
  static async open(link: NatsLink): Promise<ConfigurationBucket> {
    const name = `${link.place.name}_configuration`;
    const kv = await link.answer(
      new Kvm(link.client).create(name, {
        history: 1,
        storage: StorageType.File,
        replicas: link.place.replicas,
        description: 'The configuration of a Busbar.',
      }),
    );
    const { streamInfo } = await link.answer(kv.status());
    const bucket = new ConfigurationBucket(link, name, await link.answer(watchAll(kv)));
    await link.answer(bucket.#seen(streamInfo.state.messages === 0 ? 0 : streamInfo.state.last_seq));
    return bucket;
  }

  private constructor(link: NatsLink, bucket: string, watch: QueuedIterator<KvWatchEntry>) {
    this.#link = link;
    this.#bucket = bucket;
    this.#watch = watch;
    void this.#follow();
  }

  /** Every record, in order of kind and key (by code unit). */
  read(): readonly ConfigurationRecord[] {
    return [...this.#mirror.values()]
      .flatMap((held) => recordOf(held) ?? [])
      .sort((a, b) => compare(a.kind, b.kind) || compare(a.key, b.key));
  }

  watch(listener: (event: ConfigurationEvent) => void): () => void {
    return this.#watchers.add(listener);
  }

  /** See `Store.writeConfiguration`. */
  async write({ kind, key, value, expectedRevision }: ConfigurationChange): Promise<number> {
    const json = value === undefined ? undefined : jsonText(value);
    const name = bucketKey(kind, key);
    const held = this.#mirror.get(name);
    const seen = held?.json === undefined ? 0 : held.revision;
    if (seen !== expectedRevision) {
      throw new RevisionConflict(`${kind} ${key} is at revision ${seen}, not ${expectedRevision}`);
    }
    const revision = await this.#publish(name, json, held?.revision ?? 0);
    this.#take(name, { kind, key, json, revision });
    return revision;
  }

  close(): void {
    this.#watch.stop();
  }

  // As the client of key-value buckets writes it. That client doesn't tell the revision of a deletion.
  async #publish(name: string, json: string | undefined, last: number): Promise<number> {
    const fields = headers();
    const id = randomUUID();
    fields.set(ID_HEADER, id);
    if (json === undefined) fields.set('KV-Operation', 'DEL');
    const body = encoder.encode(json ?? '');
    const most = this.#link.connection.info?.max_payload ?? Number.POSITIVE_INFINITY;
    if (body.length + name.length + 512 > most) {
      throw new RangeError(
        `A record of configuration has ${body.length} bytes; this NATS takes ${most} in a message: raise its max_payload.`,
      );
    }
    const publish = () =>
      this.#link.client.publish(`$KV.${this.#bucket}.${name}`, body, {
        headers: fields,
        timeout: REQUEST_TIMEOUT_MS,
        expect: { lastSubjectSequence: last },
      });
    try {
      return (await this.#link.persist(publish)).seq;
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.code !== WRONG_LAST_SEQUENCE) throw error;
      const revision = await this.#revisionOf(name, id);
      if (revision !== undefined) return revision;
      throw new RevisionConflict(`Another process changed the record since revision ${last}.`, {
        cause: error,
      });
    }
  }

  /** The revision of the last change of a record if it is this one: its acknowledgement was lost. */
  async #revisionOf(name: string, id: string): Promise<number | undefined> {
    const { streams } = this.#link.manager;
    const subject = `$KV.${this.#bucket}.${name}`;
    const query = { last_by_subj: subject };
    const message = await this.#link.persist(() => streams.getMessage(`KV_${this.#bucket}`, query));
    return message?.header.get(ID_HEADER) === id ? message.seq : undefined;
  }

  async #follow(): Promise<void> {
    for await (const entry of this.#watch) {
      const name = recordName(entry.key);
      if (name !== undefined) {
        const json = entry.operation === 'PUT' ? decoder.decode(entry.value) : undefined;
        this.#take(entry.key, { ...name, json, revision: entry.revision });
      }
      this.#lastSeen = entry.revision;
      for (const resolve of this.#whenSeen.splice(0)) resolve();
    }
  }

  async #seen(revision: number): Promise<void> {
    while (this.#lastSeen < revision) {
      await new Promise<void>((resolve) => this.#whenSeen.push(resolve));
    }
  }

  /** A write is told when it was acknowledged, and its echo, which comes later, is not told again. */
  #take(name: string, held: Held): void {
    const before = this.#mirror.get(name);
    if (before !== undefined && before.revision >= held.revision) return;
    this.#mirror.set(name, held);
    const record = recordOf(held);
    const { kind, key } = held;
    if (record !== undefined) this.#watchers.tell({ kind: 'put', record });
    else if (before !== undefined) this.#watchers.tell({ kind: 'delete', record: { kind, key } });
  }
}

function watchAll(kv: KV): Promise<QueuedIterator<KvWatchEntry>> {
  return kv.watch();
}

function recordOf({ kind, key, json, revision }: Held): ConfigurationRecord | undefined {
  return json === undefined ? undefined : { kind, key, value: JSON.parse(json), revision };
}

function jsonText(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError('A value of configuration must be JSON.');
  return json;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
