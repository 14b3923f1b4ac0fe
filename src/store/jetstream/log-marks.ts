const CHUNK = 256;
const NONE = -1;

interface Chunk {
  /** Why each message is needed: how many reasons. */
  readonly needs: Uint32Array;
  readonly bytes: Uint32Array;
  /** The first row of each message. */
  readonly firstRow: Int32Array;
  /** How many of its messages are needed. */
  needed: number;
}

/**
 * What is known of each message of the log: how many deliveries, archives and later messages need it, how large it
 * is, and where its rows begin. The log is dense, so it lies in chunks; one in which nothing is needed is let go.
 */
export class LogMarks {
  readonly #chunks = new Map<number, Chunk>();
  #lowest = 1;
  #neededBytes = 0;

  /** Bytes of the messages that are needed. */
  get neededBytes(): number {
    return this.#neededBytes;
  }

  isNeeded(message: number): boolean {
    return this.#at(message) !== undefined;
  }

  /** There is one more reason to keep a message. Its size counts from the first one on. */
  need(message: number, bytes = 0): void {
    const chunkNumber = Math.floor(message / CHUNK);
    let chunk = this.#chunks.get(chunkNumber);
    if (chunk === undefined) {
      chunk = {
        needs: new Uint32Array(CHUNK),
        bytes: new Uint32Array(CHUNK),
        firstRow: new Int32Array(CHUNK).fill(NONE),
        needed: 0,
      };
      this.#chunks.set(chunkNumber, chunk);
    }
    const index = message % CHUNK;
    if (chunk.needs[index] === 0) {
      chunk.needed += 1;
      chunk.bytes[index] = bytes;
      this.#neededBytes += bytes;
    }
    chunk.needs[index] = (chunk.needs[index] ?? 0) + 1;
  }

  /** A reason is gone; answers the bytes of the message when it was the last one. */
  release(message: number): number | undefined {
    const chunk = this.#at(message);
    if (chunk === undefined) return undefined;
    const index = message % CHUNK;
    const left = (chunk.needs[index] ?? 0) - 1;
    chunk.needs[index] = left;
    if (left > 0) return undefined;
    const bytes = chunk.bytes[index] ?? 0;
    this.#neededBytes -= bytes;
    chunk.needed -= 1;
    if (chunk.needed === 0) this.#chunks.delete(Math.floor(message / CHUNK));
    return bytes;
  }

  /** The first row of a message that is needed; -1 when there is none. */
  firstRow(message: number): number {
    return this.#at(message)?.firstRow[message % CHUNK] ?? NONE;
  }

  setFirstRow(message: number, row: number): void {
    const chunk = this.#at(message);
    if (chunk !== undefined) chunk.firstRow[message % CHUNK] = row;
  }

  /** The lowest message that is needed, or `end` when none below it is. The messages below are never needed again. */
  lowest(end: number): number {
    while (this.#lowest < end && !this.isNeeded(this.#lowest)) {
      const chunkNumber = Math.floor(this.#lowest / CHUNK);
      this.#lowest = this.#chunks.has(chunkNumber) ? this.#lowest + 1 : (chunkNumber + 1) * CHUNK;
    }
    this.#lowest = Math.min(this.#lowest, end);
    return this.#lowest;
  }

  #at(message: number): Chunk | undefined {
    const chunk = this.#chunks.get(Math.floor(message / CHUNK));
    return chunk !== undefined && (chunk.needs[message % CHUNK] ?? 0) > 0 ? chunk : undefined;
  }
}
