import type { FailedDelivery } from '../domain/delivery.ts';
import type { Timeline } from '../domain/timeline.ts';
import type { Store } from '../store/store.ts';

/** Which failed deliveries; what is left out does not matter. */
export interface FailedFilter {
  /** ARN of the rule. */
  readonly owner?: string | undefined;
  readonly targetId?: string | undefined;
  readonly errorCode?: string | undefined;
  /** Says of an owner whether its deliveries count. */
  readonly isWanted: (owner: string) => boolean;
}

/** A page of failed deliveries. */
export interface FailedList {
  readonly failed: readonly FailedDelivery[];
  /** Where the next page begins; undefined when this is the last. */
  readonly next: string | undefined;
}

// Events may be large: what is looked at comes in small pages.
const PAGE = 100;

// After so many that don't count the answer is sent, though it holds fewer than asked for.
const MOST_LOOKED_AT = 10_000;

/** What was given up and is kept: to be looked at, and to be owed once more. */
export class FailedDeliveries {
  readonly #store: Pick<Store, 'listFailed' | 'redrive'>;
  readonly #timeline: Timeline;

  constructor(store: Pick<Store, 'listFailed' | 'redrive'>, timeline: Timeline) {
    this.#store = store;
    this.#timeline = timeline;
  }

  /** Those after `after`, in the order of their ids. Throws RangeError for an `after` that is no id. */
  async list(
    { isWanted, ...filter }: FailedFilter,
    { after, max }: { readonly after: string | undefined; readonly max: number },
  ): Promise<FailedList> {
    const failed: FailedDelivery[] = [];
    let cursor = after;
    for (let lookedAt = 0; lookedAt < MOST_LOOKED_AT; lookedAt += PAGE) {
      // One more than is asked for tells whether there is another page.
      const size = Math.min(PAGE, max - failed.length + 1);
      const page = await this.#store.listFailed({ ...filter, after: cursor, max: size });
      for (const one of page) {
        if (!isWanted(one.owner)) continue;
        if (failed.length === max) return { failed, next: failed.at(-1)?.id };
        failed.push(one);
      }
      if (page.length < size) return { failed, next: undefined };
      cursor = page.at(-1)?.id;
    }
    return { failed, next: cursor };
  }

  /** Undefined when none with this id is kept. */
  async find(id: string): Promise<FailedDelivery | undefined> {
    try {
      const [found] = await this.#store.listFailed({ id, max: 1 });
      return found;
    } catch (error) {
      // It is no id of this store: then there is nothing under it.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** Makes deliveries owed again at `now`; answers how many. Those that are not failed any more are left alone. */
  redrive(failed: readonly FailedDelivery[], now: number): Promise<number> {
    // Told before it is done: an attempt may begin before the store has answered.
    for (const delivery of failed) this.#timeline.settled(delivery, { kind: 'redriven' }, undefined);
    return this.#store.redrive({ ids: failed.map(({ id }) => id), now });
  }
}
