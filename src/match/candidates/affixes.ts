const FILTER_WORDS = 32;
const EDGE_WORDS = 8;

/** What one look-up knows of the starts, or of the ends, that it finds: how long they are, and most of what is none. */
export class Affixes {
  /** The different lengths, shortest first. */
  lengths: Int32Array = new Int32Array(0);
  /** A bit for each of 1,024 kinds of hashes that one has. */
  readonly #filter = new Int32Array(FILTER_WORDS);
  /** A bit for each edge, the first byte of a start or the last of an end: most values have none of them. */
  readonly #edges = new Int32Array(EDGE_WORDS);
  /** How many there are of each length, for each bit of the filter, and for each edge. */
  readonly #lengthCounts = new Map<number, number>();
  readonly #filterCounts = new Map<number, number>();
  readonly #edgeCounts = new Map<number, number>();
  readonly #areEnds: boolean;

  constructor(areEnds: boolean) {
    this.#areEnds = areEnds;
  }

  /** Adds one with its hash, as `hashOn` makes it from its edge on. */
  add(key: Uint8Array, hash: number): void {
    this.#count(key, hash, 1);
  }

  /** Takes back an `add`. */
  remove(key: Uint8Array, hash: number): void {
    this.#count(key, hash, -1);
  }

  /** Whether there may be one with this edge. */
  mayHaveEdge(byte: number): boolean {
    return ((this.#edges[byte >> 5] ?? 0) & (1 << byte)) !== 0;
  }

  /** Whether there may be one with this hash. */
  mayHave(hash: number): boolean {
    return ((this.#filter[hash >>> 27] ?? 0) & (1 << (hash >>> 22))) !== 0;
  }

  #count(key: Uint8Array, hash: number, change: 1 | -1): void {
    countBit(this.#filter, this.#filterCounts, hash >>> 22, change);
    const edge = this.#areEnds ? key.at(-1) : key[0];
    // What has no bytes stands at the edge of every value.
    for (const byte of edge === undefined ? ALL_BYTES : [edge]) {
      countBit(this.#edges, this.#edgeCounts, byte, change);
    }
    count(this.#lengthCounts, key.length, change);
    if (this.#lengthCounts.size === this.lengths.length) return;
    this.lengths = Int32Array.from(this.#lengthCounts.keys()).sort();
  }
}

const ALL_BYTES: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

/** Counts something that has a bit in `words`: it is set as long as there is any. */
function countBit(words: Int32Array, counts: Map<number, number>, bit: number, change: 1 | -1): void {
  const word = words[bit >> 5] ?? 0;
  words[bit >> 5] = count(counts, bit, change) === 0 ? word & ~(1 << bit) : word | (1 << bit);
}

function count(counts: Map<number, number>, key: number, change: 1 | -1): number {
  const now = (counts.get(key) ?? 0) + change;
  if (now === 0) counts.delete(key);
  else counts.set(key, now);
  return now;
}
