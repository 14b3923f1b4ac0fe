import type { OwedDelivery } from '../domain/delivery.ts';

/** What one target is owed, as its store finds it. */
export interface Queue<Place> {
  readonly name: OwedDelivery;
  /** Takes at most `max` that are due at `now` and that nobody holds, the longest due first. */
  take(max: number, now: number): readonly Place[];
  /** When the next falls due that nobody holds; undefined when there is none. */
  nextDueAt(): number | undefined;
}

/** A queue that may give, and how much. */
interface Turn<Q> {
  readonly queue: Q;
  room: number;
}

/**
 * Shares what may be taken among the queues that have something to give. Of each it knows a time before which
 * there is nothing to be had, so that a call reads from those queues alone that are due and have room.
 */
export class Turns<Place, Q extends Queue<Place>> {
  // In the order of their turns: whoever has given goes to the end.
  readonly #line = new Map<Q, number>();

  /** Something of the queue falls due at that time. To say so of what doesn't come after all is harmless. */
  expect(queue: Q, dueAt: number): void {
    if (dueAt < (this.#line.get(queue) ?? Number.POSITIVE_INFINITY)) this.#line.set(queue, dueAt);
  }

  /** Takes at most `max`: equal shares, and what one can't give goes to the others. */
  take(request: {
    readonly max: number;
    readonly now: number;
    readonly roomFor?: ((queue: OwedDelivery) => number) | undefined;
  }): readonly Place[] {
    const { max, now } = request;
    const taken: Place[] = [];
    let turns = max > 0 ? this.#dueWithRoom(request) : [];
    while (turns.length > 0 && taken.length < max) {
      const share = Math.max(1, Math.floor((max - taken.length) / turns.length));
      const haveMore: Turn<Q>[] = [];
      for (const turn of turns) {
        if (taken.length >= max) break;
        const asked = Math.min(share, turn.room);
        const places = turn.queue.take(asked, now);
        taken.push(...places);
        turn.room -= asked;
        this.#line.delete(turn.queue);
        if (this.#lineUp(turn.queue, now) && turn.room > 0) haveMore.push(turn);
      }
      turns = haveMore;
    }
    return taken;
  }

  /** When the next falls due in a queue that has room. */
  nextDueAt(hasRoom: (queue: OwedDelivery) => boolean): number | undefined {
    for (;;) {
      let first: Q | undefined;
      let expectedAt = Number.POSITIVE_INFINITY;
      for (const [queue, dueAt] of this.#line) {
        if (dueAt >= expectedAt || !hasRoom(queue.name)) continue;
        first = queue;
        expectedAt = dueAt;
      }
      if (first === undefined) return undefined;
      const dueAt = first.nextDueAt();
      if (dueAt === undefined) this.#line.delete(first);
      else if (dueAt <= expectedAt) return dueAt;
      else this.#line.set(first, dueAt);
    }
  }

  #dueWithRoom({
    now,
    roomFor = () => Number.POSITIVE_INFINITY,
  }: {
    readonly now: number;
    readonly roomFor?: ((queue: OwedDelivery) => number) | undefined;
  }): Turn<Q>[] {
    const turns: Turn<Q>[] = [];
    for (const [queue, dueAt] of this.#line) {
      if (dueAt > now) continue;
      const room = roomFor(queue.name);
      if (room > 0) turns.push({ queue, room });
    }
    return turns;
  }

  /** Puts a queue at the end of the line where it has more to give; answers whether that is due. */
  #lineUp(queue: Q, now: number): boolean {
    const dueAt = queue.nextDueAt();
    if (dueAt !== undefined) this.#line.set(queue, dueAt);
    return dueAt !== undefined && dueAt <= now;
  }
}
