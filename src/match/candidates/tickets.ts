import type { Candidate } from './candidate.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { Vocabulary } from './predicate.ts';
import type { ScratchList } from './scratch-list.ts';

// The columns of a ticket.
const TRIED_IN = 0;
const PATIENCE = 1;
const COUNT = 2;
const CHECKS = 3;

/** How many predicates a ticket can name. */
export const MAX_CHECKS = 8;

/**
 * What is filed under a predicate stands for a candidate: a ticket names other predicates that the candidate needs as
 * well, each by its id. Most candidates that an event comes close to fail there, and because all tickets stand in one
 * array of numbers, failing them takes hardly any memory to be touched.
 */
export class Tickets<Rule> {
  #numbers = new Int32Array(1024);
  #used = 0;
  readonly #vocabulary: Vocabulary;
  /** By ticket, which is the position of its first column. */
  readonly #candidates: (Candidate<Rule> | undefined)[] = [];
  /** Tickets that were given back, by how many checks they have room for. */
  readonly #free: number[][] = Array.from({ length: MAX_CHECKS + 1 }, () => []);

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /** Makes a ticket; the candidate may fail `patience` times before it is among the impatient. */
  issue(candidate: Candidate<Rule>, checks: readonly number[], patience: number): number {
    const ticket = this.#free[checks.length]?.pop() ?? this.#extend(CHECKS + checks.length);
    this.#candidates[ticket] = candidate;
    this.#numbers[ticket + TRIED_IN] = 0;
    this.#numbers[ticket + PATIENCE] = patience;
    this.#numbers[ticket + COUNT] = checks.length;
    this.#numbers.set(checks, ticket + CHECKS);
    return ticket;
  }

  /** Gives a ticket back; its number may be used again. */
  redeem(ticket: number): void {
    this.#candidates[ticket] = undefined;
    this.#free[this.#numbers[ticket + COUNT] ?? 0]?.push(ticket);
  }

  /**
   * Adds the candidate to `passed` if its ticket names only predicates that are satisfied in this event, and to
   * `impatient` if its patience has just come to an end. Each ticket is looked at once an event. `verdicts` are
   * the vocabulary's.
   */
  check(ticket: number, event: EventInHand, verdicts: Int32Array, results: Results<Rule>): void {
    const numbers = this.#numbers;
    const { number } = event;
    if (numbers[ticket + TRIED_IN] === number) return;
    numbers[ticket + TRIED_IN] = number;
    let at = ticket + CHECKS;
    const end = at + (numbers[ticket + COUNT] ?? 0);
    while (at < end) {
      const id = numbers[at] ?? 0;
      const verdict = verdicts[id];
      if (verdict !== number && (verdict === -number || !this.#decide(event, id))) break;
      at++;
    }
    if (at === end) results.passed.add(this.candidate(ticket));
    else this.disappoint(ticket, results);
  }

  #decide(event: EventInHand, id: number): boolean {
    const predicate = this.#vocabulary.predicate(id);
    return predicate.field.decide(event, predicate);
  }

  /** Counts that a candidate failed. */
  disappoint(ticket: number, { impatient }: Results<Rule>): void {
    const patience = (this.#numbers[ticket + PATIENCE] ?? 0) - 1;
    this.#numbers[ticket + PATIENCE] = patience;
    if (patience === 0) impatient.add(this.candidate(ticket));
  }

  /** The candidate of a ticket that was issued. */
  candidate(ticket: number): Candidate<Rule> {
    const candidate = this.#candidates[ticket];
    if (candidate === undefined) throw new RangeError(`there is no ticket ${ticket}`);
    return candidate;
  }

  /** Forgets which event was the last: event numbers start anew. */
  forgetEvents(): void {
    for (const [ticket, candidate] of this.#candidates.entries()) {
      if (candidate !== undefined) this.#numbers[ticket + TRIED_IN] = 0;
    }
  }

  #extend(size: number): number {
    const ticket = this.#used;
    this.#used += size;
    if (this.#used > this.#numbers.length) {
      const larger = new Int32Array(this.#numbers.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    return ticket;
  }
}

/** What becomes of the candidates that an event comes close to. */
export interface Results<Rule> {
  readonly passed: ScratchList<Candidate<Rule>>;
  readonly impatient: ScratchList<Candidate<Rule>>;
}
