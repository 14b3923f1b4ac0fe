/** As `ScratchList`, for integers of 32 bits: platforms are faster with a list that can hold nothing else. */
export class ScratchNumbers {
  #numbers = new Int32Array(64);
  #size = 0;

  /** How many numbers are in the list. */
  get size(): number {
    return this.#size;
  }

  /** Adds a number at the end. */
  add(value: number): void {
    if (this.#size === this.#numbers.length) this.#grow();
    this.#numbers[this.#size++] = value;
  }

  /** The number at a place from 0 to `size` - 1. */
  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  /** Takes all numbers out. */
  clear(): void {
    this.#size = 0;
  }

  #grow(): void {
    const larger = new Int32Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
