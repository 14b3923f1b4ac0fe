/**
 * Which deliveries are handed out, until when. It lives in memory only: after a restart nothing is leased.
 * `Place` is whatever its store needs to find the delivery again once the lease has ended.
 */
export class Leases<Place> {
  readonly #byId = new Map<string, { readonly until: number; readonly place: Place }>();
  // No lease ends before this. A lease that is given back may leave it too early, never too late, so most
  // calls need not look at all leases.
  #earliestEnd = Number.POSITIVE_INFINITY;

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  add(id: string, lease: { readonly until: number; readonly place: Place }): void {
    this.#byId.set(id, lease);
    this.#earliestEnd = Math.min(this.#earliestEnd, lease.until);
  }

  /** Answers whether it was there. */
  delete(id: string): boolean {
    return this.#byId.delete(id);
  }

  /** Ends the leases whose time has come at `now`, and answers where their deliveries are. */
  end(now: number): readonly Place[] {
    if (now < this.#earliestEnd) return [];
    const ended: Place[] = [];
    for (const [id, lease] of this.#byId) {
      if (lease.until > now) continue;
      this.#byId.delete(id);
      ended.push(lease.place);
    }
    this.#readEarliestEnd();
    return ended;
  }

  /**
   * The earlier of `dueAt` and the end of the next lease to end, of those whose place `isWanted`; undefined when
   * there is neither.
   */
  nextAfter(dueAt: number | undefined, isWanted: (place: Place) => boolean = () => true): number | undefined {
    if (dueAt !== undefined && dueAt <= this.#earliestEnd) return dueAt;
    this.#readEarliestEnd();
    let next = dueAt ?? Number.POSITIVE_INFINITY;
    for (const { until, place } of this.#byId.values()) {
      if (until < next && isWanted(place)) next = until;
    }
    return next === Number.POSITIVE_INFINITY ? undefined : next;
  }

  #readEarliestEnd(): void {
    this.#earliestEnd = Number.POSITIVE_INFINITY;
    for (const { until } of this.#byId.values()) this.#earliestEnd = Math.min(this.#earliestEnd, until);
  }
}
