const FILTER_WORDS = 32;
const EDGE_WORDS = 8;

/** What one look-up knows of the starts, or of the ends, that are asked for: how long they are, and most of what is none. */
export class Affixes {
  /** The different lengths, shortest first. */
  lengths: Int32Array = new Int32Array(0);
  readonly #counts = new Map<number, number>();
  /** A bit for each of 1,024 kinds of hashes that one has; those of affixes that are gone stay. */
  readonly #filter = new Int32Array(FILTER_WORDS);
  /** A bit for each byte that a start begins with, or an end ends with: most values have none of them. */
  readonly #edges = new Int32Array(EDGE_WORDS);

  /** Adds one with its hash and its edge: the first byte of a start, the last of an end, none if it has no bytes. */
  add(key: Uint8Array, hash: number, edge: number | undefined): void {
    const { length } = key;
    if (edge === undefined) this.#edges.fill(-1);
    else this.#edges[edge >> 5] = (this.#edges[edge >> 5] ?? 0) | (1 << edge);
    const word = wordOf(hash);
    this.#filter[word] = (this.#filter[word] ?? 0) | bitOf(hash);
    this.#count(length, 1);
  }

  /** Takes one of this length away. */
  remove(length: number): void {
    this.#count(length, -1);
    if (this.lengths.length > 0) return;
    this.#filter.fill(0);
    this.#edges.fill(0);
  }

  /** Whether there may be one with this edge. */
  mayHaveEdge(byte: number): boolean {
    return ((this.#edges[byte >> 5] ?? 0) & (1 << byte)) !== 0;
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
