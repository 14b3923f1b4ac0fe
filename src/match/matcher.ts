import { type Candidate, isMet, type Rule } from './candidates/candidate.ts';
import { CandidatePool } from './candidates/candidate-pool.ts';
import { EventInHand } from './candidates/event-in-hand.ts';
import type { FieldIndex } from './candidates/field-index.ts';
import * as predicate from './candidates/predicate.ts';
import { ScratchList } from './candidates/scratch-list.ts';
import { ScratchNumbers } from './candidates/scratch-numbers.ts';
import type { Results } from './candidates/tickets.ts';
import type { Pattern } from './pattern.ts';
import { fastestScanner } from './scan/fastest-scanner.ts';
import type { ScannedEvent, Scanner, ScanOptions, StringField } from './scan/scanner.ts';
import * as scanner from './scan/scanner.ts';

// Constants of its own a platform folds; imported ones it loads, and checks, each time.
const { FILED, STATE_STRIDE, TICKETS } = predicate;
const { FIELD_CONTEXT, FIELD_NODE, FIELD_STRIDE } = scanner;

export { InvalidEventError } from './json-text.ts';

/** How a `Matcher` reads events. */
export interface MatcherOptions {
  /**
   * Stop reading an event when no rule can ask for more, and leave the rest unchecked. Only for events that
   * are known to be valid JSON, whose objects repeat no key, and whose keys hold no dots. Default: false.
   */
  readonly stopEarly?: boolean;
  /** What reads the events; by default the fastest that the platform has. */
  readonly scanner?: Scanner;
}

/** The fields around the detail, as the bus has them in hand before the event is written down. */
export interface Envelope {
  readonly version?: string;
  readonly id?: string;
  readonly 'detail-type'?: string;
  readonly source?: string;
  readonly account?: string;
  readonly time?: string;
  readonly region?: string;
  readonly resources?: readonly string[];
}

/**
 * Finds the rules that match an event, out of any number of rules: the time grows with the rules that come
 * close, not with those there are. It reads JSON text directly and makes nothing of what no rule asks for. How, is in
 * docs/matching-engine.md.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export class Matcher<Id> {
  readonly #options: ScanOptions;
  readonly #rules = new Map<Id, Rule<Id>>();
  readonly #pool = new CandidatePool<Id>();
  readonly #scanner: Scanner;
  readonly #event = new EventInHand();
  /** The fields whose predicates have to be tested. */
  readonly #watched = new ScratchList<FieldIndex>();
  readonly #results: Results<Id> = {
    passed: new ScratchNumbers(),
    impatient: new ScratchList(),
  };

  constructor(options: MatcherOptions = {}) {
    this.#options = { stopEarly: options.stopEarly ?? false };
    this.#scanner = options.scanner ?? fastestScanner();
  }

  /** The number of rules. */
  get size(): number {
    return this.#rules.size;
  }

  /** Adds a rule; one with the same id is replaced. */
  addRule(id: Id, pattern: Pattern): void {
    this.removeRule(id);
    const rule: Rule<Id> = { id, candidates: [], matchedIn: 0 };
    this.#pool.admit(rule, pattern.subRules, this.#event.number);
    this.#rules.set(id, rule);
  }

  /** Removes a rule; returns whether it was there. */
  removeRule(id: Id): boolean {
    const rule = this.#rules.get(id);
    if (rule === undefined) return false;
    this.#rules.delete(id);
    this.#pool.dismiss(rule, this.#event.number);
    return true;
  }

  /**
   * The ids of the rules that match an event, in no particular order. The event is JSON text, as a string or
   * as UTF-8. Throws `InvalidEventError` if it isn't JSON or is nested deeper than 1000 levels.
   */
  rulesFor(event: string | Uint8Array): Id[] {
    return this.#match(this.#scanner.scan(this.#pool.tree, event, this.#options));
  }

  /** As `rulesFor`, for an event that is still in two parts: the envelope, and the JSON text of the detail. */
  rulesForParts(envelope: Envelope, detail: string | Uint8Array): Id[] {
    const strings: StringField[] = [];
    for (const key of Object.keys(envelope) as (keyof Envelope)[]) {
      const node = this.#pool.tree.childNamed(key);
      const value = envelope[key];
      if (node < 0 || value === undefined) continue;
      for (const text of typeof value === 'string' ? [value] : value) strings.push({ node, text });
    }
    const node = this.#pool.tree.childNamed('detail');
    return this.#match(
      this.#scanner.scan(this.#pool.tree, detail, { ...this.#options, node, strings, depth: 1 }),
    );
  }

  #match(scanned: ScannedEvent): Id[] {
    const event = this.#event;
    if (event.take(scanned)) this.#pool.forgetEvents();
    this.#lookUp(event);
    const matched: Id[] = [];
    this.#checkTickets(event, matched);
    const { passed } = this.#results;
    for (let place = 0; place < passed.size; place++) {
      const ticket = passed.at(place);
      const holders = this.#pool.tickets.holders(ticket);
      let haveAllPassed = true;
      if (!Array.isArray(holders)) haveAllPassed = this.#try(event, holders, matched);
      else for (const holder of holders) haveAllPassed = this.#try(event, holder, matched) && haveAllPassed;
      if (!haveAllPassed) this.#pool.tickets.disappoint(ticket, this.#results);
    }
    for (const candidate of this.#pool.unfiled) {
      if (isMet(event, candidate)) this.#report(event, candidate, matched);
    }
    this.#refileImpatient(event);
    return matched;
  }

  #lookUp(event: EventInHand): void {
    const watched = this.#watched;
    watched.clear();
    const { fields, rowCount } = event;
    for (let row = 0, at = 0; row < rowCount; row++, at += FIELD_STRIDE) {
      const field = this.#pool.field(fields[at + FIELD_NODE] ?? 0);
      if (field === undefined) continue;
      if (field.see(event, row, fields[at + FIELD_CONTEXT] ?? 0) && field.isWatched) watched.add(field);
      const { filed } = field.lookups;
      if (filed !== 0) field.lookups.lookUp(event, row, filed);
    }
    for (let place = 0; place < watched.size; place++) watched.at(place).testWatched(event);
  }

  #checkTickets(event: EventInHand, matched: Id[]): void {
    const { vocabulary } = this.#pool;
    const { states } = vocabulary;
    const lists = vocabulary.tickets.numbers;
    const results = this.#results;
    results.passed.clear();
    results.impatient.clear();
    for (let place = 0; place < event.hits.size; place++) {
      const state = event.hits.at(place) * STATE_STRIDE;
      const count = states[state + FILED] ?? 0;
      const first = states[state + TICKETS] ?? 0;
      if (count === 1) this.#check(first, event, states, matched);
      else {
        for (let at = first; at < first + count; at++) {
          this.#check(lists[at] ?? 0, event, states, matched);
        }
      }
    }
  }

  #check(ticket: number, event: EventInHand, states: Int32Array, matched: Id[]): void {
    const { tickets } = this.#pool;
    if (!tickets.passes(ticket, event, states)) {
      tickets.disappoint(ticket, this.#results);
      return;
    }
    if (!event.agreesAnyway || !this.#answer(ticket, event, matched)) this.#results.passed.add(ticket);
  }

  #answer(ticket: number, event: EventInHand, matched: Id[]): boolean {
    const { tickets } = this.#pool;
    const answer = tickets.answer(ticket);
    if (answer !== undefined) {
      matched.push(answer);
      return true;
    }
    const answers = tickets.answers(ticket);
    if (answers === null || !answers.isFor(event)) return false;
    if (!answers.report(event, matched)) tickets.disappoint(ticket, this.#results);
    return true;
  }

  /** Returns false if the candidate failed. */
  #try(event: EventInHand, candidate: Candidate<Id>, matched: Id[]): boolean {
    if (candidate.triedIn === event.number) return true;
    candidate.triedIn = event.number;
    const hasPassed = isMet(event, candidate);
    if (hasPassed) this.#report(event, candidate, matched);
    return hasPassed;
  }

  #refileImpatient(event: EventInHand): void {
    const { impatient } = this.#results;
    for (let place = impatient.size - 1; place >= 0; place--)
      this.#pool.refile(impatient.at(place), event.number);
  }

  #report(event: EventInHand, { rule, otherRules }: Candidate<Id>, matched: Id[]): void {
    this.#reportRule(event, rule, matched);
    if (otherRules === undefined) return;
    for (const other of otherRules) this.#reportRule(event, other, matched);
  }

  #reportRule(event: EventInHand, rule: Rule<Id>, matched: Id[]): void {
    if (rule.matchedIn === event.number) return;
    rule.matchedIn = event.number;
    matched.push(rule.id);
  }
}
