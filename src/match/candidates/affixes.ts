const FILTER_WORDS = 32;

/** What one look-up knows of the starts, or of the ends, that are asked for: how long they are, and most of what is none. */
export class Affixes {
  /** The different lengths, shortest first. */
  lengths: Int32Array = new Int32Array(0);
  readonly #counts = new Map<number, number>();
  /** A bit for each of 1,024 kinds of hashes that one has; those of affixes that are gone stay. */
  readonly #filter = new Int32Array(FILTER_WORDS);

  /** Adds one of this length and hash. */
  add(length: number, hash: number): void {
    const word = wordOf(hash);
    this.#filter[word] = (this.#filter[word] ?? 0) | bitOf(hash);
    this.#count(length, 1);
  }

  /** Takes one of this length away. */
  remove(length: number): void {
    this.#count(length, -1);
    if (this.lengths.length === 0) this.#filter.fill(0);
  }

  /** Whether there may be one with this hash. */
  mayHave(hash: number): boolean {
    return ((this.#filter[wordOf(hash)] ?? 0) & bitOf(hash)) !== 0;
  }

  #count(length: number, change: 1 | -1): void {
    const count = (this.#counts.get(length) ?? 0) + change;
    if (count === 0) this.#counts.delete(length);
    else this.#counts.set(length, count);
    if (this.#counts.size !== this.lengths.length) this.lengths = Int32Array.from(this.#counts.keys()).sort();
  }
}

function wordOf(hash: number): number {
  return hash >>> 27;
}

function bitOf(hash: number): number {
  return 1 << (hash >>> 22);
}
