import type { LeasedDelivery, OwedDelivery, Settlement } from '../domain/delivery.ts';
import type { Store } from '../store/store.ts';
import { type AttemptOptions, attemptAll, type EndedAttempt, giveUpAged } from './attempt.ts';
import { DeadLetters } from './dead-letters.ts';
import { type QueueState, QueueStates, type QueueView } from './queue-states.ts';

export interface DispatcherOptions extends Omit<AttemptOptions, 'deadLetters'> {
  readonly store: Store;
}

// A lease outlives the longest attempt, so that nothing is attempted twice at the same time.
const LEASE_BEYOND_TIMEOUT_MS = 60_000;

// How long to leave the store alone after it failed to answer.
const STORE_PAUSE_MS = 1000;

const WOKEN = 'woken';

/**
 * Takes what is owed from the store and sees each delivery to its end: delivered, dead-lettered, or failed
 * where it can be seen. Between attempts everything rests in the store; here live only the leased ones, and what
 * is known of targets that don't answer.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions & AttemptOptions;
  readonly #queues: QueueStates;
  readonly #stop = new AbortController();
  readonly #work = new Set<Promise<void>>();
  readonly #unwatch: () => void;
  readonly #loop: Promise<void>;
  #woken = false;
  #wake: () => void = () => undefined;

  /** Starts at once. */
  constructor(options: DispatcherOptions) {
    this.#options = { ...options, deadLetters: new DeadLetters(options) };
    this.#queues = new QueueStates({
      ...options,
      isOrdered: (target) => options.targets.isOrdered(target),
    });
    this.#unwatch = options.store.watchOwed(() => this.#rouse());
    this.#loop = this.#run();
  }

  /** Deliveries in hand: attempts that have begun and are not settled yet. */
  get underWay(): number {
    return this.#queues.underWay;
  }

  /** The queues with attempts under way, or whose target failed of late. */
  get queues(): readonly QueueView[] {
    return this.#queues.views();
  }

  /**
   * When there is something to do next, were nothing to change until then: a delivery falls due whose target is not
   * paused, a pause ends, something grows too old. Epoch milliseconds; undefined when nothing is owed.
   */
  async nextWorkAt(): Promise<number | undefined> {
    const now = this.#options.clock.now();
    const times = [await this.#options.store.nextDueAt((queue) => this.#queues.roomFor(queue, now) > 0)];
    for (const state of this.#queues.paused()) {
      const { pause } = state.breaker;
      if (pause !== undefined && pause.until > now) times.push(pause.until);
      if (this.#queues.roomToGiveUp(state) > 0) times.push(state.agedAt);
    }
    const next = times.reduce<number>(
      (least, time) => Math.min(least, time ?? least),
      Number.POSITIVE_INFINITY,
    );
    return next === Number.POSITIVE_INFINITY ? undefined : next;
  }

  /** Leases nothing more and waits for what is under way; each attempt is settled by then. */
  async close(): Promise<void> {
    this.#unwatch();
    this.#stop.abort();
    this.#rouse();
    await this.#loop;
    // An attempt that ends leaves its settlement to be waited for.
    while (this.#work.size > 0) await Promise.all(this.#work);
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#options;
    while (!this.#stop.signal.aborted) {
      this.#woken = false;
      try {
        const leased = await this.#lease();
        this.#begin(leased);
        const aged = await this.#leaseAged();
        if (leased.length === 0 && !aged) await this.#rest(await this.#restsUntil());
      } catch (error) {
        log.error('The store did not hand out deliveries.', { error: String(error) });
        await clock.sleepUntil(clock.now() + STORE_PAUSE_MS, this.#stop.signal);
      }
    }
  }

  async #lease(): Promise<readonly LeasedDelivery[]> {
    // Half of it: the queues' parts are measured by what is free before the lease, and must be so again after it.
    const max = Math.ceil(this.#queues.free / 2);
    if (max === 0) return [];
    const now = this.#options.clock.now();
    const roomFor = (queue: OwedDelivery) => this.#queues.roomFor(queue, now);
    return this.#options.store.lease({ max, now, until: this.#leaseEnd(now), roomFor });
  }

  /** Takes what grew too old behind paused targets; answers whether there was any. */
  async #leaseAged(): Promise<boolean> {
    const { clock, store } = this.#options;
    const now = clock.now();
    let found = false;
    for (const state of this.#queues.paused()) {
      const max = this.#queues.roomToGiveUp(state);
      if (state.agedAt > now || max === 0) continue;
      const maximumAgeMs = this.#queues.maximumAgeMs(state);
      const aged = await store.leaseAged({
        queue: state.name,
        receivedBefore: now - maximumAgeMs,
        max,
        now,
        until: this.#leaseEnd(now),
      });
      state.agedAt = (aged.oldestFrom ?? now) + maximumAgeMs + 1;
      found ||= aged.deliveries.length > 0;
      for (const delivery of aged.deliveries) this.#giveUp(state, delivery);
    }
    return found;
  }

  #leaseEnd(now: number): number {
    return now + 2 * this.#options.limits.invocationTimeoutMs + LEASE_BEYOND_TIMEOUT_MS;
  }

  async #restsUntil(): Promise<number | undefined> {
    return this.#queues.free === 0 ? undefined : this.nextWorkAt();
  }

  /** Waits until something may be due: the store says so, an attempt ends, or the time has come. */
  async #rest(until: number | undefined): Promise<void> {
    if (this.#woken || this.#stop.signal.aborted) return;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (until === undefined) return woken;
    const overslept = new AbortController();
    await Promise.race([woken, this.#options.clock.sleepUntil(until, overslept.signal)]);
    // With a reason of its own, for the one that is made otherwise costs as much as a delivery's look-ups.
    overslept.abort(WOKEN);
  }

  #rouse(): void {
    this.#woken = true;
    this.#wake();
  }

  #begin(leased: readonly LeasedDelivery[]): void {
    for (const deliveries of byQueue(leased)) {
      const [first] = deliveries;
      if (first === undefined) continue;
      const state = this.#queues.begin(first, deliveries.length);
      this.#keep(attemptAll(deliveries, this.#options, (ended) => this.#keep(this.#settle(state, ended))));
    }
  }

  async #settle(state: QueueState, { delivery, invocation, settlement }: EndedAttempt): Promise<void> {
    const now = this.#options.clock.now();
    const ended = invocation === undefined ? undefined : { deliveryId: delivery.id, now, ...invocation };
    if (this.#queues.record(state, delivery, ended)) this.#rouse();
    await this.#tellStore(delivery, settlement);
    this.#queues.end(state);
    this.#rouse();
  }

  #giveUp(state: QueueState, delivery: LeasedDelivery): void {
    const { pause } = state.breaker;
    if (pause === undefined) {
      // It was answered while this one was being leased.
      this.#begin([delivery]);
      return;
    }
    this.#queues.beginGivingUp(state, 1);
    const settlement = giveUpAged(delivery, pause.error, this.#options);
    const settled = this.#tellStore(delivery, settlement).then(() => {
      this.#queues.endGivingUp(state);
      this.#rouse();
    });
    this.#keep(settled);
  }

  /**
   * While the store fails (its disk is full, its server away) the outcome is kept in hand, place included: else
   * targets would get their whole backlog again and again. Once the lease has run out the delivery is attempted
   * again: twice is allowed, never is not.
   */
  async #tellStore({ id }: LeasedDelivery, settlement: Promise<Settlement>): Promise<void> {
    const { store, log, clock } = this.#options;
    const settled = await settlement;
    const leaseEnds = clock.now() + LEASE_BEYOND_TIMEOUT_MS;
    for (let failures = 0; ; failures++) {
      try {
        return await store.settle([settled]);
      } catch (error) {
        if (failures === 0) log.error('An attempt could not be settled.', { id, error: String(error) });
      }
      if (this.#stop.signal.aborted || clock.now() >= leaseEnds) return;
      await clock.sleepUntil(clock.now() + STORE_PAUSE_MS, this.#stop.signal);
    }
  }

  /** A stop waits for it. */
  #keep(work: Promise<void>): void {
    const kept = work.finally(() => this.#work.delete(kept));
    this.#work.add(kept);
  }
}

function byQueue(leased: readonly LeasedDelivery[]): Iterable<readonly LeasedDelivery[]> {
  const queues = new Map<string, LeasedDelivery[]>();
  for (const delivery of leased) {
    const key = `${delivery.owner}\n${delivery.targetId}`;
    const queue = queues.get(key);
    if (queue === undefined) queues.set(key, [delivery]);
    else queue.push(delivery);
  }
  return queues.values();
}
