/** Lengths in ascending order, each with how many there are of it. */
export class LengthCounts {
  /** The different lengths, shortest first. */
  readonly lengths: number[] = [];
  readonly #counts = new Map<number, number>();

  /** Adds one of this length. */
  add(length: number): void {
    const count = this.#counts.get(length) ?? 0;
    this.#counts.set(length, count + 1);
    if (count > 0) return;
    this.lengths.push(length);
    this.lengths.sort((a, b) => a - b);
  }

  /** Takes one of this length away. */
  remove(length: number): void {
    const count = this.#counts.get(length) ?? 0;
    if (count > 1) {
      this.#counts.set(length, count - 1);
      return;
    }
    this.#counts.delete(length);
    this.lengths.splice(this.lengths.indexOf(length), 1);
  }
}
