/**
 * Many lists of at least two numbers in one array. A list is known by where it starts and how many numbers it has; both
 * are kept by its owner, and each change returns where the list starts then. There is room for a power of two.
 */
export class NumberLists {
  #numbers = new Int32Array(256);
  #used = 0;
  /** Where there is room for lists, by the power of two. */
  readonly #free: number[][] = [];

  /** All lists; another array after a change, perhaps. */
  get numbers(): Int32Array {
    return this.#numbers;
  }

  /** Makes a list of two. */
  create(first: number, second: number): number {
    const start = this.#take(1);
    this.#numbers[start] = first;
    this.#numbers[start + 1] = second;
    return start;
  }

  /** Adds to a list of `count` numbers. */
  add(start: number, count: number, value: number): number {
    const place = powerFor(count + 1) === powerFor(count) ? start : this.#move(start, count, count + 1);
    this.#numbers[place + count] = value;
    return place;
  }

  /** Takes one out of a list of `count` numbers that has it, more than two; the others change their order. */
  remove(start: number, count: number, value: number): number {
    const at = this.#numbers.subarray(start, start + count).indexOf(value);
    this.#numbers[start + at] = this.#numbers[start + count - 1] ?? 0;
    return powerFor(count - 1) === powerFor(count) ? start : this.#move(start, count - 1, count - 1);
  }

  /** Gives a list of two back. */
  release(start: number): void {
    this.#give(start, 1);
  }

  /** Moves the first `count` numbers of a list to where there is room for `room`. */
  #move(start: number, count: number, room: number): number {
    const target = this.#take(powerFor(room));
    this.#numbers.copyWithin(target, start, start + count);
    this.#give(start, room > count ? powerFor(count) : powerFor(count + 1));
    return target;
  }

  #take(power: number): number {
    const known = this.#free[power]?.pop();
    if (known !== undefined) return known;
    const start = this.#used;
    this.#used += 1 << power;
    if (this.#used > this.#numbers.length) {
      const larger = new Int32Array(Math.max(this.#numbers.length * 2, this.#used));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    return start;
  }

  #give(start: number, power: number): void {
    this.#free[power] ??= [];
    this.#free[power].push(start);
  }
}

/** The power of two that `count` numbers have room in, of at least two. */
function powerFor(count: number): number {
  return 32 - Math.clz32(count - 1);
}
