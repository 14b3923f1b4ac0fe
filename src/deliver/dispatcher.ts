import type { LeasedDelivery } from '../domain/delivery.ts';
import type { Store } from '../store/store.ts';
import { type AttemptOptions, attempt } from './attempt.ts';
import { DeadLetters } from './dead-letters.ts';

export interface DispatcherOptions extends Omit<AttemptOptions, 'deadLetters'> {
  readonly store: Store;
}

// A lease outlives the longest attempt, so that nothing is attempted twice at the same time.
const LEASE_BEYOND_TIMEOUT_MS = 60_000;

// How long to leave the store alone after it failed to answer.
const STORE_PAUSE_MS = 1000;

/**
 * Takes what is owed from the store and sees each delivery to its end: delivered, dead-lettered, or failed
 * where it can be seen. Between attempts everything rests in the store; here live only the leased ones.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions & AttemptOptions;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #unwatch: () => void;
  readonly #loop: Promise<void>;
  #woken = false;
  #wake: () => void = () => undefined;

  /** Starts at once. */
  constructor(options: DispatcherOptions) {
    this.#options = { ...options, deadLetters: new DeadLetters(options) };
    this.#unwatch = options.store.watchOwed(() => this.#rouse());
    this.#loop = this.#run();
  }

  /** Attempts that have begun and are not settled yet. */
  get underWay(): number {
    return this.#underWay.size;
  }

  /** Leases nothing more and waits for what is under way; each attempt is settled by then. */
  async close(): Promise<void> {
    this.#unwatch();
    this.#stop.abort();
    this.#rouse();
    await this.#loop;
    await Promise.all(this.#underWay);
  }

  async #run(): Promise<void> {
    const { store, clock, log } = this.#options;
    while (!this.#stop.signal.aborted) {
      this.#woken = false;
      try {
        const leased = await this.#lease();
        for (const delivery of leased) this.#begin(delivery);
        if (leased.length === 0) await this.#rest(this.#isFull() ? undefined : await store.nextDueAt());
      } catch (error) {
        log.error('The store did not hand out deliveries.', { error: String(error) });
        await clock.sleepUntil(clock.now() + STORE_PAUSE_MS, this.#stop.signal);
      }
    }
  }

  #isFull(): boolean {
    return this.#underWay.size >= this.#options.limits.concurrentInvocations;
  }

  async #lease(): Promise<readonly LeasedDelivery[]> {
    if (this.#isFull()) return [];
    const { store, clock, limits } = this.#options;
    const now = clock.now();
    return store.lease({
      max: limits.concurrentInvocations - this.#underWay.size,
      now,
      until: now + 2 * limits.invocationTimeoutMs + LEASE_BEYOND_TIMEOUT_MS,
    });
  }

  /** Waits until something may be due: the store says so, an attempt ends, or the time has come. */
  async #rest(nextDueAt: number | undefined): Promise<void> {
    if (this.#woken || this.#stop.signal.aborted) return;
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (nextDueAt === undefined) return woken;
    const overslept = new AbortController();
    await Promise.race([woken, this.#options.clock.sleepUntil(nextDueAt, overslept.signal)]);
    overslept.abort();
  }

  #rouse(): void {
    this.#woken = true;
    this.#wake();
  }

  #begin(delivery: LeasedDelivery): void {
    const work = this.#attempt(delivery).finally(() => {
      this.#underWay.delete(work);
      this.#rouse();
    });
    this.#underWay.add(work);
  }

  async #attempt(delivery: LeasedDelivery): Promise<void> {
    const { store, log } = this.#options;
    try {
      await store.settle([await attempt(delivery, this.#options)]);
    } catch (error) {
      // The lease runs out, and the delivery is attempted again: twice is allowed, never is not.
      log.error('An attempt could not be settled.', { id: delivery.id, error: String(error) });
    }
  }
}
