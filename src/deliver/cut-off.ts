import type { DeliveryError } from '../domain/delivery.ts';

/** What is said of work that a stop did not wait for. */
export const CUT_OFF_ERROR: DeliveryError = {
  code: 'TIMEOUT',
  message: 'Busbar was stopped before there was an answer.',
};

/**
 * A moment from which no work is waited for any more. Not an AbortSignal: each attempt comes and goes here, and a
 * signal looks through all its listeners to add or remove one.
 */
export class CutOff {
  readonly #ends = new Set<() => void>();
  #isOver = false;

  /** Whether that moment has come. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Has `end` called when the moment comes, never where it has come already. Answers a function that calls it off. */
  add(end: () => void): () => void {
    this.#ends.add(end);
    return () => this.#ends.delete(end);
  }

  /** The moment has come. */
  now(): void {
    this.#isOver = true;
    for (const end of this.#ends) {
      this.#ends.delete(end);
      end();
    }
  }
}
