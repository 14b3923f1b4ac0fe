import { type Board, Shelf } from './shelf.ts';

/** A record as it is put into the log. */
export interface LogEntry<Extra> {
  /** Epoch milliseconds. */
  readonly at: number;
  /** What the record is about; it is found by it. */
  readonly id: string;
  readonly text: string;
  /** Kept as it is: best something that many records share. */
  readonly extra: Extra;
}

// Slots are a power of two, so that a number's slot is found by masking it.
const FIRST_SLOTS = 1024;

/** What a record takes beside its texts. */
const RECORD_BYTES = 56;

/**
 * Numbered records of which the oldest are dropped. Adding, dropping and finding one take the same time however
 * many there are, and there is no object for a record: a garbage collector that had to move and free each of
 * them would cost more than all the rest.
 */
export class RecordLog<Extra> {
  #columns = newColumns<Extra>(FIRST_SLOTS);
  readonly #shelf = new Shelf();
  #first = 1;
  #next = 1;
  #bytes = 0;

  /** Number of the oldest record. */
  get first(): number {
    return this.#first;
  }

  /** The number that the next record will have. */
  get next(): number {
    return this.#next;
  }

  get size(): number {
    return this.#next - this.#first;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push({ at, id, text, extra }: LogEntry<Extra>): void {
    if (this.size === this.#columns.at.length) this.#grow();
    const columns = this.#columns;
    const mask = columns.at.length - 1;
    const slot = this.#next & mask;
    const { board, from, idBytes, bytes } = this.#shelf.put(id, text);
    const hash = hashOf(id);
    columns.at[slot] = at;
    columns.hash[slot] = hash;
    columns.board[slot] = board;
    columns.from[slot] = from;
    columns.idBytes[slot] = idBytes;
    columns.bytes[slot] = bytes;
    columns.extra[slot] = extra;
    // Whoever is looked for by this hash is found from the newest record on, back through the older ones. What is
    // dropped needs no unlinking: its number is too small by then.
    columns.older[slot] = columns.newest[hash & mask] ?? 0;
    columns.newest[hash & mask] = this.#next;
    this.#next += 1;
    this.#bytes += bytes + RECORD_BYTES;
  }

  /** The time of a record; undefined when there is none of that number, any more or yet. */
  timeOf(number: number): number | undefined {
    return this.#has(number) ? this.#columns.at[this.#slot(number)] : undefined;
  }

  /** Undefined when there is none of that number, any more or yet. */
  read(number: number): LogEntry<Extra> | undefined {
    const slot = this.#slot(number);
    const { board, from, idBytes, bytes, at, extra } = this.#columns;
    const place = board[slot];
    if (!this.#has(number) || place === undefined) return undefined;
    const start = from[slot] ?? 0;
    const middle = start + (idBytes[slot] ?? 0);
    return {
      at: at[slot] ?? 0,
      id: place.buffer.toString('utf8', start, middle),
      text: Shelf.read(place, middle, start + (bytes[slot] ?? 0)),
      extra: extra[slot] as Extra,
    };
  }

  /** The numbers of the records about `id`, the newest first. */
  *numbersOf(id: string): Iterable<number> {
    const { hash, older, newest } = this.#columns;
    const wanted = hashOf(id);
    let number = newest[wanted & (newest.length - 1)] ?? 0;
    while (this.#has(number)) {
      const slot = this.#slot(number);
      if (hash[slot] === wanted && this.#idOf(slot) === id) yield number;
      number = older[slot] ?? 0;
    }
  }

  /** Drops the oldest record. */
  shift(): void {
    if (this.size === 0) return;
    const { board: boards, extra, bytes } = this.#columns;
    const slot = this.#slot(this.#first);
    const board = boards[slot];
    boards[slot] = undefined;
    extra[slot] = undefined;
    this.#bytes -= (bytes[slot] ?? 0) + RECORD_BYTES;
    this.#first += 1;
    if (board !== undefined) this.#shelf.drop(board);
  }

  #has(number: number): boolean {
    return number >= this.#first && number < this.#next;
  }

  #slot(number: number): number {
    return number & (this.#columns.at.length - 1);
  }

  #idOf(slot: number): string | undefined {
    const { board, from, idBytes } = this.#columns;
    const start = from[slot] ?? 0;
    return board[slot]?.buffer.toString('utf8', start, start + (idBytes[slot] ?? 0));
  }

  #grow(): void {
    const old = this.#columns;
    const columns = newColumns<Extra>(old.at.length * 2);
    const mask = columns.at.length - 1;
    for (let number = this.#first; number < this.#next; number += 1) {
      const from = number & (old.at.length - 1);
      const to = number & mask;
      columns.at[to] = old.at[from] ?? 0;
      columns.hash[to] = old.hash[from] ?? 0;
      columns.board[to] = old.board[from];
      columns.from[to] = old.from[from] ?? 0;
      columns.idBytes[to] = old.idBytes[from] ?? 0;
      columns.bytes[to] = old.bytes[from] ?? 0;
      columns.extra[to] = old.extra[from];
      const bucket = (columns.hash[to] ?? 0) & mask;
      columns.older[to] = columns.newest[bucket] ?? 0;
      columns.newest[bucket] = number;
    }
    this.#columns = columns;
  }
}

/** A record is what stands in one slot of each. */
interface Columns<Extra> {
  readonly at: Float64Array;
  readonly hash: Int32Array;
  readonly board: (Board | undefined)[];
  readonly from: Int32Array;
  readonly idBytes: Int32Array;
  readonly bytes: Int32Array;
  readonly extra: (Extra | undefined)[];
  /** Of the record before it in the same bucket. */
  readonly older: Float64Array;
  /** The newest record of each bucket. */
  readonly newest: Float64Array;
}

function newColumns<Extra>(slots: number): Columns<Extra> {
  return {
    at: new Float64Array(slots),
    hash: new Int32Array(slots),
    board: new Array<Board | undefined>(slots).fill(undefined),
    from: new Int32Array(slots),
    idBytes: new Int32Array(slots),
    bytes: new Int32Array(slots),
    extra: new Array<Extra | undefined>(slots).fill(undefined),
    older: new Float64Array(slots),
    newest: new Float64Array(slots),
  };
}

// FNV-1a.
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
