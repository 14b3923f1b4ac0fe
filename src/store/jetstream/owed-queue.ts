import type { OwedDelivery } from '../../domain/delivery.ts';
import type { Queue } from '../turns.ts';
import type { OwedRows } from './owed-rows.ts';
import { RowHeap } from './row-heap.ts';

/** What one target is owed and nobody holds: rows, by when they fall due and by how long they wait. */
export class OwedQueue implements Queue<number> {
  readonly name: OwedDelivery;
  readonly #rows: OwedRows;
  readonly #due: RowHeap;
  readonly #waiting: RowHeap;

  constructor(name: OwedDelivery, rows: OwedRows) {
    this.name = name;
    this.#rows = rows;
    this.#due = new RowHeap(
      (a, b) => isFirst(rows, a, b, (rows.dueAt[a] ?? 0) - (rows.dueAt[b] ?? 0)),
      (row, index) => {
        rows.dueIndex[row] = index;
      },
    );
    this.#waiting = new RowHeap(
      (a, b) => isFirst(rows, a, b, (rows.waitsFrom[a] ?? 0) - (rows.waitsFrom[b] ?? 0)),
      (row, index) => {
        rows.waitIndex[row] = index;
      },
    );
  }

  add(row: number): void {
    this.#due.push(row);
    this.#waiting.push(row);
  }

  /** Takes a row out; one that isn't in it is left as it is. */
  remove(row: number): void {
    const [dueIndex = -1, waitIndex = -1] = [this.#rows.dueIndex[row], this.#rows.waitIndex[row]];
    if (dueIndex < 0) return;
    this.#due.removeAt(dueIndex);
    this.#waiting.removeAt(waitIndex);
  }

  take(max: number, now: number): readonly number[] {
    const taken: number[] = [];
    while (taken.length < max) {
      const row = this.#due.peek();
      if (row === undefined || (this.#rows.dueAt[row] ?? 0) > now) break;
      this.remove(row);
      taken.push(row);
    }
    return taken;
  }

  nextDueAt(): number | undefined {
    const row = this.#due.peek();
    return row === undefined ? undefined : this.#rows.dueAt[row];
  }

  /** Takes at most `max` that wait since before a time, the longest waiting first. */
  takeAged(max: number, before: number): readonly number[] {
    const taken: number[] = [];
    while (taken.length < max) {
      const row = this.#waiting.peek();
      if (row === undefined || (this.#rows.waitsFrom[row] ?? 0) >= before) break;
      this.remove(row);
      taken.push(row);
    }
    return taken;
  }

  /** Since when the longest waiting one waits. */
  oldestFrom(): number | undefined {
    const row = this.#waiting.peek();
    return row === undefined ? undefined : this.#rows.waitsFrom[row];
  }
}

/** Whether row `a` comes first: by a difference of times, and by their ids where there is none. */
function isFirst(rows: OwedRows, a: number, b: number, difference: number): boolean {
  if (difference !== 0) return difference < 0;
  const messages = (rows.message[a] ?? 0) - (rows.message[b] ?? 0);
  return messages < 0 || (messages === 0 && (rows.slot[a] ?? 0) < (rows.slot[b] ?? 0));
}
