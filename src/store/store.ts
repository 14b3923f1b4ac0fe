import type { ArchivedEvent, ArchiveSize } from '../domain/archive.ts';
import type {
  FailedDelivery,
  LeasedDelivery,
  OwedDelivery,
  OwedEvent,
  Settlement,
} from '../domain/delivery.ts';

/** One piece of configuration (an event bus, a rule with its targets …), kept by kind and key. */
export interface ConfigurationRecord {
  readonly kind: string;
  /** Unique within its kind; names account and region, so that scopes never meet. */
  readonly key: string;
  /** Any JSON value. */
  readonly value: unknown;
  /** Positive, and greater than any that this kind and key had before, deletion and re-creation included. */
  readonly revision: number;
}

/** A change of one record: to a new value, or to none. */
export interface ConfigurationChange {
  readonly kind: string;
  readonly key: string;
  /** `undefined` deletes the record. */
  readonly value: unknown;
  /** The revision that the writer saw; 0 when it saw no record. */
  readonly expectedRevision: number;
}

/** What a watcher is told: the record as it is now, or the name of the one that is gone. */
export type ConfigurationEvent =
  | { readonly kind: 'put'; readonly record: ConfigurationRecord }
  | { readonly kind: 'delete'; readonly record: Pick<ConfigurationRecord, 'kind' | 'key'> };

/** Somebody else changed the record first: read it again and decide anew. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
}

/**
 * What keeps a store from keeping anything: its disk is full, its file is damaged, it can't be reached, it refuses
 * what is written for another reason; or it is lost to this process, which only a new start mends.
 */
export type StoreProblem = 'damaged' | 'full' | 'lost' | 'refused' | 'unreachable';

/** Nothing of the call was kept, and not by the caller's fault. */
export class StoreFailure extends Error {
  override readonly name: string = 'StoreFailure';
  readonly problem: StoreProblem;

  constructor(problem: StoreProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}

/** How many deliveries there are, for health and metrics. */
export interface DeliveryCounts {
  /** Still to be delivered, leased ones included. */
  readonly owed: number;
  /** Given up and kept. */
  readonly failed: number;
}

/** Which events of which archive to read. */
export interface ArchivePage {
  /** The key of the archive. */
  readonly archive: string;
  /** Epoch milliseconds, as `to` is; both may be infinite. */
  readonly from: number;
  readonly to: number;
  readonly after?: string | undefined;
  readonly max: number;
  /** Most bytes of envelopes, as UTF-8; the first event comes however large it is. Left out, any number. */
  readonly maxBytes?: number | undefined;
}

/**
 * What a lease asks for. A *queue* is all that one target is owed; it is named by its owner and target id, as each
 * of its deliveries is.
 */
export interface LeaseRequest {
  readonly max: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** When the leases end, epoch milliseconds. */
  readonly until: number;
  /** How many deliveries of a queue may be handed out; any number, when left out. Asked once a queue at most. */
  readonly roomFor?: ((queue: OwedDelivery) => number) | undefined;
}

/** Which deliveries of a queue have waited too long. */
export interface AgedRequest extends Omit<LeaseRequest, 'roomFor'> {
  readonly queue: OwedDelivery;
  /** Epoch milliseconds. */
  readonly receivedBefore: number;
}

/** What of a queue has waited too long, and what comes next. */
export interface AgedDeliveries {
  readonly deliveries: readonly LeasedDelivery[];
  /** Since when the oldest waits that nobody holds, epoch milliseconds; undefined when there is none. */
  readonly oldestFrom: number | undefined;
}

/** Which failed deliveries to list. */
export interface FailedPage {
  readonly after?: string | undefined;
  /** Only the one with this id; none of the others is given then. */
  readonly id?: string | undefined;
  readonly max: number;
  /** Only those of this owner. */
  readonly owner?: string | undefined;
  /** Only those of targets with this id. */
  readonly targetId?: string | undefined;
  /** Only those that failed with this code. */
  readonly errorCode?: string | undefined;
}

/**
 * What must survive a crash. Each method says what is durable when its promise resolves; when a promise
 * rejects, nothing of that call is promised and the store stays usable; what could not be kept for the store's own
 * reasons rejects with StoreFailure. Stores don't read the time: it is handed in, in epoch milliseconds.
 */
export interface Store {
  /** Every record of configuration, in order of kind and key (by code unit). */
  readConfiguration(): Promise<readonly ConfigurationRecord[]>;

  /**
   * Changes one record, durably, if it still has the expected revision; resolves to the new revision (for a
   * deletion, that of the deletion). Rejects with RevisionConflict otherwise. When it resolves, this
   * store's watchers have been told. Deleting a record that isn't there, with revision 0, is accepted.
   */
  writeConfiguration(change: ConfigurationChange): Promise<number>;

  /** Tells of every change from now on, in order for each record. Answers a function that ends it. */
  watchConfiguration(listener: (event: ConfigurationEvent) => void): () => void;

  /**
   * Keeps the events and all that they owe, durably, and gives each event the next sequence number of the
   * log. The deliveries are due at their event's `receivedAt`. All of one call is kept, or nothing.
   * An event that archives retain is kept for as long as one of them does, whatever it owes. The key of an
   * archive is any text, and stands for the same archive for ever.
   */
  append(events: readonly OwedEvent[]): Promise<void>;

  /** Tells that deliveries may have become due: after an append, a retry or a redrive. */
  watchOwed(listener: () => void): () => void;

  /**
   * Hands out at most `max` deliveries that are due at `now`. The queues take turns, and go on in the next call
   * where they ended in this one: of two that had more to give, none gives two more than the other. Each gives its
   * longest due first, and no more than there is room for; how much a queue holds costs the others nothing. The
   * answer is in the order in which the deliveries fell due. None of them is handed out again before it is settled
   * or `until` has come; a lease need not survive a restart.
   */
  lease(request: LeaseRequest): Promise<readonly LeasedDelivery[]>;

  /**
   * Hands out at most `max` deliveries of one queue that wait since before `receivedBefore`, the longest waiting
   * first, due or not; leased as by `lease`. A delivery waits since its event was received or, where it was
   * redriven, since then.
   */
  leaseAged(request: AgedRequest): Promise<AgedDeliveries>;

  /**
   * Records how attempts ended, durably. Settling an unknown delivery (settled before, or its lease ran out
   * and another attempt settled it) is ignored. An event is forgotten with the last delivery that needs it,
   * owed or failed, unless an archive retains it.
   */
  settle(settlements: readonly Settlement[]): Promise<void>;

  /**
   * When the next delivery of a queue that has room (any queue, when nothing is said) can be leased: it falls due,
   * or its lease ends. Epoch milliseconds; undefined when there is none.
   */
  nextDueAt(hasRoom?: (queue: OwedDelivery) => boolean): Promise<number | undefined>;

  /**
   * Failed deliveries in the order of their ids, those after the id `after`; at most `max`. An `after` or
   * `id` that is no id as this store gives them out is refused with a RangeError.
   */
  listFailed(page: FailedPage): Promise<readonly FailedDelivery[]>;

  /** Makes failed deliveries owed again, due at `now`, with no attempts behind them; answers how many. */
  redrive(request: { readonly ids: readonly string[]; readonly now: number }): Promise<number>;

  /**
   * How many deliveries there are; where `isWanted` is given, only those of owners of which it says so, and then it
   * looks at all of them.
   */
  countDeliveries(isWanted?: (owner: string) => boolean): Promise<DeliveryCounts>;

  /**
   * Events of an archive by their time (see `eventTime`) and, where that is the same, by their number of the
   * log: those with a time from `from` up to and without `to`, and after the position `after`; at most `max`.
   * Positions stay good over restarts, and when events before or after them are let go. An `after` that this
   * store never gave out may be refused with a RangeError; an unknown archive is empty.
   */
  readArchive(page: ArchivePage): Promise<readonly ArchivedEvent[]>;

  /** What an archive holds at the moment. */
  measureArchive(archive: string): Promise<ArchiveSize>;

  /**
   * Lets an archive go of events that were received before `before`, the longest kept first: at most `max`,
   * durably; answers how many. Infinity lets go of all.
   */
  trimArchive(request: {
    readonly archive: string;
    readonly before: number;
    readonly max: number;
  }): Promise<number>;

  /** Keeps something that means nothing, durably: whether it can tells whether the store keeps what is written. */
  probe(): Promise<void>;

  /** Finishes what is under way and lets go of everything. Calls after it reject; closing again is harmless. */
  close(): Promise<void>;
}
