/** A key and the time that it waits for, epoch milliseconds. */
export interface Waiting {
  readonly key: string;
  readonly time: number;
}

interface Entry {
  readonly key: string;
  time: number;
  index: number;
}

/**
 * Keys in the order of their times, and by name where those are the same: a binary heap in which each key
 * knows its place, so that it can be moved or taken out from anywhere.
 */
export class TickQueue {
  readonly #heap: Entry[] = [];
  readonly #entries = new Map<string, Entry>();

  /** The key with the earliest time. */
  first(): Waiting | undefined {
    return this.#heap[0];
  }

  /** Puts a key in its place, or moves it to another one. */
  set(key: string, time: number): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      entry.time = time;
      this.#settle(entry);
      return;
    }
    const added = { key, time, index: this.#heap.length };
    this.#entries.set(key, added);
    this.#heap.push(added);
    this.#rise(added);
  }

  /** Takes a key out; one that isn't there is ignored. */
  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    const last = this.#heap.pop();
    if (last === undefined || last === entry) return;
    this.#place(last, entry.index);
    this.#settle(last);
  }

  #settle(entry: Entry): void {
    this.#rise(entry);
    this.#sink(entry);
  }

  #rise(entry: Entry): void {
    while (entry.index > 0) {
      const parent = this.#heap[(entry.index - 1) >> 1];
      if (parent === undefined || !isBefore(entry, parent)) return;
      this.#swap(entry, parent);
    }
  }

  #sink(entry: Entry): void {
    for (;;) {
      const left = this.#heap[2 * entry.index + 1];
      const right = this.#heap[2 * entry.index + 2];
      const child = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, entry)) return;
      this.#swap(entry, child);
    }
  }

  #swap(a: Entry, b: Entry): void {
    const { index } = a;
    this.#place(a, b.index);
    this.#place(b, index);
  }

  #place(entry: Entry, index: number): void {
    this.#heap[index] = entry;
    entry.index = index;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.key < b.key);
}
