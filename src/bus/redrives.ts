import type { Clock } from '../domain/clock.ts';
import type { FailedDelivery } from '../domain/delivery.ts';
import type { Log } from '../domain/log.ts';
import type { FailedDeliveries, FailedFilter } from './failed-deliveries.ts';

/** What a redrive is to take up, and how fast. */
export interface RedriveOrder extends FailedFilter {
  /** The account that asked for it. */
  readonly account: string;
  /** Deliveries a second; undefined for as fast as the store takes them. */
  readonly rate: number | undefined;
}

/** A redrive in the background. */
export interface Redrive extends Omit<RedriveOrder, 'isWanted'> {
  readonly id: string;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly redriven: number;
  /** Why it failed. */
  readonly message: string | undefined;
}

export interface RedrivesOptions {
  readonly failed: FailedDeliveries;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
}

interface Job {
  redrive: Redrive;
  readonly stop: AbortController;
}

/** How many may run at the same time. */
export const MOST_REDRIVES = 8;
const MOST_REMEMBERED = 100;
const PAGE = 100;

/**
 * Makes all failed deliveries that a filter finds owed again, at a pace, in the background. What it has done is
 * remembered in memory only; the deliveries themselves are safe in the store at every moment.
 */
export class Redrives {
  readonly #options: RedrivesOptions;
  readonly #jobs = new Map<string, Job>();
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(options: RedrivesOptions) {
    this.#options = options;
  }

  /** Starts one; undefined when as many run as may. What fails anew after this is left alone. */
  start(order: RedriveOrder): Redrive | undefined {
    if (this.#closed || this.#running.size >= MOST_REDRIVES) return undefined;
    const { isWanted: _, ...shown } = order;
    const redrive: Redrive = {
      ...shown,
      id: this.#options.newId(),
      state: 'running',
      startedAt: this.#options.clock.now(),
      endedAt: undefined,
      redriven: 0,
      message: undefined,
    };
    const job = { redrive, stop: new AbortController() };
    this.#jobs.set(redrive.id, job);
    this.#forgetOldest();
    const running = this.#run(job, order).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return redrive;
  }

  get(id: string): Redrive | undefined {
    return this.#jobs.get(id)?.redrive;
  }

  /** The running ones and the last that ended, the oldest first. */
  list(): readonly Redrive[] {
    return [...this.#jobs.values()].map(({ redrive }) => redrive);
  }

  /** Ends one that runs; what it has redriven stays so. */
  cancel(id: string): void {
    this.#jobs.get(id)?.stop.abort();
  }

  /** Ends all that run. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { stop } of this.#jobs.values()) stop.abort();
    await Promise.all(this.#running);
  }

  async #run(job: Job, order: RedriveOrder): Promise<void> {
    const { log, clock } = this.#options;
    const end = (state: Redrive['state'], message?: string) => {
      job.redrive = { ...job.redrive, state, message, endedAt: clock.now() };
    };
    try {
      await this.#redriveAll(job, order);
      end(job.stop.signal.aborted ? 'cancelled' : 'done');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log.error('A redrive failed.', { id: job.redrive.id, error: reason });
      end('failed', reason);
    }
  }

  async #redriveAll(job: Job, order: RedriveOrder): Promise<void> {
    const { failed } = this.#options;
    const { startedAt } = job.redrive;
    const { signal } = job.stop;
    let after: string | undefined;
    do {
      const page = await failed.list(order, { after, max: PAGE });
      after = page.next;
      const before = page.failed.filter(({ failedAt }) => failedAt <= startedAt);
      await this.#redrivePaced(job, before);
    } while (after !== undefined && !signal.aborted);
  }

  async #redrivePaced(job: Job, deliveries: readonly FailedDelivery[]): Promise<void> {
    const { clock, failed } = this.#options;
    const { rate, startedAt } = job.redrive;
    const { signal } = job.stop;
    // About ten times a second, so that a target gets them spread out.
    const atOnce = rate === undefined ? PAGE : Math.min(PAGE, Math.max(1, Math.ceil(rate / 10)));
    for (let at = 0; at < deliveries.length; at += atOnce) {
      const { redriven } = job.redrive;
      if (rate !== undefined) await clock.sleepUntil(startedAt + (redriven / rate) * 1000, signal);
      if (signal.aborted) return;
      const more = await failed.redrive(deliveries.slice(at, at + atOnce), clock.now());
      job.redrive = { ...job.redrive, redriven: redriven + more };
    }
  }

  #forgetOldest(): void {
    for (const [id, { redrive }] of this.#jobs) {
      if (this.#jobs.size <= MOST_REMEMBERED + this.#running.size) return;
      if (redrive.state !== 'running') this.#jobs.delete(id);
    }
  }
}
