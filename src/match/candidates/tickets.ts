import { Answers } from './answers.ts';
import type { Candidate } from './candidate.ts';
import type { EventInHand } from './event-in-hand.ts';
import type { Predicate, Vocabulary } from './predicate.ts';
import * as predicate from './predicate.ts';
import type { ScratchList } from './scratch-list.ts';
import type { ScratchNumbers } from './scratch-numbers.ts';

// Constants of its own a platform folds; imported ones it loads, and checks, each time.
const { STATE_STRIDE, VERDICT } = predicate;

// The columns of a ticket.
const PATIENCE = 0;
const HOLDERS = 1;
const COUNT = 2;
const CHECKS = 3;

/** How many predicates a ticket can name. */
export const MAX_CHECKS = 8;
/** With how many of those filed last a new ticket is compared, in search of one that it can share. */
const MAX_COMPARED = 16;

type Holders<Id> = Candidate<Id> | Candidate<Id>[] | undefined;

/**
 * What is filed under a predicate stands for candidates: a ticket names other predicates that they need as well, each by
 * its id. Most candidates that an event comes close to fail there, and because all tickets stand in one array of
 * numbers, failing them takes hardly any memory to be touched. Candidates that need the same share a ticket.
 */
export class Tickets<Id> {
  #numbers = new Int32Array(1024);
  #used = 0;
  readonly #vocabulary: Vocabulary;
  /** The candidates that a ticket stands for, by its second column. */
  readonly #holders: Holders<Id>[] = [];
  /**
   * The ids of the rules that some tickets answer with, by the same column: among many rules a candidate is far away, and
   * need not be touched for it.
   */
  readonly #answers: (Id | undefined)[] = [];
  /** What tickets with several rules answer, or null for nothing; undefined until that is asked for after a change. */
  readonly #lists: (Answers<Id> | null | undefined)[] = [];
  /** Tickets that were given back, by how many checks they have room for. */
  readonly #free: number[][] = Array.from({ length: MAX_CHECKS + 1 }, () => []);

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /**
   * Files a candidate under `door`, with a ticket that names the predicates in `checks`; returns the ticket. Once it has
   * failed as often as its most patient holder allows, its holders are among the impatient.
   */
  file(candidate: Candidate<Id>, door: Predicate, checks: readonly number[], now: number): number {
    const shared = this.#filedAlike(door, checks);
    if (shared !== undefined) {
      this.#numbers[shared + PATIENCE] = Math.max(this.#numbers[shared + PATIENCE] ?? 0, candidate.patience);
      const holders = this.#holdersOf(shared);
      if (Array.isArray(holders)) holders.push(candidate);
      else this.#hold(shared, holders === undefined ? candidate : [holders, candidate]);
      return shared;
    }
    const ticket = this.#free[checks.length]?.pop() ?? this.#extend(checks.length);
    this.#hold(ticket, candidate);
    this.#numbers[ticket + PATIENCE] = candidate.patience;
    this.#numbers.set(checks, ticket + CHECKS);
    door.field.file(door, ticket, now);
    return ticket;
  }

  /** Takes back a `file`; when nobody holds the ticket any more, its number may be used again. */
  unfile(candidate: Candidate<Id>, door: Predicate, ticket: number, now: number): void {
    const holders = this.#holdersOf(ticket);
    if (Array.isArray(holders)) {
      // Who leaves together leaves from the end.
      holders.splice(holders.lastIndexOf(candidate), 1);
      this.#lists[this.#numbers[ticket + HOLDERS] ?? 0] = undefined;
      if (holders.length > 0) return;
    }
    this.#hold(ticket, undefined);
    door.field.unfile(door, ticket, now);
    this.#free[this.#numbers[ticket + COUNT] ?? 0]?.push(ticket);
  }

  /** Whether a ticket names only predicates that are satisfied in this event; `states` are the vocabulary's. */
  passes(ticket: number, event: EventInHand, states: Int32Array): boolean {
    const numbers = this.#numbers;
    const { number } = event;
    let at = ticket + CHECKS;
    const end = at + (numbers[ticket + COUNT] ?? 0);
    while (at < end) {
      const id = numbers[at] ?? 0;
      const verdict = states[id * STATE_STRIDE + VERDICT];
      if (verdict !== number && (verdict === -number || !this.#decide(event, id))) break;
      at++;
    }
    return at === end;
  }

  #decide(event: EventInHand, id: number): boolean {
    const predicate = this.#vocabulary.predicate(id);
    return predicate.field.decide(event, predicate);
  }

  /** Counts that a ticket, or some of its holders, failed in an event; adds its holders to `impatient` if that was once too often. */
  disappoint(ticket: number, { impatient }: Results<Id>): void {
    const patience = (this.#numbers[ticket + PATIENCE] ?? 0) - 1;
    this.#numbers[ticket + PATIENCE] = patience;
    if (patience > 0) return;
    const holders = this.holders(ticket);
    if (!Array.isArray(holders)) impatient.add(holders);
    else for (const candidate of holders) impatient.add(candidate);
  }

  /** Has a candidate's tickets wait as long as it does now, if they don't anyway. */
  renew({ filing, patience }: Candidate<Id>): void {
    for (const ticket of [filing?.tickets ?? []].flat()) {
      this.#numbers[ticket + PATIENCE] = Math.max(this.#numbers[ticket + PATIENCE] ?? 0, patience);
    }
  }

  /**
   * The id of the rule that matches any event that agrees anyway and in which the ticket has passed, and that nothing else
   * leads to, if there is such a rule.
   */
  answer(ticket: number): Id | undefined {
    return this.#answers[this.#numbers[ticket + HOLDERS] ?? 0];
  }

  /** The same for a ticket of several rules: null if its holders have to be tried. */
  answers(ticket: number): Answers<Id> | null {
    const place = this.#numbers[ticket + HOLDERS] ?? 0;
    const known = this.#lists[place];
    if (known !== undefined) return known;
    const answers = Answers.of([this.holders(ticket)].flat());
    this.#lists[place] = answers;
    return answers;
  }

  /** Finds out anew what a candidate's tickets answer: whenever the candidate was filed, or its rules changed. */
  settle(candidate: Candidate<Id>): void {
    const { filing, open, rule, otherRules } = candidate;
    for (const ticket of [filing?.tickets ?? []].flat()) {
      const place = this.#numbers[ticket + HOLDERS] ?? 0;
      const isAlone = filing?.tickets === ticket && this.#holders[place] === candidate;
      const isAnswer =
        isAlone && open.length === 0 && otherRules === undefined && rule.candidates === candidate;
      this.#answers[place] = isAnswer ? rule.id : undefined;
      this.#lists[place] = undefined;
    }
  }

  /** Who holds a ticket that was issued: one candidate, or a list. */
  holders(ticket: number): Candidate<Id> | Candidate<Id>[] {
    const holders = this.#holdersOf(ticket);
    if (holders === undefined) throw new RangeError(`there is no ticket ${ticket}`);
    return holders;
  }

  #holdersOf(ticket: number): Holders<Id> {
    return this.#holders[this.#numbers[ticket + HOLDERS] ?? 0];
  }

  #hold(ticket: number, holders: Holders<Id>): void {
    const place = this.#numbers[ticket + HOLDERS] ?? 0;
    this.#holders[place] = holders;
    this.#answers[place] = undefined;
    this.#lists[place] = undefined;
  }

  #filedAlike(door: Predicate, checks: readonly number[]): number | undefined {
    return this.#vocabulary.lastFiled(door, MAX_COMPARED).find((ticket) => this.#names(ticket, checks));
  }

  #names(ticket: number, checks: readonly number[]): boolean {
    if (this.#numbers[ticket + COUNT] !== checks.length) return false;
    return checks.every((id, place) => this.#numbers[ticket + CHECKS + place] === id);
  }

  #extend(count: number): number {
    const ticket = this.#used;
    this.#used += CHECKS + count;
    if (this.#used > this.#numbers.length) {
      const larger = new Int32Array(this.#numbers.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[ticket + HOLDERS] = this.#holders.length;
    this.#numbers[ticket + COUNT] = count;
    return ticket;
  }
}

/** What becomes of the candidates that an event comes close to. */
export interface Results<Id> {
  /** Tickets that passed, and whose holders have to be tried. */
  readonly passed: ScratchNumbers;
  readonly impatient: ScratchList<Candidate<Id>>;
}
