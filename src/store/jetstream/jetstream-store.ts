import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { ArchivedEvent, ArchiveSize } from '../../domain/archive.ts';
import type {
  FailedDelivery,
  LeasedDelivery,
  OwedDelivery,
  OwedEvent,
  Settlement,
} from '../../domain/delivery.ts';
import { archivePosition } from '../archive-position.ts';
import type {
  AgedDeliveries,
  AgedRequest,
  ArchivePage,
  ConfigurationChange,
  ConfigurationEvent,
  ConfigurationRecord,
  DeliveryCounts,
  FailedPage,
  LeaseRequest,
  Store,
} from '../store.ts';
import { Watchers } from '../watchers.ts';
import { ConfigurationBucket } from './configuration-bucket.ts';
import { parseDeliveryId } from './delivery-id.ts';
import { eventPlace } from './event-number.ts';
import { Holder } from './holder.ts';
import { LeaseDesk, type Leased } from './lease-desk.ts';
import { type CleaningLimits, LogCleaner } from './log-cleaner.ts';
import { LogIndex } from './log-index.ts';
import { encodeAppend, encodeRecord, keyed, type LogRecord, type SettledDelivery } from './log-record.ts';
import { LogStream, type StoredMessage } from './log-stream.ts';
import { type KeptRecord, LogWriter } from './log-writer.ts';
import { PART_INDEX } from './message-parts.ts';
import { MessageReader, UnreadableMessage } from './message-reader.ts';
import { NatsLink } from './nats-link.ts';
import { SettlementGroup } from './settlement-group.ts';
import { parseStoreUrl, shownUrl } from './store-url.ts';

const NONE = -1;
const ANY_ROOM = () => true;

/**
 * A store in NATS JetStream: a stream is the log of all that happens, and what is owed is an index of it in memory.
 * What it says is durable has been acknowledged by the stream.
 */
export class JetStreamStore implements Store {
  readonly #link: NatsLink;
  readonly #stream: LogStream;
  readonly #holder: Holder;
  readonly #configuration: ConfigurationBucket;
  readonly #index = new LogIndex();
  readonly #reader: MessageReader;
  readonly #desk: LeaseDesk;
  readonly #cleaner: LogCleaner;
  readonly #settlements = new SettlementGroup((settled) => this.#writeSettlements(settled));
  readonly #owedWatchers = new Watchers<void>();
  readonly #configuring = new Set<Promise<unknown>>();
  #writer: LogWriter | undefined;
  #closing: Promise<void> | undefined;

  /** See `openJetStreamStore`. */
  static async open(url: string, cleaning?: CleaningLimits): Promise<JetStreamStore> {
    const link = await NatsLink.open(parseStoreUrl(url));
    try {
      const stream = new LogStream(link);
      await stream.ensure();
      const holder = await Holder.take(link, { host: hostname(), pid: process.pid });
      const configuration = await ConfigurationBucket.open(link);
      const store = new JetStreamStore(link, { stream, holder, configuration, cleaning });
      await store.#readLog();
      return store;
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  private constructor(
    link: NatsLink,
    parts: {
      stream: LogStream;
      holder: Holder;
      configuration: ConfigurationBucket;
      cleaning: CleaningLimits | undefined;
    },
  ) {
    this.#link = link;
    this.#stream = parts.stream;
    this.#holder = parts.holder;
    this.#configuration = parts.configuration;
    this.#reader = new MessageReader(parts.stream);
    this.#desk = new LeaseDesk(this.#index.deliveries, this.#reader);
    this.#cleaner = new LogCleaner(parts.stream, this.#index, parts.cleaning);
  }

  async readConfiguration(): Promise<readonly ConfigurationRecord[]> {
    this.#mustBeOpen();
    return this.#configuration.read();
  }

  async writeConfiguration(change: ConfigurationChange): Promise<number> {
    const { takenOver } = this.#mustBeOpen();
    // Whoever has taken over goes on with what this one would now call failed, a replay for one.
    if (takenOver !== undefined) throw takenOver;
    const writing = this.#configuration.write(change);
    this.#configuring.add(writing);
    return writing.finally(() => this.#configuring.delete(writing));
  }

  watchConfiguration(listener: (event: ConfigurationEvent) => void): () => void {
    return this.#configuration.watch(listener);
  }

  async append(events: readonly OwedEvent[]): Promise<void> {
    const writer = this.#mustBeOpen();
    const kept = events.filter(({ deliveries, archives = [] }) => deliveries.length + archives.length > 0);
    if (kept.length === 0) return;
    const encoded = encodeAppend(kept);
    await writer.write(encoded, (message) => {
      this.#reader.remember(message.sequence, message.bytes, kept);
      return this.#apply(message, encoded.record);
    });
  }

  watchOwed(listener: () => void): () => void {
    return this.#owedWatchers.add(listener);
  }

  async lease(request: LeaseRequest): Promise<readonly LeasedDelivery[]> {
    this.#mustBeOpen();
    return this.#readable(await this.#answer(this.#desk.lease(request)), request.now);
  }

  async leaseAged(request: AgedRequest): Promise<AgedDeliveries> {
    this.#mustBeOpen();
    const leased = await this.#answer(this.#desk.leaseAged(request));
    return { deliveries: await this.#readable(leased, request.now), oldestFrom: leased.oldestFrom };
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    this.#mustBeOpen();
    const settled = keyed(settlements);
    if (settled.length > 0) await this.#settlements.add(settled);
  }

  async nextDueAt(hasRoom: (queue: OwedDelivery) => boolean = ANY_ROOM): Promise<number | undefined> {
    this.#mustBeOpen();
    return this.#desk.nextDueAt(hasRoom);
  }

  async listFailed(page: FailedPage): Promise<readonly FailedDelivery[]> {
    this.#mustBeOpen();
    return this.#answer(this.#desk.listFailed(page));
  }

  async redrive({ ids, now }: { readonly ids: readonly string[]; readonly now: number }): Promise<number> {
    this.#mustBeOpen();
    const { deliveries } = this.#index;
    const keys = [...new Set(ids)]
      .flatMap((id) => parseDeliveryId(id) ?? [])
      .filter((key) => deliveries.find(key) !== NONE && deliveries.findOwed(key) === NONE);
    return keys.length === 0 ? 0 : this.#write({ kind: 'redrive', keys, now });
  }

  async countDeliveries(isWanted?: (owner: string) => boolean): Promise<DeliveryCounts> {
    this.#mustBeOpen();
    const { deliveries } = this.#index;
    return isWanted === undefined ? deliveries.count() : deliveries.countOf(isWanted);
  }

  async readArchive(page: ArchivePage): Promise<readonly ArchivedEvent[]> {
    this.#mustBeOpen();
    const places = this.#index.archives.page(page);
    const reading = places.map(async (place) => {
      const { message, index } = eventPlace(place.event);
      const event = (await this.#reader.events(message)).events[index];
      if (event === undefined) throw new UnreadableMessage(message, 'it holds fewer events than it should');
      return { event, position: archivePosition(place) };
    });
    return this.#answer(Promise.all(reading));
  }

  async measureArchive(archive: string): Promise<ArchiveSize> {
    this.#mustBeOpen();
    return this.#index.archives.measure(archive);
  }

  async trimArchive(request: {
    readonly archive: string;
    readonly before: number;
    readonly max: number;
  }): Promise<number> {
    this.#mustBeOpen();
    const { archive } = request;
    const events = this.#index.archives.expired(archive, request);
    return events.length === 0 ? 0 : this.#write({ kind: 'trim', archive, events });
  }

  async probe(): Promise<void> {
    this.#mustBeOpen();
    // To say again that this process writes the log changes nothing, and the cleaner takes it away.
    await this.#write({ kind: 'open' });
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    this.#settlements.flush();
    await this.#writer?.idle();
    await Promise.allSettled(this.#configuring);
    await this.#cleaner.close();
    this.#holder.release();
    this.#configuration.close();
    await this.#link.close();
  }

  /** Reads the whole log and begins to write it: a writer from before this one finds that it is over. */
  async #readLog(): Promise<void> {
    const last = await this.#stream.readFrom(1, (message) => this.#catchUp(message));
    const follower = {
      lastApplied: () => this.#index.lastApplied,
      catchUp: (message: StoredMessage) => this.#catchUp(message),
    };
    // Messages at the end may have been deleted; their numbers are not given out again all the same.
    this.#index.skipTo(last);
    const names = {
      link: this.#link,
      stream: this.#stream,
      writer: randomBytes(9).toString('base64url'),
      last,
    };
    this.#writer = new LogWriter(names, follower);
    try {
      await this.#write({ kind: 'open' });
    } catch (cause) {
      throw new Error(`The store ${shownUrl(this.#link.place)} can't be opened: ${String(cause)}`, { cause });
    }
  }

  /** Takes in a message of the log that this process did not see acknowledged. */
  async #catchUp(message: StoredMessage): Promise<number> {
    const { sequence, index, bytes } = message;
    if (index === PART_INDEX) {
      this.#index.takePart(sequence, bytes);
      return 0;
    }
    try {
      const { record, parts } = await this.#reader.recordOf(sequence, index);
      return this.#apply({ sequence, bytes, parts }, record);
    } catch (error) {
      if (!(error instanceof UnreadableMessage)) throw error;
      process.emitWarning(`${error.message} It is left out, and left where it is: ${this.#stream.name}.`);
      this.#index.keep(message);
      return 0;
    }
  }

  #apply(message: KeptRecord, record: LogRecord): number {
    const changed = this.#index.apply(message, record);
    if (record.kind === 'settle') this.#desk.release(record.settled);
    if (record.kind !== 'open' && record.kind !== 'trim') this.#owedWatchers.tell();
    if (this.#writer !== undefined) this.#cleaner.look();
    return changed;
  }

  /** Answers how many deliveries or events the record changed. */
  async #write(record: Exclude<LogRecord, { kind: 'append' }>): Promise<number> {
    if (this.#writer === undefined) return 0;
    return this.#writer.write(encodeRecord(record), (message) => this.#apply(message, record));
  }

  // A record holds no settlement of a delivery that is not owed, nor one after its end: whoever reads the log believes
  // what it says last.
  async #writeSettlements(settled: readonly SettledDelivery[]): Promise<void> {
    const ended = new Set<string>();
    const { deliveries } = this.#index;
    const owed = settled.flatMap((each): readonly SettledDelivery[] => {
      const { id, kind } = each.settlement;
      const row = deliveries.findOwed(each.key);
      if (ended.has(id) || row === NONE) return [];
      if (kind === 'retry') return [{ ...each, waitsFrom: deliveries.rows.waitsFrom[row] ?? 0 }];
      ended.add(id);
      return [each];
    });
    if (owed.length > 0) await this.#write({ kind: 'settle', settled: owed });
  }

  /** What can't be read is settled as failed, where a person can see it. */
  async #readable({ deliveries, unreadable }: Leased, now: number): Promise<readonly LeasedDelivery[]> {
    const settlements = unreadable.map(({ id, attempts, reason }) => {
      const error = { code: 'INTERNAL_ERROR', message: reason };
      return { id, kind: 'failed', failedAt: now, attempts, error } as const;
    });
    // The others are leased by now and must be handed out; these come again when their leases end.
    if (settlements.length > 0) await this.settle(settlements).catch(() => undefined);
    return deliveries;
  }

  async #answer<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      if (error instanceof RangeError || error instanceof UnreadableMessage) throw error;
      throw this.#link.unavailable(error);
    }
  }

  #mustBeOpen(): LogWriter {
    if (this.#closing !== undefined || this.#writer === undefined) throw new Error('The store is closed.');
    return this.#writer;
  }
}
