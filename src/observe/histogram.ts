/** Counts values by the bounds that they don't exceed, as Prometheus has histograms. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  /** The bounds, ascending. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    this.#count += 1;
    this.#sum += value;
    const at = this.#bounds.findIndex((bound) => value <= bound);
    if (at !== -1) this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  get sum(): number {
    return this.#sum;
  }

  get count(): number {
    return this.#count;
  }

  /** Each bound with how many values were no greater. */
  buckets(): readonly (readonly [bound: number, count: number])[] {
    let below = 0;
    return this.#bounds.map((bound, at) => {
      below += this.#counts[at] ?? 0;
      return [bound, below] as const;
    });
  }
}
