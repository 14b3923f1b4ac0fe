import type { LeasedDelivery, OwedDelivery } from '../../domain/delivery.ts';
import type { Queue } from '../turns.ts';
import { type Due, DueQueue } from './due-queue.ts';

/** A delivery that is owed. */
export interface Owed {
  readonly delivery: LeasedDelivery;
  readonly dueAt: number;
  /** Since when it waits: its event was received or, where it was redriven, from then. */
  readonly waitsFrom: number;
}

/** What one target is owed and nobody holds. */
export class MemoryQueue implements Queue<Owed> {
  readonly name: OwedDelivery;
  readonly #free: (due: Due) => Owed | undefined;
  // A settled delivery stays in it until its turn comes, and so may one that is leased: see #next.
  readonly #due = new DueQueue();

  /** `free` answers the delivery that is due then, if it still is and nobody holds it. */
  constructor(name: OwedDelivery, free: (due: Due) => Owed | undefined) {
    this.name = name;
    this.#free = free;
  }

  add(due: Due): void {
    this.#due.push(due);
  }

  take(max: number, now: number): readonly Owed[] {
    const taken: Owed[] = [];
    while (taken.length < max) {
      const next = this.#next();
      if (next === undefined || next.dueAt > now) break;
      this.#drop(next);
      taken.push(next);
    }
    return taken;
  }

  nextDueAt(): number | undefined {
    return this.#next()?.dueAt;
  }

  /** All that nobody holds, in no order. */
  all(): Iterable<Owed> {
    return new Set(this.#due.all().flatMap((due) => this.#free(due) ?? []));
  }

  // It may be in the queue twice: its lease ended, and a late settlement made it due again at the same time.
  #drop({ delivery, dueAt }: Owed): void {
    let due = this.#due.peek();
    while (due?.id === delivery.id && due.dueAt === dueAt) {
      this.#due.pop();
      due = this.#due.peek();
    }
  }

  #next(): Owed | undefined {
    for (let due = this.#due.peek(); due !== undefined; due = this.#due.peek()) {
      const owed = this.#free(due);
      if (owed !== undefined) return owed;
      this.#due.pop();
    }
    return undefined;
  }
}
